import { type DocumentData } from 'firebase-admin/firestore';
import * as z from 'zod';
import { type Caller } from '../domain/caller';
import { clientSchema } from '../domain/client/client';
import { isWording } from '../domain/consent/wordings';
import { type Channel } from '../domain/messages/outboxRow';
import { crashPoint } from '../platform/crashPoint';
import { BadInputError, ConflictError, ForbiddenError, NotFoundError } from '../platform/errors';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { cancelMessagesTo } from './cancelMessagesTo';
import { consentAuditRef } from './consentAuditRef';
import { openContact } from './contact/openContact';
import { type Deps } from './deps';
import { recipientHashesOf } from './recipientHashOf';

export interface ClientConsentInput {
  readonly clientId: string;
  readonly channel: Channel;
  readonly status: 'granted' | 'withdrawn';
  /** Such as `consent`, `contract` or `legitimate_interests`. */
  readonly lawfulBasis: string | null;
  /** Where the client said so, such as `contract` or `phone_call`. */
  readonly source: string | null;
  /** The words that the freelancer confirmed; null when he was shown none of ours. */
  readonly wordingVersion: string | null;
  /** Chosen by the web client for one click, so that a repeated request makes one audit row. */
  readonly requestId?: string | undefined;
}

const permissionSchema = z.object({
  status: z.string(),
  lawfulBasis: z.string().nullish(),
  source: z.string().nullish(),
  wordingVersion: z.string().nullish(),
});

/**
 * Writes down what a client of the caller's own has said about being contacted on one channel, with its audit row in
 * the same commit. What is so already changes nothing and makes no row. After a "no", what waits for the client's
 * address is cancelled; the send gate refuses it in any case.
 *
 * @throws BadInputError for words that do not exist, NotFoundError, ForbiddenError when the client is somebody else's,
 *   ConflictError when the request id was used for something else
 */
export async function setClientConsent(
  deps: Deps,
  caller: Caller,
  input: ClientConsentInput,
): Promise<{ readonly clientId: string; readonly channel: Channel; readonly status: string }> {
  const { clientId, channel, status, wordingVersion } = input;
  if (wordingVersion !== null && !isWording('client', wordingVersion)) {
    throw new BadInputError('There is no such version of the wording.');
  }
  const address = await retryConflicts(deps.random, () => writeConsent(deps, caller, input));
  if (status === 'withdrawn' && address !== null) {
    const hashes = recipientHashesOf(deps, channel, address);
    await cancelMessagesTo(deps, hashes, { reason: 'consent_withdrawn', freelancerId: caller.uid });
  }
  return { clientId, channel, status };
}

/** @returns the client's address on that channel */
async function writeConsent(
  deps: Deps,
  caller: Caller,
  { requestId, clientId, channel, ...said }: ClientConsentInput,
): Promise<string | null> {
  const unit = new UnitOfWork(deps.db);
  const ref = collections.client(deps.db, clientId);
  const auditRef = consentAuditRef(deps, caller, 'client', requestId);
  await unit.read(ref, auditRef);
  const client = decode(clientSchema, unit.snapshot(ref));
  if (client === null) throw new NotFoundError('There is no such client.');
  if (client.freelancerId !== caller.uid) throw new ForbiddenError('This client is not yours.');
  const field = channel === 'email' ? 'email' : 'phone';
  const address = await openContact(deps, caller.uid, ref, field, client[field]);
  const before: unknown = unit.snapshot(ref).get(`contactPermissions.${channel}`);
  const recorded = unit.snapshot(auditRef);
  if (recorded.exists) {
    const same = recorded.get('clientId') === clientId && recorded.get('channel') === channel;
    if (same && recorded.get('status') === said.status) return address;
    throw new ConflictError('This request id was used for something else.');
  }
  if (isSame(before, said)) return address;
  const now = deps.clock.now();
  const permission: DocumentData = { ...said, capturedAt: now };
  unit.update(ref, { [`contactPermissions.${channel}`]: permission, updatedAt: now });
  unit.create(auditRef, {
    freelancerId: caller.uid,
    kind: 'client_contact',
    clientId,
    channel,
    ...said,
    previousStatus: permissionSchema.safeParse(before).data?.status ?? 'unknown',
    createdAt: now,
  });
  crashPoint('client-consent.before-commit');
  await unit.commit();
  crashPoint('client-consent.after-commit');
  return address;
}

function isSame(
  before: unknown,
  said: Pick<ClientConsentInput, 'status' | 'lawfulBasis' | 'source' | 'wordingVersion'>,
): boolean {
  const known = permissionSchema.safeParse(before).data;
  return (
    known?.status === said.status &&
    (known.lawfulBasis ?? null) === said.lawfulBasis &&
    (known.source ?? null) === said.source &&
    (known.wordingVersion ?? null) === said.wordingVersion
  );
}
