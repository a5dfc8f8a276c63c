import { contactSchemas } from '../../domain/contact/contactSchemas';
import { type ContactKind } from './contactKind';
import { fieldsKind } from './fieldsKind';
import { optOutAuditKind, optOutKind } from './optOutKinds';
import { outboxKind } from './outboxKind';
import { payloadKind } from './payloadKind';

const {
  clients,
  invoices,
  payment_claims: claims,
  sms_replies: replies,
  debtor_requests: requests,
} = contactSchemas;

const requestKind = fieldsKind('debtor_requests', requests);

/** What a freelancer's own key seals. */
export const ownedKinds: readonly ContactKind[] = [
  fieldsKind('clients', clients),
  fieldsKind('invoices', invoices),
  fieldsKind('payment_claims', claims),
  fieldsKind('payment_confirmations', claims),
  fieldsKind('sms_replies', replies),
];

/** What the platform's own key seals; of the replies, those that are linked to nobody. */
export const platformKinds: readonly ContactKind[] = [
  optOutKind,
  optOutAuditKind,
  fieldsKind('sms_replies', replies),
  requestKind,
  payloadKind,
];

/** Everything, in the order in which it is changed: first what keeps people from being written to. */
export const contactKinds: readonly ContactKind[] = [
  optOutKind,
  optOutAuditKind,
  ...ownedKinds,
  requestKind,
  outboxKind,
  payloadKind,
];
