import * as z from 'zod';
import { dunningLevels } from './dunningLevels';

export const pauseReasons = ['payment_claim', 'manual', 'dispute', 'promise'] as const;

export type PauseReason = (typeof pauseReasons)[number];

/** `escalation_states/{invoiceId}`: where the chase of one invoice stands. */
export const escalationStateSchema = z.object({
  freelancerId: z.string(),
  currentLevel: z.enum(dunningLevels).default('pending'),
  isPaused: z.boolean().default(false),
  pauseReason: z.enum(pauseReasons).nullish(),
  pausedAt: z.date().nullish(),
  pauseUntil: z.date().nullish(),
  /** The freelancer's own pause that a claim or a dispute has taken the place of; it comes back when that ends. */
  pausedBefore: z.object({ reason: z.enum(pauseReasons), until: z.date().nullable() }).nullish(),
  /** Pauses so far: part of the ids of their rows in the time line. */
  pauseCount: z.int().nullish(),
  lastEscalatedAt: z.date().nullish(),
  sentLevels: z.array(z.string()).default([]),
  /** Outbox items of the chase that were not sent yet; the send gate cancels them once the chase is closed. */
  pendingOutbox: z.array(z.string()).default([]),
  /** Courtesy notes that were queued, once for ever: `before`, `due`. */
  courtesySent: z.array(z.string()).optional(),
  closedAt: z.date().nullish(),
  closedReason: z.string().nullish(),
});

export type EscalationState = z.infer<typeof escalationStateSchema>;

/** The state of an invoice whose chase has not begun. */
export function initialEscalationState(freelancerId: string): EscalationState {
  return {
    freelancerId,
    currentLevel: 'pending',
    isPaused: false,
    pauseReason: null,
    pausedAt: null,
    pauseUntil: null,
    pausedBefore: null,
    pauseCount: 0,
    lastEscalatedAt: null,
    sentLevels: [],
    pendingOutbox: [],
    closedAt: null,
    closedReason: null,
  };
}
