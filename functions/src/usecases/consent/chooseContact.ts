import { type DocumentData } from 'firebase-admin/firestore';
import { allows, DEBTOR_WORDING, type DebtorChoice } from '../../domain/consent/debtorChoice';
import { channels } from '../../domain/messages/outboxRow';
import { crashPoint } from '../../platform/crashPoint';
import { type VerifiedLink } from '../../platform/signedLink';
import { collections } from '../../store/collections';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { cancelMessagesTo } from '../cancelMessagesTo';
import { openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';
import { suppressEmail } from '../suppressEmail';
import { type ConsentCase, consentCaseOf } from './consentCaseOf';

/**
 * Takes a debtor's word on how he may be contacted, with its audit row and the note to the freelancer in one commit. It
 * counts for this client of this business; an objection stops e-mail to his address, and text messages about invoices
 * that were sent to it, from everybody. Whoever allows either again takes the objection back, and whoever allows e-mail
 * that he unsubscribed too, for the link came to that very address; that an address bounced, or that somebody called us
 * spam, he can not undo here. A number that said STOP stays opted out: only START from that number says otherwise. Said
 * twice, it is the same.
 *
 * @returns false when the link is about nothing
 */
export async function chooseContact(deps: Deps, link: VerifiedLink, choice: DebtorChoice): Promise<boolean> {
  const found = await retryConflicts(deps.random, () => writeChoice(deps, link, choice));
  if (found === null) return false;
  const { invoice, invoiceId, emailHashes } = found;
  const { freelancerId } = invoice;
  if (choice === 'object') await cancelMessagesTo(deps, emailHashes, { reason: 'suppressed' });
  else if (!allows(choice, 'email'))
    await cancelMessagesTo(deps, emailHashes, { reason: 'consent_withdrawn', freelancerId });
  const phone = allows(choice, 'sms') ? null : await openDebtor(deps, invoiceId, invoice, 'sms');
  if (phone !== null) {
    const hashes = recipientHashesOf(deps, 'sms', phone);
    await cancelMessagesTo(deps, hashes, { reason: 'consent_withdrawn', freelancerId });
  }
  return true;
}

async function writeChoice(
  deps: Deps,
  link: VerifiedLink,
  choice: DebtorChoice,
): Promise<ConsentCase | null> {
  const { db } = deps;
  const unit = new UnitOfWork(db);
  const found = await consentCaseOf(deps, unit, link);
  if (found === null) return null;
  const { invoice, invoiceId, client, clientId, clientRef, emailHashes, suppressedFor, objected } = found;
  const now = deps.clock.now();
  const before = {
    email: client.contactPermissions?.email?.status ?? 'unknown',
    sms: client.contactPermissions?.sms?.status ?? 'unknown',
  };
  const wanted = channels.filter((channel) => before[channel] !== statusOf(choice, channel));
  const objects = choice === 'object' && !objected;
  const lifts = allows(choice, 'email') && isHisOwn(suppressedFor);
  const takesBack = objected && channels.some((channel) => allows(choice, channel));
  if (wanted.length === 0 && !objects && !lifts && !takesBack) return found;

  const permissions: DocumentData = {};
  for (const channel of wanted)
    permissions[`contactPermissions.${channel}`] = {
      status: statusOf(choice, channel),
      lawfulBasis: allows(choice, channel) ? 'consent' : null,
      source: 'consent_page',
      wordingVersion: DEBTOR_WORDING,
      capturedAt: now,
    };
  // Written even if only the address changes: whoever changes the client meanwhile must look again.
  unit.update(clientRef, { ...permissions, updatedAt: now });
  if (objects) await suppressEmail(deps, unit, emailHashes[0], 'manual', { objects });
  for (const { ref, reason } of lifts || takesBack ? found.suppressions : []) {
    const status = lifts && isHisOwn(reason) ? 'lifted' : 'suppressed';
    unit.update(ref, { status, objectedAt: null, updatedAt: now });
  }
  const id = `debtor_${clientId}_${deps.random.documentId()}`;
  const about = { freelancerId: invoice.freelancerId, createdAt: now };
  unit.create(collections.consentAudit(db, id), {
    ...about,
    kind: 'debtor_choice',
    clientId,
    invoiceId,
    choice,
    previous: { ...before, suppressedFor },
    lifted: lifts,
    wordingVersion: DEBTOR_WORDING,
  });
  unit.create(collections.notification(db, id), {
    ...about,
    type: 'contact_choice',
    title: 'A client has chosen how to be contacted',
    message: `${told(choice)} (about invoice ${invoice.reference}).`,
    read: false,
  });
  crashPoint('consent.before-commit');
  await unit.commit();
  crashPoint('consent.after-commit');
  return found;
}

/** What he said himself, and may take back. */
function isHisOwn(reason: string | null): boolean {
  return reason === 'unsubscribe' || reason === 'manual';
}

function statusOf(choice: DebtorChoice, channel: 'email' | 'sms'): 'granted' | 'withdrawn' {
  return allows(choice, channel) ? 'granted' : 'withdrawn';
}

function told(choice: DebtorChoice): string {
  switch (choice) {
    case 'email':
      return 'By e-mail, and not by text message';
    case 'sms':
      return 'By text message, and not by e-mail';
    case 'both':
      return 'By e-mail and by text message';
    case 'neither':
      return 'Neither by e-mail nor by text message';
    case 'object':
      return 'Not at all: the client objects to being contacted by us';
  }
}
