import { type Door, openDoor } from '../faults/wire/door';
import { OpenTransactions } from '../faults/wire/openTransactions';
import { Upstream } from '../faults/wire/upstream';
import { type MessageHarness, startMessageHarness } from './messageHarness';

/** Served functions that reach Firestore through a door, which decides about each of their calls. */
export interface DoorWorld {
  readonly door: Door;
  /** Its own `db` does not go through the door. */
  readonly harness: MessageHarness;
  stop(): Promise<void>;
}

/** Starts it. @param target the first served function: `harness.webhook` */
export async function startDoorWorld(target: string): Promise<DoorWorld> {
  const upstream = new Upstream(process.env['FIRESTORE_EMULATOR_HOST'] ?? '');
  const door = await openDoor(upstream, new OpenTransactions());
  const harness = await startMessageHarness({ FIRESTORE_EMULATOR_HOST: door.host }, { target });
  return {
    door,
    harness,
    stop: async () => {
      await harness.stop();
      door.close();
      upstream.stop();
    },
  };
}
