import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { type Owner } from '../../domain/privacy/dataEntry';
import { dataMap } from '../../domain/privacy/dataMap';
import { collectionOf } from '../../domain/privacy/pageCursor';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { documentsOf } from './documentsOf';
import { rowsAt } from './rowsAt';

/** Whose rows: a freelancer, and the keyed hashes of his own verified address where that is known. */
export interface RowOwner {
  readonly uid: string;
  readonly addressHashes: readonly string[];
}

/**
 * The rows of one freelancer in a collection of the data map, in an order that stays the same, behind the one at that
 * path if there is one.
 */
export async function* rowsOfOwner(
  deps: Pick<Deps, 'db'>,
  name: string,
  { uid, addressHashes }: RowOwner,
  after: string | null = null,
): AsyncGenerator<DocumentSnapshot> {
  const { db } = deps;
  const owner = dataMap[name]?.owner ?? null;
  switch (owner?.by) {
    case undefined:
      return;
    case 'id':
      if (after === null) yield* existing(collections.row(db, name, uid));
      return;
    case 'address':
      yield* rowsAt(
        deps,
        addressHashes.map((hash) => collections.row(db, name, hash)),
        after,
      );
      return;
    case 'field': {
      const own = collections.row(db, name, uid);
      if (after === own.path && orId(owner)) return;
      for await (const doc of documentsOf(collections.rowsOf(db, name, owner.field, uid), after)) {
        if (!orId(owner) || doc.id !== uid) yield doc;
      }
      // Last, so that it is found once, whether it names him or not.
      if (orId(owner)) yield* existing(own);
      return;
    }
    case 'part':
      for await (const doc of documentsOf(collections.privatePartsOf(db, uid), after)) {
        if (collectionOf(doc.ref.path) === name) yield doc;
      }
      return;
    case 'parent': {
      const [above = '', part = ''] = name.split('/');
      const begin = after === null ? null : db.doc(after).parent.parent;
      for await (const parent of parentsOf(deps, above, uid)) {
        if (begin !== null && parent.path < begin.path) continue;
        yield* documentsOf(
          collections.below(db, parent.path, part),
          parent.path === begin?.path ? after : null,
        );
      }
    }
  }
}

function orId(owner: Owner & { by: 'field' }): boolean {
  return owner.orId === true;
}

async function* existing(ref: DocumentReference): AsyncGenerator<DocumentSnapshot> {
  const snapshot = await ref.get();
  if (snapshot.exists) yield snapshot;
}

/** What lies below a document may be there without it. */
async function* parentsOf(
  deps: Pick<Deps, 'db'>,
  name: string,
  uid: string,
): AsyncGenerator<DocumentReference> {
  if (dataMap[name]?.owner?.by === 'id') yield collections.row(deps.db, name, uid);
  else for await (const { ref } of rowsOfOwner(deps, name, { uid, addressHashes: [] })) yield ref;
}
