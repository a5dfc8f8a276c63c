import { type EmailContent } from './emailContent';
import { phrase } from './phrase';

/** What all e-mails to a freelancer have in common: they lead into the web client. */
export function freelancerEmail(content: Omit<EmailContent, 'to' | 'sentFor' | 'button'>): EmailContent {
  return { ...content, to: null, button: { label: phrase`Open Recoup`, link: 'appUrl' } };
}
