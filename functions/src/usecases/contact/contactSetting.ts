import { type Firestore } from 'firebase-admin/firestore';
import {
  CLEAR,
  type ContactSetting,
  contactSettingAt,
  contactSettingSchema,
  type StoredContactSetting,
} from '../../domain/contact/contactSetting';
import { realClock } from '../../platform/clock';
import { timeLimit } from '../../platform/timeLimit';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { settingsOf } from '../gate/settingsOf';

/** What operators change is seen by every instance after so long. */
export const SETTING_KEPT_MS = 5 * 60 * 1000;
/** Longest time that is waited for it where it can be done without, milliseconds. */
const PREPARE_LIMIT_MS = 2_000;

const kept = new WeakMap<
  Firestore,
  { readonly at: number; readonly stored: Promise<StoredContactSetting> }
>();
const seen = new WeakMap<Firestore, StoredContactSetting>();

/**
 * In which form contact data is kept, as operators have set it. Read once in five minutes by each instance, by the clock
 * that does not travel.
 *
 * @throws TransientFailure `settings_unusable`; whatever the store throws
 */
export async function contactSetting({ db }: Pick<Deps, 'db'>): Promise<ContactSetting> {
  const now = realClock.now();
  const known = kept.get(db);
  if (known !== undefined && now.getTime() - known.at < SETTING_KEPT_MS)
    return contactSettingAt(await known.stored, now);
  const stored = read(db);
  kept.set(db, { at: now.getTime(), stored });
  stored.catch(() => kept.delete(db));
  return contactSettingAt(await stored, now);
}

async function read(db: Firestore): Promise<StoredContactSetting> {
  const stored = settingsOf(contactSettingSchema, await collections.systemConfig(db, 'contact_data').get());
  seen.set(db, stored);
  return stored;
}

/**
 * Looks the setting up, if it was not lately, for what asks with `lastContactSetting` later on. Never fails: who can
 * not do without the setting asks for it, and is told.
 */
export async function prepareContactSetting(deps: Pick<Deps, 'db'>): Promise<void> {
  await timeLimit(PREPARE_LIMIT_MS, contactSetting(deps)).catch(() => undefined);
}

/** The setting as it was seen last; clear where it was not seen yet. Only for what holds no debtor's address either way. */
export function lastContactSetting({ db }: Pick<Deps, 'db'>): ContactSetting {
  const stored = seen.get(db);
  return stored === undefined ? CLEAR : contactSettingAt(stored, realClock.now());
}

/** Whoever changes the setting does not go by what was kept of it. */
export function forgetContactSetting(db: Firestore): void {
  kept.delete(db);
}
