import type { z } from 'zod';
import { buildMessage } from '../buildMessage';
import { type Message } from '../message';
import { type TwilioContext } from '../twilioContext';
import { listParameters } from './listParameters';
import { parseParameters } from './parseParameters';

type Filters = z.infer<typeof listParameters>;

/**
 * One page of the messages both ways, newest first. A page token names the last message of the page before, so that
 * messages that arrive in the meantime move nothing.
 * @throws TwilioApiError for a filter that Twilio does not have.
 */
export function listMessages(
  context: TwilioContext,
  accountSid: string,
  query: Record<string, unknown>,
): Record<string, unknown> {
  const filters = parseParameters(listParameters, query);
  const wanted = context.store.list().filter((message) => matches(message, filters));
  const after = wanted.findIndex(({ sid }) => `PA${sid}` === filters.PageToken) + 1;
  const page = wanted.slice(after, after + filters.PageSize);
  const last = page.at(-1);
  const hasMore = wanted.length > after + page.length;
  const uri = (number: number, token?: string): string => {
    const fields = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (typeof value === 'string' && !name.startsWith('Page')) fields.set(name, value);
    }
    fields.set('PageSize', String(filters.PageSize));
    fields.set('Page', String(number));
    if (token !== undefined) fields.set('PageToken', token);
    return `/2010-04-01/Accounts/${accountSid}/Messages.json?${fields.toString()}`;
  };
  const start = filters.Page * filters.PageSize;
  return {
    end: Math.max(start, start + page.length - 1),
    first_page_uri: uri(0),
    next_page_uri: hasMore && last !== undefined ? uri(filters.Page + 1, `PA${last.sid}`) : null,
    page: filters.Page,
    page_size: filters.PageSize,
    previous_page_uri: filters.Page === 0 ? null : uri(filters.Page - 1),
    start,
    uri: uri(filters.Page, filters.PageToken),
    messages: page.map((message) => buildMessage(message, accountSid)),
  };
}

function matches(message: Message, filters: Filters): boolean {
  if (filters.To !== undefined && message.to !== filters.To) return false;
  if (filters.From !== undefined && message.from !== filters.From) return false;
  // A message that waits to be sent has no date_sent yet. Twilio sends within moments; here it may wait for a test.
  const sent = (message.sentAt ?? message.createdAt).getTime();
  const { DateSent: on, 'DateSent>': from, 'DateSent<': until } = filters;
  if (on !== undefined && (sent < on.start || sent >= on.end)) return false;
  if (from !== undefined && sent < from.start) return false;
  return until === undefined || sent < until.end;
}
