import { type DocumentSnapshot } from 'firebase-admin/firestore';
import * as z from 'zod';
import { type TimelineEntry } from '../../domain/invoice/timelineEntry';
import { historyEntrySchema } from '../../domain/messages/outboxRow';
import { decode } from '../../store/decode';

// Lenient, all of them: a row that fits nothing else is just what an operator looks for.
const text = z.string().nullish().catch(null);
const amount = z.int().nullish().catch(null);
const instant = z.date().nullish().catch(null);

const chaseSchema = z.object({ eventType: text, level: text, channel: text, timestamp: instant });
const messageSchema = z.object({
  channel: text,
  level: text,
  template: text,
  status: text,
  reason: text,
  createdAt: instant,
  updatedAt: instant,
  history: z.array(historyEntrySchema).default([]).catch([]),
});
const claimSchema = z.object({ eventType: text, outcome: text, processedAt: instant });
const paymentSchema = z.object({ status: text, reason: text, amount, createdAt: instant });
const saidSchema = z.object({ status: text, amount, createdAt: instant, answeredAt: instant });
const invoiceDatesSchema = z.object({
  createdAt: instant,
  sentAt: instant,
  paidAt: instant,
  cancelledAt: instant,
  dispute: z.object({ openedAt: instant, closedAt: instant }).nullish().catch(null),
});

type Fact = Pick<TimelineEntry, 'kind' | 'what' | 'id'> &
  Partial<Pick<TimelineEntry, 'channel' | 'level' | 'reason' | 'amount'>>;

/** An entry, if it is known when it was. */
function entry(at: Date | null | undefined, fact: Fact): TimelineEntry[] {
  if (at == null) return [];
  return [{ channel: null, level: null, reason: null, amount: null, ...fact, at: at.toISOString() }];
}

/** What each kind of document tells of an invoice's life. */
export const timelineEntriesOf = {
  invoice: (doc: DocumentSnapshot): TimelineEntry[] => {
    const dates = decode(invoiceDatesSchema, doc);
    const { id } = doc;
    return [
      ...entry(dates?.createdAt, { kind: 'invoice', what: 'created', id }),
      ...entry(dates?.sentAt, { kind: 'invoice', what: 'sent', id }),
      ...entry(dates?.dispute?.openedAt, { kind: 'invoice', what: 'dispute_opened', id }),
      ...entry(dates?.dispute?.closedAt, { kind: 'invoice', what: 'dispute_closed', id }),
      ...entry(dates?.cancelledAt, { kind: 'invoice', what: 'cancelled', id }),
      ...entry(dates?.paidAt, { kind: 'invoice', what: 'paid', id }),
    ];
  },

  chase: (doc: DocumentSnapshot): TimelineEntry[] => {
    const row = decode(chaseSchema, doc);
    const { eventType, level = null, channel = null } = row ?? {};
    return entry(row?.timestamp, { kind: 'chase', what: eventType ?? '?', id: doc.id, level, channel });
  },

  /** Queued, each answer of the gate, each status that it came to. */
  message: (doc: DocumentSnapshot): TimelineEntry[] => {
    const row = decode(messageSchema, doc);
    if (row === null) return [];
    const { channel = null, level = null, history } = row;
    const about = { id: doc.id, channel, level };
    const queued = entry(row.createdAt, {
      ...about,
      kind: 'message',
      what: 'queued',
      reason: row.template ?? null,
    });
    const moves = history.flatMap(({ at, what, reason }) =>
      entry(at, { ...about, kind: isOfGate(what) ? 'gate' : 'message', what, reason }),
    );
    // From before there was a history, or settled without one: what it is now.
    const isTold = row.status === 'pending' || history.some(({ what }) => what === row.status);
    const now =
      isTold || row.status === 'sending'
        ? []
        : entry(row.updatedAt, {
            ...about,
            kind: 'message',
            what: row.status ?? '?',
            reason: row.reason ?? null,
          });
    return [...queued, ...moves, ...now];
  },

  callback: (doc: DocumentSnapshot): TimelineEntry[] => {
    const row = decode(claimSchema, doc);
    const { eventType, outcome = null } = row ?? {};
    return entry(row?.processedAt, {
      kind: 'callback',
      what: eventType ?? '?',
      id: doc.id,
      reason: outcome,
    });
  },

  payment: (doc: DocumentSnapshot): TimelineEntry[] => {
    const row = decode(paymentSchema, doc);
    const { status, reason = null, amount: sum = null } = row ?? {};
    return entry(row?.createdAt, { kind: 'payment', what: status ?? '?', id: doc.id, reason, amount: sum });
  },

  claim: (doc: DocumentSnapshot): TimelineEntry[] => {
    const row = decode(saidSchema, doc);
    const about = { kind: 'claim', id: doc.id, amount: row?.amount ?? null } as const;
    return [
      ...entry(row?.createdAt, { ...about, what: 'claimed' }),
      ...entry(row?.answeredAt, { ...about, what: row?.status ?? '?' }),
    ];
  },
};

/** Its own words, and the two ends to which only it brings a message. */
function isOfGate(what: string): boolean {
  return what === 'passed' || what === 'deferred' || what === 'suppressed';
}
