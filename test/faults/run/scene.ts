import { type Firestore } from 'firebase-admin/firestore';
import { type Sandbox } from '../../../local/sandbox/startSandbox';
import { type AuthInbox } from '../../support/authInbox';
import { type SeededRandom } from '../../support/random';

/** What a story is set up with. */
export interface Scene {
  /** Not through the wire, and with everybody's rights. */
  readonly db: Firestore;
  readonly sandbox: Sandbox;
  readonly auth: AuthInbox;
  readonly random: SeededRandom;
  readonly now: () => Date;
  /** By how much an instance's clock is wrong, once the plan has begun; 0: none is. */
  readonly skewMinutes: number;
  /** Moves everybody's clock, Firestore's and the providers' as well. */
  readonly travel: (to: string | Date) => void;
}
