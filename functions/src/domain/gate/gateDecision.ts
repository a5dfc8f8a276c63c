/** Why the gate says no. `text` is what a freelancer is told. */
export interface Refusal {
  readonly kind: 'refuse';
  /** `cancelled`: nobody wants it any more; `suppressed`: somebody said no. */
  readonly status: 'cancelled' | 'suppressed';
  readonly reason: RefusalReason;
  readonly text: string;
  /** Only for `quota_used_up`. */
  readonly quota?: { readonly used: number; readonly limit: number; readonly resetsAt: Date };
}

export type RefusalReason =
  | 'invoice_not_open'
  | 'level_passed'
  | 'paused'
  | 'claimed'
  | 'disputed'
  | 'overdue_already'
  | 'account_inactive'
  | 'collections_disabled'
  | 'sms_disabled'
  | 'email_disabled'
  | 'not_in_plan'
  | 'no_marketing_consent'
  | 'permission_withdrawn'
  | 'opted_out'
  | 'suppressed_address'
  | 'unusable_address'
  | 'quota_used_up'
  | 'stale';

export type GateDecision =
  | {
      readonly kind: 'pass';
      /** Counts against the recipient's frequency caps. */
      readonly countsSend: boolean;
      /** Counts against the month's quota, unless its invoice is counted already. */
      readonly countsQuota: boolean;
      /** Invoices in a month that the plan covers; null: no limit. */
      readonly quotaLimit: number | null;
      /** For text messages with contact hours: seconds for which the carriers may hold it. */
      readonly validitySeconds: number;
    }
  | Refusal
  /** Not now; asked again then. The reason is neutral: it never tells whose message used the slot. */
  | { readonly kind: 'defer'; readonly notBefore: Date };

/** What a freelancer is told of a message that waits. */
export const DEFERRED_REASON = 'scheduled for the next permitted time';
