import { z } from 'zod';
import { PROVIDER_NAMES, type ProviderName } from './provider';

/**
 * timeout: never answered, nothing happened. timeout_after_accept: it happened, the answer is lost.
 * accept_then_error: it happened, the answer is a 500. reset: the connection is cut before anything happened.
 * slow: as usual, after `delayMs`. provider_error: turned away with the provider's own `code`.
 * The rest: turned away with 429, 500 or 503 before anything happened.
 */
const FAULT_MODES = [
  'timeout_after_accept',
  'accept_then_error',
  'timeout',
  'rate_limit',
  'server_error',
  'unavailable',
  'reset',
  'slow',
  'provider_error',
] as const;

const fields = z.strictObject({
  provider: z.enum(PROVIDER_NAMES),
  mode: z.enum(FAULT_MODES),
  /** Share of the matching requests that it hits. */
  rate: z.number().min(0).max(1).default(1),
  /** How often it fires before it is used up; without it: until cleared. */
  count: z.number().int().min(1).optional(),
  /** slow: wait in ms. The two time-outs: how long the connection is held before it is cut. */
  delayMs: z.number().int().min(0).max(600_000).optional(),
  /** Only API paths that start with it. */
  path: z.string().startsWith('/').optional(),
  /** provider_error: as the provider writes it (Twilio 21610, Stripe card_declined). */
  code: z
    .union([z.string().min(1), z.number().int()])
    .transform(String)
    .optional(),
  /** provider_error: the HTTP status; 400 without it. */
  status: z.number().int().min(400).max(599).optional(),
});

export const faultSchema = fields.refine(
  ({ mode, code, status }) => (mode === 'provider_error') === (code !== undefined || status !== undefined),
  { error: 'provider_error, and no other mode, takes a code or a status' },
);

export type Fault = z.infer<typeof faultSchema>;
export type FaultMode = Fault['mode'];

/** The faults that were asked for, in the order in which they were: the first that matches and is drawn fires. */
export class FaultPlan {
  private planned: { fault: Fault; fired: number }[] = [];

  constructor(private readonly random: () => number) {}

  add(fault: Fault): void {
    this.planned.push({ fault, fired: 0 });
  }

  /** Draws the fault for one request and counts it. */
  take(provider: ProviderName, path: string): Fault | undefined {
    const hit = this.planned.find(({ fault, fired }) => {
      if (fault.provider !== provider || !path.startsWith(fault.path ?? '/')) return false;
      return fired < (fault.count ?? Infinity) && this.random() < fault.rate;
    });
    if (hit === undefined) return undefined;
    hit.fired += 1;
    return hit.fault;
  }

  list(): (Fault & { fired: number })[] {
    return this.planned.map(({ fault, fired }) => ({ ...fault, fired }));
  }

  clear(): void {
    this.planned = [];
  }
}
