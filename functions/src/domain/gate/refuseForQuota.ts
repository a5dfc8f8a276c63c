import { type Refusal } from './gateDecision';
import { type GateInput } from './gateInput';

/** Step 6: an invoice counts once in a calendar month, at its first reminder that gets this far. */
export function refuseForQuota({ freelancer, usage }: GateInput): Refusal | null {
  const limit = freelancer?.plan.chasedInvoices ?? null;
  if (limit === null || usage === null || usage.counted || usage.used < limit) return null;
  return {
    kind: 'refuse',
    status: 'suppressed',
    reason: 'quota_used_up',
    text: `Your plan covers ${limit} invoices a month, and all of them are used.`,
    quota: { used: usage.used, limit, resetsAt: usage.resetsAt },
  };
}
