import { type MessageLinks } from '../messageLinks';
import { type MessageClass } from '../messageTemplates';
import { type EmailContent } from './emailContent';
import { type Phrase, phrase } from './phrase';

interface EmailFooter {
  /** Who we are, and why this person gets the message. */
  readonly why: Phrase;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/**
 * What stands under every e-mail.
 *
 * @throws Error for marketing that offers no way to stop it: such a message must not leave
 */
export function emailFooter(
  messageClass: MessageClass,
  { sentFor }: EmailContent,
  { consentUrl, unsubscribeUrl }: MessageLinks,
): EmailFooter {
  if (messageClass === 'marketing' && unsubscribeUrl === null) {
    throw new Error('a marketing e-mail needs a link to unsubscribe');
  }
  const stop = messageClass === 'marketing' ? 'Unsubscribe from these tips' : 'Stop these e-mails';
  return {
    why: why(messageClass, sentFor),
    links: [
      ...(sentFor === undefined || consentUrl === null
        ? []
        : [{ label: 'Choose how we contact you', url: consentUrl }]),
      ...(unsubscribeUrl === null ? [] : [{ label: stop, url: unsubscribeUrl }]),
    ],
  };
}

function why(messageClass: MessageClass, sentFor: EmailContent['sentFor']): Phrase {
  if (sentFor !== undefined) {
    return phrase`Recoup sends invoices and reminders for businesses. You get this e-mail because ${sentFor.business} gave us your address for ${sentFor.invoice}.`;
  }
  return messageClass === 'marketing'
    ? phrase`You get this e-mail because you have a Recoup account and agreed to receive tips from us.`
    : phrase`You get this e-mail because you have a Recoup account. It is about your account or your invoices.`;
}
