import { type MessageLinks } from './messageLinks';
import { messageTemplates, type ParamsOf, type TemplateFor } from './messageTemplates';
import { type EmailContent } from './templates/emailContent';
import { emailHtml } from './templates/emailHtml';
import { emailLayout } from './templates/emailLayout';
import { emailTemplates } from './templates/emailTemplates';
import { emailText } from './templates/emailText';
import { parseParams } from './templates/parseParams';
import { requireWebAddresses } from './templates/requireWebAddresses';

export interface RenderedEmail {
  /** One line without control characters. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * Writes an e-mail.
 *
 * @param params as they lie in the outbox; checked here
 * @throws Error when the values do not fit the template (it names the fields, never the values), when a link is no web
 *   address, or when marketing comes without a link to unsubscribe
 */
export function renderEmail(
  template: TemplateFor<'email'>,
  params: unknown,
  links: MessageLinks,
): RenderedEmail {
  const values = parseParams(template, params);
  requireWebAddresses(links);
  const content = contentOf(template, values, links);
  const layout = emailLayout(messageTemplates[template].class, content, links);
  return { subject: layout.subject, html: emailHtml(content, layout), text: emailText(content, layout) };
}

function contentOf<T extends TemplateFor<'email'>>(
  template: T,
  values: ParamsOf<T>,
  links: MessageLinks,
): EmailContent {
  return emailTemplates[template](values, links);
}
