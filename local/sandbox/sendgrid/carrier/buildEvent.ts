import { type Mail, type Recipient } from '../mail';
import { newEventId } from '../newIds';

/** What SendGrid adds to each kind of event. */
const USUAL: Record<string, Record<string, unknown>> = {
  delivered: { response: '250 2.0.0 OK' },
  deferred: { response: '451 4.7.1 try again later', attempt: '1' },
  bounce: {
    reason: '550 5.1.1 The email account that you tried to reach does not exist.',
    status: '5.1.1',
    type: 'bounce',
    bounce_classification: 'Invalid Address',
  },
  blocked: {
    reason: '550 5.7.1 Message rejected for policy reasons.',
    status: '5.7.1',
    type: 'blocked',
    bounce_classification: 'Reputation',
  },
  dropped: { reason: 'Bounced Address', status: '5.0.0' },
  open: { useragent: 'Mozilla/5.0', ip: '192.0.2.1', sg_machine_open: false },
  click: { useragent: 'Mozilla/5.0', ip: '192.0.2.1', url: 'https://app.recoup.example/' },
};

export interface EventFacts {
  event: string;
  email: string;
  /** Unix seconds. */
  timestamp: number;
  /** Whatever else it says; it wins over what is usual. */
  more?: Record<string, unknown>;
  /** The mail that it is about, where this SendGrid knows it. */
  about?: { mail: Mail; recipient: Recipient } | undefined;
}

export interface SendgridEvent extends Record<string, unknown> {
  event: string;
  email: string;
  sg_event_id: string;
}

/** One event in the shape in which SendGrid posts it: the mail's custom arguments stand beside the fields. */
export function buildEvent({ event, email, timestamp, more = {}, about }: EventFacts): SendgridEvent {
  const usual = USUAL[event === 'bounce' && more['type'] === 'blocked' ? 'blocked' : event] ?? {};
  return {
    ...about?.recipient.customArgs,
    ...(about !== undefined && about.mail.categories.length > 0 ? { category: about.mail.categories } : {}),
    ...(about === undefined
      ? {}
      : { 'smtp-id': about.recipient.smtpId, sg_message_id: about.recipient.sgMessageId }),
    sg_event_id: newEventId(),
    ...usual,
    ...more,
    email,
    timestamp,
    event,
  };
}
