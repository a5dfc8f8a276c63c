import { type FirestoreEvent, type QueryDocumentSnapshot } from 'firebase-functions/v2/firestore';
import * as z from 'zod';
import { channels } from '../domain/messages/outboxRow';
import { enqueueMessage } from '../usecases/messages/enqueueMessage';
import { deps } from '../wire/deps';

const rowSchema = z.object({ channel: z.enum(channels), notBefore: z.unknown() });

/**
 * Takes a new message to its queue at once; one that is to wait is left to the dispatcher, as is whatever does not
 * look like a message. Retried by the platform.
 */
export async function handleOutboxCreated(
  event: FirestoreEvent<QueryDocumentSnapshot | undefined, { outboxId: string }>,
): Promise<void> {
  const row = rowSchema.safeParse(event.data?.data());
  if (!row.success || row.data.notBefore != null) return;
  const { channel } = row.data;
  await enqueueMessage(await deps(), event.params.outboxId, { channel, attempts: 0, notBefore: null });
}
