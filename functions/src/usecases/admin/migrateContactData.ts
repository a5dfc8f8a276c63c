import { type Caller } from '../../domain/caller';
import { contactSettingSchema, type StoredContactSetting } from '../../domain/contact/contactSetting';
import { ConflictError } from '../../platform/errors';
import { realClock } from '../../platform/clock';
import { isLocalStack } from '../../platform/runtime';
import { collections } from '../../store/collections';
import { PLATFORM } from '../../store/dataKeysSchema';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { contactKinds } from '../contact/contactKinds';
import { forgetContactSetting, SETTING_KEPT_MS } from '../contact/contactSetting';
import { dataKeysOf } from '../contact/dataKeysOf';
import { walkContact } from '../contact/walkContact';
import { type Deps } from '../deps';
import { settingsOf } from '../gate/settingsOf';
import { asAdmin } from './asAdmin';
import { contactProgress } from './contactProgress';

export interface ContactMigration {
  /** `sealed`; `clear`, back again; `settled`: it can not be undone any more. */
  readonly to: 'sealed' | 'clear' | 'settled';
  readonly dryRun: boolean;
  /** Where a dry run stopped; what changes something knows that itself. */
  readonly cursor: string | null;
}

export interface MigrationAnswer {
  readonly done: boolean;
  /** Not before so many milliseconds: until then some instance may not have heard of it. */
  readonly waitMs: number;
  readonly cursor: string | null;
  /** So far, by collection: `changed`, and `unreadable` for what could not be. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Brings all contact data into a form, a minute of it with each call. The setting is changed first, then for as long as an
 * instance may still go by the old one nothing is moved; so whoever looks for a "no" looks wherever it may stand.
 *
 * @throws ForbiddenError; ConflictError when it can not be; TransientFailure `contact_key_unavailable` with nothing changed
 */
export function migrateContactData(
  deps: Deps,
  caller: Caller,
  { to, dryRun, cursor }: ContactMigration,
): Promise<MigrationAnswer> {
  return asAdmin(
    deps,
    caller,
    { action: 'migrateContactData', target: dryRun ? `${to} (dry run)` : to },
    async () => {
      const walk = {
        kinds: contactKinds,
        form: to,
        query: ({ name }: { name: string }) => collections.everyIn(deps.db, name),
      };
      if (dryRun) {
        const answer = await walkContact(deps, { ...walk, dryRun, cursor });
        return { ...answer, done: answer.cursor === null, waitMs: 0 };
      }
      // With a key that does not open what it should, nothing is begun.
      await dataKeysOf(deps).sealingKey(PLATFORM);
      const { waitMs, from } = await begin(deps, to);
      if (waitMs > 0) return { done: false, waitMs, cursor: null, counts: {} };
      const progress = await contactProgress(deps, to, from);
      const answer = await walkContact(deps, { ...walk, dryRun, cursor: progress.cursor });
      const counts = await progress.save(answer);
      const left = Object.keys(counts).some((name) => name.endsWith('.unreadable'));
      const done = answer.cursor === null;
      if (done && (to !== 'clear' || !left)) await change(deps, () => ENDS[to]);
      return { done, waitMs: 0, cursor: answer.cursor, counts };
    },
  );
}

/** What is left to say once a walk is through; of what was not readable the sealed form stays, and is looked for. */
const ENDS: Record<ContactMigration['to'], Partial<StoredContactSetting>> = {
  sealed: {},
  clear: { sealed: false, reverting: false },
  settled: { confirmed: true },
};

/** @returns how long it is until every instance goes by it, milliseconds, and the moment from which on they do */
async function begin(
  deps: Deps,
  to: ContactMigration['to'],
): Promise<{ readonly waitMs: number; readonly from: Date | null }> {
  const now = realClock.now();
  // Nobody waits on the local stack: its data are nobody's.
  const from = new Date(now.getTime() + (isLocalStack() ? 0 : 2 * SETTING_KEPT_MS));
  const stored = await change(deps, (known) => {
    if (to === 'sealed') return known.sealed ? {} : { sealed: true, reverting: false, from };
    if (to === 'settled') {
      if (!known.sealed) throw new ConflictError('Contact data is not sealed yet.');
      return known.confirming || known.confirmed ? {} : { confirming: true, from };
    }
    if (known.confirming || known.confirmed)
      throw new ConflictError('It was confirmed that contact data is sealed: that can not be undone.');
    return known.sealed ? { sealed: false, reverting: true, from } : {};
  });
  const since = stored.from ?? null;
  return { waitMs: Math.max(0, (since?.getTime() ?? 0) - now.getTime()), from: since };
}

function change(
  deps: Deps,
  decide: (known: StoredContactSetting) => Partial<StoredContactSetting>,
): Promise<StoredContactSetting> {
  const ref = collections.systemConfig(deps.db, 'contact_data');
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const known = settingsOf(contactSettingSchema, unit.snapshot(ref));
    const fields = decide(known);
    if (Object.keys(fields).length === 0) return known;
    unit.save(ref, { ...fields, updatedAt: deps.clock.now() });
    await unit.commit();
    forgetContactSetting(deps.db);
    return { ...known, ...fields };
  });
}
