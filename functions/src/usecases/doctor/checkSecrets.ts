import { createPublicKey } from 'node:crypto';
import { type Finding, wrong } from './finding';
import { type Patient } from './patient';

interface Form {
  readonly fits: (value: string) => boolean;
  readonly is: string;
  /** Several, separated by commas: one is being rolled out. */
  readonly list?: boolean;
  /** Only where users sign in with Clerk. */
  readonly clerk?: boolean;
}

const FORMS: Readonly<Record<string, Form>> = {
  STRIPE_SECRET_KEY: {
    fits: (value) => /^(sk|rk)_(test|live)_\w+$/.test(value),
    is: 'begin with sk_live_, rk_live_, sk_test_ or rk_test_',
  },
  STRIPE_WEBHOOK_SECRET: { fits: (value) => /^whsec_\w+$/.test(value), is: 'begin with whsec_', list: true },
  TWILIO_ACCOUNT_SID: {
    fits: (value) => /^AC[0-9a-f]{32}$/.test(value),
    is: 'be AC and 32 hexadecimal digits',
  },
  TWILIO_AUTH_TOKEN: {
    fits: (value) => /^[0-9a-f]{32}$/.test(value),
    is: 'be 32 hexadecimal digits',
    list: true,
  },
  SENDGRID_API_KEY: { fits: (value) => /^SG\.[\w.-]+$/.test(value), is: 'begin with SG.' },
  SENDGRID_WEBHOOK_PUBLIC_KEY: {
    fits: isP256,
    is: "be the verification key of SendGrid's signed event webhook (P-256, base64)",
    list: true,
  },
  CLERK_WEBHOOK_SECRET: {
    fits: (value) => /^whsec_[A-Za-z0-9+/]+=*$/.test(value),
    is: 'begin with whsec_ and go on in base64',
    list: true,
    clerk: true,
  },
  ADDRESS_HASH_KEY: { fits: (value) => value.length >= 32, is: 'have at least 32 characters' },
  LINK_SIGNING_KEY: {
    fits: (value) => value.length >= 32,
    is: 'have at least 32 characters',
    list: true,
  },
};

/** The names of the secrets. */
export const secretNames: readonly string[] = Object.keys(FORMS);

/** The secrets: are they there, do they have the form that they need, and are they nobody else's? */
export async function checkSecrets(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all(Object.entries(FORMS).map(([name, form]) => look(patient, name, form)));
  return findings.flat();
}

async function look(patient: Patient, name: string, form: Form): Promise<Finding[]> {
  const set = `firebase functions:secrets:set ${name}`;
  let value: string | null;
  try {
    value = await patient.secret(name);
  } catch {
    const fix = 'Ask for the role Secret Manager Secret Accessor, or look in the console.';
    return [{ check: 'secret_missing', severity: 'unknown', what: `${name} can not be read.`, fix }];
  }
  if (value === null || value === '') {
    // Every secret that a function binds has to exist, or the deployment is refused.
    return [wrong('secret_missing', `${name} is not set.`, `${set}, then deploy.`)];
  }
  const isUnused = form.clerk === true && (patient.settings['CLERK_ISSUER'] ?? '') === '';
  const parts = form.list === true ? value.split(',').map((one) => one.trim()) : [value];
  if (!isUnused && !parts.every((part) => form.fits(part)))
    return [
      wrong('secret_malformed', `${name} must ${form.is}.`, `${set} with the right value, then deploy.`),
    ];
  const samples = new Set((patient.samples[name] ?? '').split(',').map((one) => one.trim()));
  if (patient.isReal && !isUnused && parts.some((part) => samples.has(part)))
    return [
      wrong(
        'secret_sample',
        `${name} is the value of the local stack, which everybody can read.`,
        `${set} with a value of your own, then deploy.`,
      ),
    ];
  return [];
}

function isP256(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
