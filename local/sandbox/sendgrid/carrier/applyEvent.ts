import { type Recipient } from '../mail';
import { type Suppression } from '../mailStore';
import { type SendgridContext } from '../sendgridContext';
import { type SendgridEvent } from './buildEvent';

/** Opens and clicks tell of people, not of the mail's way. */
const CHANGES_STATUS = ['processed', 'delivered', 'deferred', 'bounce', 'dropped', 'spamreport'];
const SUPPRESSES: Record<string, Suppression> = {
  bounce: 'bounce',
  spamreport: 'spamreport',
  unsubscribe: 'unsubscribe',
};

/** What an event changes at SendGrid: the mail's status, and whether its address gets more. A block suppresses nothing. */
export function applyEvent(context: SendgridContext, event: SendgridEvent, recipient?: Recipient): void {
  if (recipient !== undefined && CHANGES_STATUS.includes(event.event)) recipient.status = event.event;
  const suppression = SUPPRESSES[event.event];
  if (suppression === undefined || event['type'] === 'blocked') return;
  context.store.suppress(event.email, suppression);
}
