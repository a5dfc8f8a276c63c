import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { dataEntries } from '../../functions/src/domain/privacy/dataMap';

/** In whatever a seeded row holds; nobody else's rows have it. */
export const markOf = (uid: string): string => `mark of ${uid}`;

const THEN = new Date('2026-03-02T09:00:00.123Z');

/**
 * A row of this freelancer in every collection of the data map of which rows are a freelancer's, found as the map says.
 *
 * @returns the paths by collection
 */
export async function seedEverything(
  db: Firestore,
  uid: string,
  more: Readonly<Record<string, DocumentData>> = {},
): Promise<Record<string, string[]>> {
  const paths: Record<string, string[]> = {};
  const bodies = new Map<string, DocumentData>();
  const put = (name: string, path: string, data: DocumentData): void => {
    (paths[name] ??= []).push(path);
    bodies.set(path, { note: markOf(uid), createdAt: THEN, ...data, ...more[name] });
  };
  for (const [name, { owner }] of dataEntries) {
    const [above = '', part = ''] = name.split('/');
    if (owner?.by === 'id') put(name, `${name}/${uid}`, {});
    if (owner?.by === 'field') {
      put(name, `${name}/row-${uid}`, { [owner.field]: uid });
      if (owner.orId === true) put(name, `${name}/${uid}`, {});
    }
    // Also below an invoice that is gone.
    if (owner?.by === 'part') {
      put(name, `${above}/row-${uid}/${part}/notes`, { freelancerId: uid });
      put(name, `${above}/gone-${uid}/${part}/notes`, { freelancerId: uid });
    }
    if (owner?.by === 'parent') {
      const parent =
        dataEntries.find(([other]) => other === above)?.[1].owner?.by === 'id' ? uid : `row-${uid}`;
      for (const id of ['a', 'b']) put(name, `${above}/${parent}/${part}/${id}`, {});
    }
  }
  await Promise.all([...bodies].map(([path, data]) => db.doc(path).set(data)));
  return paths;
}
