import { type Channel } from '../domain/messages/outboxRow';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { recipientHashOf } from './recipientHashOf';

/** Adds to the unit that an address can not take such messages at all: the gate lets nothing more go to it. */
export async function markUnreachable(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  unit: UnitOfWork,
  channel: Channel,
  address: string,
  code: string,
): Promise<void> {
  const ref = collections.recipient(deps.db, channel, recipientHashOf(deps, channel, address));
  await unit.read(ref);
  const now = deps.clock.now();
  unit.save(ref, { unreachable: { code, since: now }, updatedAt: now });
}
