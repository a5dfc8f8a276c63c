import * as z from 'zod';
import { type Caller } from '../domain/caller';
import { isWording } from '../domain/consent/wordings';
import { crashPoint } from '../platform/crashPoint';
import { BadInputError, ConflictError } from '../platform/errors';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { openAccount } from './account/openAccount';
import { consentAuditRef } from './consentAuditRef';
import { type Deps } from './deps';

export interface CollectionsConsentInput {
  /** The words that the freelancer agreed to. */
  readonly wordingVersion: string;
  /** Whether anything is sent to his clients at all. */
  readonly collectionsEnabled: boolean;
  /** Whether reminders may go by text message, and by e-mail. */
  readonly sms: boolean;
  readonly email: boolean;
  /** Whether he wants tips and offers from us; as it was when left out. */
  readonly marketing?: boolean | undefined;
  /** Chosen by the web client for one click, so that a repeated request makes one audit row. */
  readonly requestId?: string | undefined;
}

export interface CollectionsConsent {
  readonly wordingVersion: string;
  readonly collectionsEnabled: boolean;
  readonly sms: boolean;
  readonly email: boolean;
  readonly marketing: boolean;
}

const storedSchema = z.object({
  collectionsEnabled: z.boolean().nullish(),
  collectionsConsent: z
    .object({
      version: z.string().nullish(),
      smsOptedOut: z.boolean().nullish(),
      emailOptedOut: z.boolean().nullish(),
    })
    .nullish(),
  marketingConsent: z.boolean().nullish(),
});

/**
 * Writes down what the caller has agreed to for his account, with its audit row in the same commit. What is so already
 * changes nothing and makes no row. The send gate looks at it for every message.
 *
 * @throws BadInputError for words that do not exist, ConflictError for an account without a profile, or one that is
 *   being closed
 */
export async function setCollectionsConsent(
  deps: Deps,
  caller: Caller,
  input: CollectionsConsentInput,
): Promise<CollectionsConsent> {
  const { wordingVersion, collectionsEnabled, sms, email, requestId } = input;
  if (!isWording('collections', wordingVersion)) {
    throw new BadInputError('There is no such version of the wording.');
  }
  await openAccount(deps, caller);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.user(deps.db, caller.uid);
    const auditRef = consentAuditRef(deps, caller, 'collections', requestId);
    await unit.read(ref, auditRef);
    const stored = decode(storedSchema, unit.snapshot(ref));
    if (stored === null) throw new ConflictError('Finish your profile first.');
    const before = consentOf(stored);
    const after: CollectionsConsent = {
      wordingVersion,
      collectionsEnabled,
      sms,
      email,
      marketing: input.marketing ?? before.marketing,
    };
    if (unit.snapshot(auditRef).exists) return before;
    if (isSame(before, after)) return after;
    const now = deps.clock.now();
    unit.update(ref, {
      collectionsEnabled,
      'collectionsConsent.version': wordingVersion,
      'collectionsConsent.smsOptedOut': !sms,
      'collectionsConsent.emailOptedOut': !email,
      'collectionsConsent.updatedAt': now,
      marketingConsent: after.marketing,
      updatedAt: now,
    });
    unit.create(auditRef, {
      freelancerId: caller.uid,
      kind: 'collections',
      ...after,
      previous: before,
      createdAt: now,
    });
    crashPoint('collections-consent.before-commit');
    await unit.commit();
    crashPoint('collections-consent.after-commit');
    return after;
  });
}

function consentOf(stored: z.infer<typeof storedSchema>): CollectionsConsent {
  const { collectionsConsent: consent } = stored;
  return {
    wordingVersion: consent?.version ?? '',
    collectionsEnabled: stored.collectionsEnabled === true,
    sms: consent != null && consent.smsOptedOut !== true,
    email: consent != null && consent.emailOptedOut !== true,
    marketing: stored.marketingConsent === true,
  };
}

function isSame(before: CollectionsConsent, after: CollectionsConsent): boolean {
  return (
    before.wordingVersion === after.wordingVersion &&
    before.collectionsEnabled === after.collectionsEnabled &&
    before.sms === after.sms &&
    before.email === after.email &&
    before.marketing === after.marketing
  );
}
