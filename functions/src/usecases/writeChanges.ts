import { type Changes } from '../domain/changes';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { queueMessage } from './queueMessage';

/** Adds a decision to the unit of work, so that all of it is written in the unit's one commit. */
export function writeChanges(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  changes: Changes,
  now: Date,
): void {
  const { db } = deps;
  if (changes.transaction !== undefined) {
    const ref = collections.transaction(db, changes.transaction.id);
    unit.save(ref, { ...changes.transaction.value, updatedAt: now });
  }
  if (changes.invoice !== undefined) {
    unit.update(collections.invoice(db, changes.invoice.id), { ...changes.invoice.fields, updatedAt: now });
  }
  if (changes.escalation !== undefined) {
    const ref = collections.escalationState(db, changes.escalation.invoiceId);
    unit.save(ref, { ...changes.escalation.value, updatedAt: now });
  }
  for (const id of changes.resolvedClaims ?? []) {
    unit.update(collections.paymentClaim(db, id), {
      status: 'resolved',
      resolvedBy: changes.claimsResolvedBy ?? 'payment',
      updatedAt: now,
    });
  }
  if (changes.claim !== undefined) {
    const { id, isNew, fields } = changes.claim;
    const ref = collections.paymentClaim(db, id);
    if (isNew) unit.create(ref, { ...fields, updatedAt: now });
    else unit.update(ref, { ...fields, updatedAt: now });
  }
  for (const { id, ...row } of changes.timeline ?? []) {
    unit.create(collections.timeline(db, id), { skipped: [], ...row, channel: null, timestamp: now });
  }
  for (const { id, ...row } of changes.notifications ?? []) {
    unit.create(collections.notification(db, id), { ...row, read: false, createdAt: now });
  }
  for (const item of changes.outbox ?? []) queueMessage(deps, unit, item, now);
  if (changes.checkoutExpiry !== undefined) {
    const { sessionId, stripeAccountId } = changes.checkoutExpiry;
    unit.create(collections.checkoutExpiry(db, sessionId), {
      stripeAccountId,
      invoiceId: changes.invoice?.id ?? null,
      status: 'pending',
      createdAt: now,
    });
  }
}
