import { type DocumentReference } from 'firebase-admin/firestore';
import { type Caller } from '../domain/caller';
import { collections } from '../store/collections';
import { type Deps } from './deps';

/**
 * Where the audit row of a consent goes: under the request's own id, so that a repeated request finds it; under a new
 * one where the request has none, and what is stored already says whether it was repeated.
 */
export function consentAuditRef(
  deps: Pick<Deps, 'db' | 'random'>,
  caller: Caller,
  kind: 'client' | 'collections',
  requestId: string | undefined,
): DocumentReference {
  return collections.consentAudit(deps.db, `${kind}_${caller.uid}_${requestId ?? deps.random.documentId()}`);
}
