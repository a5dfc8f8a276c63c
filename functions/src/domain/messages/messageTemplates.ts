import * as z from 'zod';
import { paramFields } from './templates/paramFields';

/** What a message is for; the steps of the send gate follow from it. */
export type MessageClass = 'dunning' | 'courtesy' | 'debtor_service' | 'freelancer_notice' | 'marketing';
export type MessageChannel = 'email' | 'sms';

/** Flat, so that a row of the outbox holds it as it is and an operator can read it. */
type ParamsSchema = z.ZodObject<
  Readonly<Record<string, z.ZodType<string | number | boolean | null>>>,
  z.core.$strict
>;

interface TemplateEntry {
  readonly class: MessageClass;
  readonly channels: readonly [MessageChannel, ...MessageChannel[]];
  readonly params: ParamsSchema;
}

const { toDebtor, toFreelancer, sum, statutory, amount, currency, day, reference, plan } = paramFields;

const email = ['email'] as const;
const emailAndSms = ['email', 'sms'] as const;

/**
 * Every message that we send. An entry without a class does not compile, and neither does one that has no wording for
 * one of its channels (`templates/emailTemplates.ts`, `templates/smsTemplates.ts`). When each is sent: docs/messages.md.
 */
export const messageTemplates = {
  invoice: {
    class: 'debtor_service',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day }),
  },
  receipt: { class: 'debtor_service', channels: email, params: z.strictObject({ ...toDebtor, ...sum }) },
  claim_received: {
    class: 'debtor_service',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum }),
  },
  claim_verified: {
    class: 'debtor_service',
    channels: email,
    /** `outstanding`: minor units still unpaid, for what was verified may be part of what is owed. */
    params: z.strictObject({ ...toDebtor, ...sum, outstanding: amount }),
  },
  claim_rejected: {
    class: 'debtor_service',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum, reason: paramFields.claimRejection }),
  },
  invoice_cancelled: {
    class: 'debtor_service',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum }),
  },
  reminders_stopped: { class: 'debtor_service', channels: email, params: z.strictObject(toDebtor) },

  // `amount` is what is outstanding on the invoice when the message is written.
  courtesy_before: {
    class: 'courtesy',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day }),
  },
  courtesy_due: {
    class: 'courtesy',
    channels: email,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day }),
  },
  gentle: {
    class: 'dunning',
    channels: emailAndSms,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day }),
  },
  firm: {
    class: 'dunning',
    channels: emailAndSms,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day, ...statutory }),
  },
  final: {
    class: 'dunning',
    channels: emailAndSms,
    params: z.strictObject({ ...toDebtor, ...sum, dueDate: day, payBy: day, ...statutory }),
  },

  payment_unapplied: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...sum, reason: paramFields.unappliedReason }),
  },
  overpayment: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ reference, ...sum, overpaid: amount }),
  },
  payment_disputed: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ reference, ...sum }),
  },
  payment_refunded: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ reference, currency, refunded: amount }),
  },
  claim_to_verify: {
    class: 'freelancer_notice',
    channels: email,
    /** `paidOn`: the day on which the debtor says it was paid. */
    params: z.strictObject({
      ...toFreelancer,
      ...sum,
      method: paramFields.claimMethod,
      paidOn: day.nullable(),
    }),
  },
  claim_reminder: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...toFreelancer, ...sum, hoursLeft: z.int().positive() }),
  },
  claim_expired: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...toFreelancer, ...sum }),
  },
  email_bounced: { class: 'freelancer_notice', channels: email, params: z.strictObject(toFreelancer) },
  message_unknown: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...toFreelancer, channel: z.enum(['email', 'sms']) }),
  },
  agency_offer: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...toFreelancer, ...sum, dueDate: day }),
  },
  subscription_payment_failed: {
    class: 'freelancer_notice',
    channels: email,
    /** `keptUntil`: the last day on which the plan is kept although it was not paid. */
    params: z.strictObject({ plan, keptUntil: day.nullable() }),
  },
  plan_changed: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ plan, previousPlan: plan }),
  },
  invoice_disputed: {
    class: 'freelancer_notice',
    channels: email,
    params: z.strictObject({ ...toFreelancer, ...sum }),
  },

  tutorial: { class: 'marketing', channels: email, params: z.strictObject({}) },
  tips: { class: 'marketing', channels: email, params: z.strictObject({}) },
  first_week: { class: 'marketing', channels: email, params: z.strictObject({}) },
  upgrade: { class: 'marketing', channels: email, params: z.strictObject({}) },
  inactive: { class: 'marketing', channels: email, params: z.strictObject({}) },
  draft_waiting: { class: 'marketing', channels: email, params: z.strictObject({ reference, ...sum }) },
  quota_80: {
    class: 'marketing',
    channels: email,
    /** Chased invoices of this calendar month, and how many the plan has. */
    params: z.strictObject({ used: z.int().nonnegative(), limit: z.int().positive(), plan }),
  },
} as const satisfies Record<string, TemplateEntry>;

export type MessageTemplate = keyof typeof messageTemplates;

/** The values that a template takes. */
export type ParamsOf<T extends MessageTemplate> = z.infer<(typeof messageTemplates)[T]['params']>;

/** The templates of a class. */
export type TemplateOf<C extends MessageClass> = {
  [T in MessageTemplate]: (typeof messageTemplates)[T]['class'] extends C ? T : never;
}[MessageTemplate];

/** The templates that exist for a channel. */
export type TemplateFor<C extends MessageChannel> = {
  [T in MessageTemplate]: C extends (typeof messageTemplates)[T]['channels'][number] ? T : never;
}[MessageTemplate];
