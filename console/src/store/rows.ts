import { type DocumentData, type QueryDocumentSnapshot, Timestamp } from 'firebase/firestore';
import * as z from 'zod/mini';

// Lenient, all of them: a row that fits nothing else is just what an operator looks for.
const text = z.catch(z.string(), '?');
const maybeText = z.catch(z.nullable(z.string()), null);
const count = z.catch(z.number(), 0);
const instant = z.catch(
  z.nullable(
    z.pipe(
      z.instanceof(Timestamp),
      z.transform((stamp: Timestamp) => stamp.toDate()),
    ),
  ),
  null,
);

const failureSchema = z.object({
  source: text,
  eventId: text,
  eventType: text,
  status: text,
  attempts: count,
  maxAttempts: count,
  nextRetryAt: instant,
  lastError: z.catch(z.nullable(z.object({ code: z.string(), message: z.string() })), null),
  createdAt: instant,
  updatedAt: instant,
  discardReason: maybeText,
});

const messageSchema = z.object({
  class: text,
  channel: text,
  template: text,
  level: maybeText,
  invoiceId: maybeText,
  status: text,
  reason: maybeText,
  attempts: count,
  createdAt: instant,
  updatedAt: instant,
  notBefore: instant,
  expiresAt: instant,
});

const runSchema = z.object({
  jobName: text,
  scheduleTime: text,
  startedAt: instant,
  finishedAt: instant,
  outcome: text,
  counts: z.catch(z.record(z.string(), z.number()), {}),
  error: z.catch(z.nullable(z.unknown()), null),
});

const leaseSchema = z.object({
  owner: maybeText,
  token: count,
  heartbeatAt: instant,
  expiresAt: instant,
});

const datesSchema = z.object({ createdAt: instant, nextRetryAt: instant, dueAt: instant });

/** Reads documents of one kind, each with its id. */
function reader<T extends z.ZodMiniType<object>>(
  schema: T,
): (doc: QueryDocumentSnapshot) => z.infer<T> & { id: string } {
  return (doc) => ({ ...schema.parse(doc.data() satisfies DocumentData), id: doc.id });
}

export const rows = {
  failure: reader(failureSchema),
  message: reader(messageSchema),
  run: reader(runSchema),
  lease: reader(leaseSchema),
  dates: reader(datesSchema),
};

export type Failure = ReturnType<typeof rows.failure>;
export type Message = ReturnType<typeof rows.message>;
export type Run = ReturnType<typeof rows.run>;
export type Lease = ReturnType<typeof rows.lease>;
