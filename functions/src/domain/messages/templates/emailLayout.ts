import { type MessageLinks } from '../messageLinks';
import { type MessageClass } from '../messageTemplates';
import { type EmailContent } from './emailContent';
import { emailFooter } from './emailFooter';
import { cleanValue } from './cleanValue';
import { type Phrase, phrase } from './phrase';
import { wording } from './wording';

/** Characters of a name that a subject line has room for. */
const MOST_IN_SUBJECT = 60;

/** What every e-mail has besides its own words. */
export interface EmailLayout {
  /** One line, whatever people are called. */
  readonly subject: string;
  readonly greeting: Phrase;
  readonly signature: Phrase;
  readonly button: { readonly label: Phrase; readonly url: string } | null;
  readonly footer: ReturnType<typeof emailFooter>;
}

/** Lays an e-mail out, for HTML and plain text alike. */
export function emailLayout(
  messageClass: MessageClass,
  content: EmailContent,
  links: MessageLinks,
): EmailLayout {
  const { button } = content;
  const url = button === undefined ? null : links[button.link];
  return {
    subject: content.subject.parts
      .map(({ text, kind }) => (kind === 'person' ? cleanValue(text, MOST_IN_SUBJECT) : text))
      .join(''),
    greeting:
      content.to === null || wording.isBlank(content.to) ? phrase`Hello,` : phrase`Dear ${content.to},`,
    signature:
      content.sentFor === undefined ? phrase`Recoup` : phrase`Recoup, for ${content.sentFor.business}`,
    button: button === undefined || url === null ? null : { label: button.label, url },
    footer: emailFooter(messageClass, content, links),
  };
}
