import { FieldValue } from 'firebase-admin/firestore';
import { type Caller } from '../../domain/caller';
import { NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { dataKeysSchema, PLATFORM, type Renewal } from '../../store/dataKeysSchema';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { ownedKinds, platformKinds } from '../contact/contactKinds';
import { KEPT_MS } from '../contact/dataKeys';
import { dataKeysOf } from '../contact/dataKeysOf';
import { walkContact } from '../contact/walkContact';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';

/** After so long no instance seals with the key before any more. */
const SETTLED_MS = KEPT_MS + 5 * 60 * 1000;

export interface KeyRotation {
  /** The version that seals now. */
  readonly version: number;
  /** The walk is through; else call again. */
  readonly done: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** The key before is deleted. Not yet: call again when the hour is over in which instances may still seal with it. */
  readonly retired: boolean;
  /** When that is, ISO; null once it is retired. */
  readonly retiresAt: string | null;
}

/**
 * Gives a freelancer a new key and seals his contact data with it; the key before is deleted once no value needs it and no
 * instance uses it. Called again it goes on where it stopped.
 *
 * @param owner a uid, or the platform's own (`_platform`)
 * @throws ForbiddenError, NotFoundError when there is no key
 */
export function rotateDataKey(
  deps: Deps,
  caller: Caller,
  { owner }: { readonly owner: string },
): Promise<KeyRotation> {
  return asAdmin(deps, caller, { action: 'rotateDataKey', target: owner }, async () => {
    const { db } = deps;
    const { version, startedAt, renewal } = await begin(deps, owner);
    const { cursor, beganAt, unreadable } = renewal;
    const isOwned = (name: string): boolean => ownedKinds.some((kind) => kind.name === name);
    const { counts, ...answer } = await walkContact(deps, {
      kinds: owner === PLATFORM ? platformKinds : ownedKinds,
      query: ({ name }) =>
        isOwned(name)
          ? collections.ownedIn(db, name, owner === PLATFORM ? null : owner)
          : collections.everyIn(db, name),
      form: 'renewed',
      dryRun: false,
      cursor,
    });
    const done = answer.cursor === null;
    const settledAt = new Date(startedAt.getTime() + SETTLED_MS);
    const left = unreadable || Object.keys(counts).some((name) => name.endsWith('.unreadable'));
    // A walk that began after the last use of the key before has found whatever needs it.
    const retires = done && !left && beganAt >= settledAt;
    const next = done ? null : { cursor: answer.cursor, beganAt, unreadable: left };
    await note(deps, owner, version, next, retires);
    return { version, done, counts, retired: retires, retiresAt: retires ? null : settledAt.toISOString() };
  });
}

interface Begun {
  readonly version: number;
  readonly startedAt: Date;
  readonly renewal: Renewal;
}

/** A second version, unless there is one: then its walk is gone on with. */
function begin(deps: Deps, owner: string): Promise<Begun> {
  const ref = collections.dataKeys(deps.db, owner);
  const keys = dataKeysOf(deps);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const stored = decode(dataKeysSchema, unit.snapshot(ref));
    if (stored === null) throw new NotFoundError('There is no key for this contact data.');
    const { current } = stored;
    if (Object.keys(stored.keys).length > 1) {
      keys.forget(owner);
      const now = deps.clock.now();
      const renewal = stored.renewal ?? { cursor: null, beganAt: now, unreadable: false };
      return { version: current, startedAt: stored.keys[String(current)]?.createdAt ?? now, renewal };
    }
    // The one that there is has to open: else all that it sealed would be given up here.
    await keys.sealingKey(owner);
    const now = deps.clock.now();
    const version = current + 1;
    const wrapped = await keys.newWrapped(owner, version);
    unit.update(ref, { current: version, [`keys.${version}`]: { wrapped, createdAt: now }, updatedAt: now });
    await unit.commit();
    keys.forget(owner);
    return { version, startedAt: now, renewal: { cursor: null, beganAt: now, unreadable: false } };
  });
}

/** Where the walk is, and the end of the key before once nothing needs it. */
async function note(
  deps: Deps,
  owner: string,
  current: number,
  renewal: Renewal | null,
  retires: boolean,
): Promise<void> {
  const ref = collections.dataKeys(deps.db, owner);
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const stored = decode(dataKeysSchema, unit.snapshot(ref));
    if (stored?.current !== current) return;
    const old = Object.keys(stored.keys).filter((version) => retires && Number(version) !== current);
    unit.update(ref, {
      renewal,
      ...Object.fromEntries(old.map((version) => [`keys.${version}`, FieldValue.delete()])),
      updatedAt: deps.clock.now(),
    });
    await unit.commit();
  });
  dataKeysOf(deps).forget(owner);
}
