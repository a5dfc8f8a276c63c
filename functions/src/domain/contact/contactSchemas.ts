import { paymentClaimSchema } from '../claims/paymentClaim';
import { clientSchema } from '../client/client';
import { invoiceSchema } from '../invoice/invoice';
import { outboxContentSchema } from '../messages/outboxRow';
import { smsReplySchema } from '../messages/smsReply';
import { optOutSchema } from '../optOut/optOut';
import { optOutAuditSchema } from '../optOut/optOutAudit';
import { debtorRequestSchema } from '../privacy/debtorRights';

/** Every kind of document that can hold a debtor's address. In each of them each text is marked, `pii` or `plain`. */
export const contactSchemas = {
  clients: clientSchema,
  invoices: invoiceSchema,
  payment_claims: paymentClaimSchema,
  payment_confirmations: paymentClaimSchema,
  sms_replies: smsReplySchema,
  sms_opt_outs: optOutSchema,
  sms_opt_out_audit: optOutAuditSchema,
  'outbox/private': outboxContentSchema,
  debtor_requests: debtorRequestSchema,
} as const;
