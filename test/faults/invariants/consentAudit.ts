import { type Books } from './books';

/** What somebody agreed to is never changed without a row of the audit in the same commit. */
export function consentAudit({ ledger }: Books): string[] {
  return ledger.flatMap(({ writes }) => {
    const changed = writes.filter(
      ({ path, fields }) =>
        (path.startsWith('clients/') && isSaid(fields?.['contactPermissions'])) ||
        (path.startsWith('users/') && fields?.['collectionsConsent'] !== undefined),
    );
    const audited = writes.some(({ path }) => path.startsWith('consent_audit_log/'));
    return audited
      ? []
      : changed.map(({ path }) => `the consent in ${path} was changed without an audit row`);
  });
}

/** A client who was just entered has said nothing yet. */
function isSaid(permissions: unknown): boolean {
  return Object.values(permissions ?? {}).some(
    (one: { status?: unknown }) => one.status === 'granted' || one.status === 'withdrawn',
  );
}
