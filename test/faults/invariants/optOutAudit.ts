import { type Books } from './books';

/** What an opt-out says now is what the last applied row of its audit says, and was never changed without a row. */
export function optOutAudit({ ledger }: Books): string[] {
  return ledger.flatMap(({ writes }) =>
    writes.flatMap(({ path, fields }) => {
      if (!path.startsWith('sms_opt_outs/') || fields?.['status'] === undefined) return [];
      const action = fields['status'] === 'opted_out' ? 'opt_out' : 'opt_in';
      const audited = writes.some(
        (other) => other.path.startsWith('sms_opt_out_audit/') && other.fields?.['action'] === action,
      );
      return audited ? [] : [`${path} was changed without an audit row of an ${action}`];
    }),
  );
}
