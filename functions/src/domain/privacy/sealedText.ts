import { contactSchemas } from '../contact/contactSchemas';
import { piiFieldsOf } from '../contact/pii';

const BY_HASH = ' (its keyed hash in its place)';

/** What is done with fields that are not sealed in their place. */
const OTHERWISE: Readonly<Record<string, string>> = {
  sms_opt_outs: BY_HASH,
  sms_opt_out_audit: BY_HASH,
  'outbox/private': ' (not kept: looked up when it is sent)',
};

/** Which fields of a collection are sealed where contact data is, by the marks in its schema. */
export function sealedText(name: string): string {
  // Providers' events hold addresses anywhere.
  if (name === 'failed_webhooks/private') return 'all of it';
  const schema = Object.entries(contactSchemas).find(([one]) => one === name)?.[1];
  if (schema === undefined) return '';
  const fields = piiFieldsOf(schema).map(({ field }) => field);
  return `${fields.join(', ')}${OTHERWISE[name] ?? ''}`;
}
