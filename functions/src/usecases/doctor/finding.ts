/** What the doctor looks at; each is one kind of misconfiguration. */
export const checkNames = [
  'configuration',
  'secret_missing',
  'secret_malformed',
  'secret_sample',
  'indexes',
  'rules',
  'stripe_webhook',
  'twilio_webhook',
  'sendgrid_webhook',
  'bank_rate',
  'plan_prices',
  'lease_store',
  'jobs',
] as const;

export type CheckName = (typeof checkNames)[number];

export interface Finding {
  readonly check: CheckName;
  /** `unknown`: it could not be looked at, which is no proof that all is well. */
  readonly severity: 'error' | 'warning' | 'unknown';
  /** What is wrong. No secret's value is in it. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A finding of something that is wrong. */
export function wrong(check: CheckName, what: string, fix: string): Finding {
  return { check, severity: 'error', what, fix };
}
