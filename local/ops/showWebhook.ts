import { Timestamp } from 'firebase-admin/firestore';
import { StartError } from '../stack/startError';
import { type OpsTarget } from './opsTarget';

/**
 * The record of a failed event, without its bytes; instants are ISO.
 * @throws StartError when there is none
 */
export async function showWebhook({ db }: OpsTarget, id: string): Promise<Record<string, unknown>> {
  // A slash would lead to another document, and Firestore keeps some names for itself.
  const isName = /^[\w.-]+$/.test(id) && !/^(\.\.?|__.*__)$/.test(id);
  const snapshot = isName ? await db.collection('failed_webhooks').doc(id).get() : undefined;
  const data = snapshot?.data();
  if (data === undefined) throw new StartError(`There is no failed event ${id}.`);
  return { id, ...Object.fromEntries(Object.entries(data).map(([name, value]) => [name, plain(value)])) };
}

function plain(value: unknown): unknown {
  return value instanceof Timestamp ? value.toDate().toISOString() : value;
}
