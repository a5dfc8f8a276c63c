import { createHash } from 'node:crypto';
import {
  type MessageTemplate,
  messageTemplates,
  type TemplateFor,
} from '../../domain/messages/messageTemplates';
import { type OutboxContent, type OutboxRow } from '../../domain/messages/outboxRow';
import { renderEmail, type RenderedEmail } from '../../domain/messages/renderEmail';
import { renderSms } from '../../domain/messages/renderSms';
import { PermanentFailure } from '../../platform/errors';
import { type Deps } from '../deps';
import { messageLinksOf } from './messageLinksOf';

/** A message as it will leave the house. */
export type WrittenMessage = { readonly to: string; readonly contentHash: string } & (
  | { readonly channel: 'sms'; readonly body: string }
  | { readonly channel: 'email'; readonly email: RenderedEmail; readonly headers: Record<string, string> }
);

/**
 * Writes a message from its template.
 *
 * @throws PermanentFailure `unwritable` when template and values do not fit: a person has to look
 */
export function writeMessage(
  deps: Pick<Deps, 'config'>,
  row: OutboxRow,
  { to, params }: OutboxContent & { readonly to: string },
): WrittenMessage {
  const { template } = row;
  const links = messageLinksOf(deps, row);
  try {
    if (row.channel === 'sms') {
      if (!isFor('sms', template)) throw new Error('there is no such text message');
      const { body } = renderSms(template, params, links);
      return { channel: 'sms', to, body, contentHash: contentHashOf(body) };
    }
    if (!isFor('email', template)) throw new Error('there is no such e-mail');
    const email = renderEmail(template, params, links);
    return {
      channel: 'email',
      to,
      email,
      headers: unsubscribeHeaders(links.unsubscribeUrl),
      contentHash: contentHashOf(email.text),
    };
  } catch (error) {
    throw new PermanentFailure('unwritable', 'The message does not fit its template.', { cause: error });
  }
}

/** What a text is recognised by, where it must not be kept. */
export function contentHashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** RFC 8058: mail programs offer a button that unsubscribes without opening a page. */
function unsubscribeHeaders(url: string | null): Record<string, string> {
  if (url === null) return {};
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

function isFor<C extends 'email' | 'sms'>(channel: C, template: string): template is TemplateFor<C> {
  const entry = Object.hasOwn(messageTemplates, template)
    ? messageTemplates[template as MessageTemplate]
    : undefined;
  return entry?.channels.some((one) => one === channel) === true;
}
