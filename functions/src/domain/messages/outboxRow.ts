import * as z from 'zod';
import { pii, plain } from '../contact/pii';
import { dunningLevels } from '../invoice/dunningLevels';
import { type MessageClass } from './messageTemplates';

export const messageClasses = [
  'dunning',
  'courtesy',
  'debtor_service',
  'freelancer_notice',
  'marketing',
] as const satisfies readonly MessageClass[];

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/**
 * pending → sending → sent → delivered, or failed. `suppressed`: a "no" of the send gate; `cancelled`: nobody wants it
 * any more; `unknown`: it may or may not have been sent, and is never sent again by itself.
 */
export const outboxStatuses = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'failed',
  'suppressed',
  'unknown',
  'cancelled',
] as const;
export type OutboxStatus = (typeof outboxStatuses)[number];

/** Whose address a message goes to, where it does not stand in its content: it is looked up when it is sent. */
export const addressees = ['debtor', 'freelancer'] as const;

/**
 * An entry of `history`, one thing that happened to an item: the gate's answer (`passed`, `deferred`), or the status that
 * it came to. For people; nothing is decided by it.
 */
export const historyEntrySchema = z.object({
  at: z.date(),
  what: z.enum(['passed', 'deferred', ...outboxStatuses]),
  reason: z.string().nullable(),
  /** Of what was deferred, or waits for another try. */
  notBefore: z.date().nullish(),
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** `outbox/{id}`: the fields that the server reads. Address and values lie apart, in `private/content`. */
export const outboxRowSchema = z.object({
  class: z.enum(messageClasses),
  channel: z.enum(channels),
  template: z.string(),
  /** The dunning level that it belongs to; null for what is not of a level. */
  level: z.enum(dunningLevels).nullable().default(null),
  invoiceId: z.string().nullable(),
  freelancerId: z.string().nullable(),
  status: z.enum(outboxStatuses),
  reason: z.string().nullish(),
  /** How often it was claimed for sending. */
  attempts: z.int(),
  /** Whose claim it is: a sender that lost it changes nothing. */
  attemptId: z.string().nullish(),
  claimedAt: z.date().nullish(),
  leaseUntil: z.date().nullish(),
  /** Not to be sent before. */
  notBefore: z.date().nullish(),
  /** When the dispatcher looks at it next; null once it is not pending. */
  dueAt: z.date().nullish(),
  providerMessageId: z.string().nullish(),
  /** Of earlier attempts that surely did not arrive. */
  earlierMessageIds: z.array(z.string()).default([]),
  addressee: z.enum(addressees).nullish(),
  /** Keyed hash of the address, to find what is waiting for it. */
  recipientHash: z.string(),
  /** A reminder or courtesy note that is worded when it is sent; what was sent last, or is to be sent, then stands in its content. */
  wordedLate: z.boolean().default(false),
  /** The month, 'YYYY-MM' in London, in whose quota the item's invoice was counted. */
  quotaMonth: z.string().nullish(),
  unknownSince: z.date().nullish(),
  /** Text messages: seconds for which the carriers may hold it. */
  validitySeconds: z.int().nullish(),
  /** SHA-256 of the text that was sent, to find it in the provider's list. */
  contentHash: z.string().nullish(),
  /** How often an operator had it sent anew; the items are `{id}_r1`, `{id}_r2` … */
  resends: z.int().nullish(),
  /** The item that this one takes the place of, because an operator wanted it. */
  resendOf: z.string().nullish(),
  createdAt: z.date(),
  expiresAt: z.date().nullish(),
});

export type OutboxRow = z.infer<typeof outboxRowSchema>;

/** `outbox/{id}/private/content`. */
export const outboxContentSchema = z.object({
  /** Not there where the item names its addressee. */
  to: pii('email', z.string().optional()),
  params: plain(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

export type OutboxContent = z.infer<typeof outboxContentSchema>;
export type MessageParams = Readonly<OutboxContent['params']>;
