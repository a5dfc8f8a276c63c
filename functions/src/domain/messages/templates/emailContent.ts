import { type MessageLinks } from '../messageLinks';
import { type Phrase } from './phrase';

/** One line of the little table under the text. */
export interface Fact {
  readonly label: string;
  readonly value: Phrase;
  /** The line that the message is about. */
  readonly strong?: boolean;
}

/** What an e-mail says. HTML and plain text are both made from it, so that they can not say different things. */
export interface EmailContent {
  readonly subject: Phrase;
  readonly heading: Phrase;
  /** Whom it greets by name; null greets nobody in particular. */
  readonly to: string | null;
  readonly paragraphs: readonly Phrase[];
  readonly facts?: readonly Fact[];
  /** Left out when the link that it leads to is not there. */
  readonly button?: { readonly label: Phrase; readonly link: 'payUrl' | 'appUrl' };
  /** After the facts and the button. */
  readonly closing?: readonly Phrase[];
  /** Whom we write for and about which invoice; left out in messages to the freelancer. */
  readonly sentFor?: { readonly business: Phrase; readonly invoice: Phrase };
}

/** The wording of one e-mail. */
export type EmailTemplate<P> = (params: P, links: MessageLinks) => EmailContent;
