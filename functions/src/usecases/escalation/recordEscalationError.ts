import { type DocumentReference, Timestamp } from 'firebase-admin/firestore';
import * as z from 'zod';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { type Look } from './escalateInvoice';

/** Failures in a row after which operators are told, and a day passes before the next try. */
const MOST_ERRORS = 5;
const HOUR_MS = 60 * 60 * 1000;

const earlierSchema = z.object({ count: z.int() });

/**
 * Notes on an invoice that its chase could not go on, and puts it off, so that it does not come first in every run. What
 * does not fit about the invoice does not matter here. One that somebody else has changed since is left to him.
 *
 * @throws when that can not be written either; the invoice is then due as before
 */
export async function recordEscalationError(
  ref: DocumentReference,
  thrown: unknown,
  { page, now }: Pick<Look, 'page' | 'now'>,
): Promise<void> {
  const snapshot = await ref.get();
  const due: unknown = snapshot.get('nextActionAt');
  if (snapshot.updateTime === undefined || !(due instanceof Timestamp) || due.toDate() > now) return;
  const earlier = earlierSchema.safeParse(snapshot.get('escalationError'));
  const count = (earlier.success ? earlier.data.count : 0) + 1;
  const { code } = asRecoupError(thrown);
  const wait = count >= MOST_ERRORS ? 24 * HOUR_MS : HOUR_MS;
  await ref.update(
    {
      escalationError: { count, code },
      escalationRun: { page, outcome: 'error' },
      nextActionAt: new Date(now.getTime() + wait),
      updatedAt: now,
    },
    { lastUpdateTime: snapshot.updateTime },
  );
  log.escalationFailed({ invoiceId: ref.id, code, attempts: count, cause: thrown });
}
