import { type LoadRequest } from '../fire';

/** One kind of what users do, made before it is sent, so that making it takes no time from what is measured. */
export interface Traffic {
  readonly name: string;
  /** Where a deployed export of this name is served, it goes there. */
  readonly target: string;
  /** Whose answer a provider waits for. */
  readonly isWebhook: boolean;
  readonly requests: readonly LoadRequest[];
  /** What is not as it must be once everything was answered. */
  faults(): Promise<readonly string[]>;
}
