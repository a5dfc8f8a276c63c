import { type ProviderName } from './provider';

/** One request that a provider accepted, for tests and the sample day to look at. */
export interface AcceptedRequest {
  provider: ProviderName;
  method: string;
  path: string;
  query: unknown;
  /** Stripe's connected account, null for the platform. */
  account: string | null;
  idempotencyKey: string | null;
  apiVersion: string | null;
  /** The parsed body. */
  body: unknown;
  /** What the provider assigned: Twilio's sid, SendGrid's x-message-id. */
  answer?: Record<string, string>;
  /** ISO instant at which it was accepted. */
  at: string;
}

/**
 * What the providers accepted, oldest first. A replayed answer and a refused request are not in it: nothing
 * happened because of them.
 */
export class RequestLog {
  private entries: AcceptedRequest[] = [];

  add(entry: AcceptedRequest): void {
    this.entries.push(entry);
  }

  of(provider?: ProviderName): AcceptedRequest[] {
    return this.entries.filter((entry) => provider === undefined || entry.provider === provider);
  }

  clear(): void {
    this.entries = [];
  }
}
