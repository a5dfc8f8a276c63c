import { type Channel } from '../domain/messages/outboxRow';
import { recipientSchema } from '../domain/messages/recipient';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/** Notes that an address can not take messages of this kind at all. The first time stands. */
export async function markUnreachable(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  channel: Channel,
  hash: string,
  code: string,
): Promise<void> {
  const ref = collections.recipient(deps.db, channel, hash);
  await unit.read(ref);
  if (decode(recipientSchema, unit.snapshot(ref))?.unreachable != null) return;
  const now = deps.clock.now();
  unit.save(ref, { unreachable: { code, since: now }, updatedAt: now });
}
