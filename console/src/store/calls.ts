import { type Functions, httpsCallable } from 'firebase/functions';
import * as z from 'zod/mini';

const maybeText = z.nullable(z.string());

const replaySchema = z.object({ outcome: z.string(), code: maybeText });
const discardSchema = z.object({ status: z.string() });
const releaseSchema = z.object({ released: z.boolean() });
const resendSchema = z.object({ outboxId: z.string() });

const entrySchema = z.object({
  at: z.string(),
  kind: z.enum(['invoice', 'chase', 'message', 'gate', 'callback', 'payment', 'claim']),
  what: z.string(),
  id: z.string(),
  channel: maybeText,
  level: maybeText,
  reason: maybeText,
  amount: z.nullable(z.number()),
});

const timelineSchema = z.object({
  invoice: z.object({
    id: z.string(),
    reference: z.string(),
    freelancerId: z.string(),
    status: z.string(),
    amount: z.number(),
    amountPaid: z.number(),
    amountRefunded: z.number(),
    currency: z.string(),
    dueDate: maybeText,
    nextActionAt: maybeText,
    level: z.string(),
    isPaused: z.boolean(),
    pauseReason: maybeText,
    closedReason: maybeText,
    escalationError: z.nullable(z.object({ count: z.number(), code: z.string() })),
  }),
  entries: z.array(entrySchema),
});

const optOutSchema = z.object({
  status: z.enum(['opted_out', 'opted_in', 'unknown']),
  optedOutAt: maybeText,
  optedInAt: maybeText,
  history: z.array(
    z.object({
      id: z.string(),
      action: z.string(),
      method: z.string(),
      at: maybeText,
      applied: z.boolean(),
    }),
  ),
});

export type TimelineEntry = z.infer<typeof entrySchema>;
export type InvoiceTimeline = z.infer<typeof timelineSchema>;
export type OptOut = z.infer<typeof optOutSchema>;

/** The admin calls that the console makes. Each writes a row of the audit log. They throw the SDK's FunctionsError. */
export interface Calls {
  replayFailedWebhook(input: { id: string }): Promise<z.infer<typeof replaySchema>>;
  discardFailedWebhook(input: { id: string; reason: string }): Promise<z.infer<typeof discardSchema>>;
  releaseLease(input: { jobName: string; reason: string }): Promise<z.infer<typeof releaseSchema>>;
  resendOutbox(input: { id: string; reason: string }): Promise<z.infer<typeof resendSchema>>;
  getInvoiceTimeline(input: { invoiceId: string }): Promise<InvoiceTimeline>;
  /** @param input phone: E.164 */
  lookupOptOut(input: { phone: string }): Promise<OptOut>;
}

export function callsOf(functions: Functions): Calls {
  const call =
    <S extends z.ZodMiniType>(name: keyof Calls, schema: S) =>
    async (input: object): Promise<z.infer<S>> =>
      schema.parse((await httpsCallable(functions, name)(input)).data);
  return {
    replayFailedWebhook: call('replayFailedWebhook', replaySchema),
    discardFailedWebhook: call('discardFailedWebhook', discardSchema),
    releaseLease: call('releaseLease', releaseSchema),
    resendOutbox: call('resendOutbox', resendSchema),
    getInvoiceTimeline: call('getInvoiceTimeline', timelineSchema),
    lookupOptOut: call('lookupOptOut', optOutSchema),
  };
}
