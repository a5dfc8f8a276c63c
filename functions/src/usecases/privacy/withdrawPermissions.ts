import { type DocumentReference } from 'firebase-admin/firestore';
import { type Client, clientSchema } from '../../domain/client/client';
import { type Channel, channels } from '../../domain/messages/outboxRow';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { type Debtor } from './debtor';
import { eachRow } from './eachRow';
import { type Look } from './look';
import { carries, rowsOfAddress } from './rowsOfAddress';

/** Withdraws the permission, on both channels, of every client with this address, and tells their freelancers. */
export async function withdrawPermissions(
  deps: Deps,
  run: Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>,
  debtor: Debtor,
): Promise<Look> {
  const clients = rowsOfAddress(deps, 'clients', debtor);
  const work = ({ ref }: { readonly ref: DocumentReference }) => withdraw(deps, ref, debtor);
  const { ended, failed } = await eachRow(run, clients, work, { jobName: 'debtor-rights' });
  return { complete: ended && failed === 0, openInvoices: 0, keptMessages: 0 };
}

/** Whether no client with this address may be contacted any more. */
export async function objectionHolds(deps: Pick<Deps, 'db'>, debtor: Debtor): Promise<boolean> {
  for await (const row of rowsOfAddress(deps, 'clients', debtor)) {
    const client = decode(clientSchema, row);
    if (client !== null && openChannels(client).length > 0) return false;
  }
  return true;
}

function openChannels({ contactPermissions }: Client): Channel[] {
  return channels.filter((channel) => contactPermissions?.[channel]?.status !== 'withdrawn');
}

/** Permission, the rows that say so and the word to the freelancer are one commit. */
function withdraw(
  deps: Deps,
  ref: DocumentReference,
  debtor: Debtor,
): Promise<'permissions_withdrawn' | 'permissions_withdrawn_before'> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(ref);
    // His no more, if he was given another address meanwhile.
    const isHis = carries('clients', unit.snapshot(ref), debtor);
    const client = isHis ? decode(clientSchema, unit.snapshot(ref)) : null;
    const open = client === null ? [] : openChannels(client);
    if (client === null || open.length === 0) return 'permissions_withdrawn_before';
    const now = deps.clock.now();
    const said = { status: 'withdrawn', lawfulBasis: null, source: 'objection', wordingVersion: null };
    // Not the request's time: permission may be given again before the request is done, and is then withdrawn again.
    const id = `${now.getTime()}_${ref.id}`;
    for (const channel of open) {
      unit.update(ref, { [`contactPermissions.${channel}`]: { ...said, capturedAt: now }, updatedAt: now });
      unit.create(collections.consentAudit(db, `objection_${id}_${channel}`), {
        freelancerId: client.freelancerId,
        kind: 'client_contact',
        clientId: ref.id,
        channel,
        ...said,
        previousStatus: client.contactPermissions?.[channel]?.status ?? 'unknown',
        createdAt: now,
      });
    }
    unit.create(collections.notification(db, `client_objected_${id}`), {
      freelancerId: client.freelancerId,
      type: 'client_objected',
      title: 'A client wants no more reminders',
      message:
        'A client has asked us not to be contacted. We send them no reminders any more; what is owed stays as it is.',
      clientId: ref.id,
      read: false,
      createdAt: now,
    });
    crashPoint('objection.before-commit');
    await unit.commit();
    crashPoint('objection.after-commit');
    return 'permissions_withdrawn';
  });
}
