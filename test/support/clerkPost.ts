import { Webhook } from 'standardwebhooks';
import { localSetting } from './sandboxSettings';
import { newId } from './stripeEvents';
import { type Answer, post } from './webhookHarness';

/** The first secret of functions/.secret.local, and the one that is being rolled out. */
export const CLERK_SECRETS: readonly string[] = localSetting('CLERK_WEBHOOK_SECRET').split(',');

export interface ClerkDelivery {
  /** The same id again is the same event again. */
  readonly id?: string;
  readonly secret?: string;
  /** When it was signed. */
  readonly at?: Date;
  /** Replace the usual headers; an empty value leaves one out. */
  readonly headers?: Record<string, string>;
}

/** Posts bytes as Svix does for Clerk. */
export function postAsClerk(
  origin: string,
  body: object | string,
  delivery: ClerkDelivery = {},
): Promise<Answer> {
  const { id = newId('msg'), headers = {}, ...signing } = delivery;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return post(origin, payload, {
    'stripe-signature': '',
    ...signedByClerk(payload, id, signing),
    ...headers,
  });
}

/** The headers with which Svix posts these bytes. */
export function signedByClerk(
  payload: string,
  id: string,
  { secret = CLERK_SECRETS[0] ?? '', at = new Date() }: Pick<ClerkDelivery, 'secret' | 'at'> = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(secret).sign(id, at, payload),
  };
}

/** Milliseconds since 1970 of a moment that many minutes after the users' first one. */
export function clerkTime(minutes: number): number {
  return Date.parse('2026-11-20T09:00:00Z') + minutes * 60_000;
}

export interface ClerkUserFields {
  readonly firstName?: string | null;
  readonly email?: string;
  readonly verified?: boolean;
  /** Minutes, see `clerkTime`. */
  readonly updated?: number;
}

/** A user as Clerk sends him: the fields that we read among those that we do not. */
export function clerkUser(
  type: 'user.created' | 'user.updated',
  uid: string,
  fields: ClerkUserFields = {},
): object {
  const { firstName = 'Ada', email = `${uid}@Studio.example`, verified = true, updated = 0 } = fields;
  return {
    object: 'event',
    type,
    instance_id: 'ins_local',
    timestamp: clerkTime(updated) + 40,
    data: {
      id: uid,
      object: 'user',
      first_name: firstName,
      last_name: 'Free',
      image_url: 'https://img.clerk.example/x',
      primary_email_address_id: 'idn_1',
      email_addresses: [
        { id: 'idn_0', email_address: 'old@studio.example', verification: { status: 'verified' } },
        {
          id: 'idn_1',
          object: 'email_address',
          email_address: email,
          verification: { status: verified ? 'verified' : 'unverified', strategy: 'ticket' },
        },
      ],
      phone_numbers: [],
      public_metadata: { role: 'admin', subscriptionTier: 'pro' },
      unsafe_metadata: {},
      created_at: clerkTime(0),
      updated_at: clerkTime(updated),
    },
  };
}

/** @param said minutes, see `clerkTime`; null: Clerk does not say when */
export function clerkDeletion(uid: string, said: number | null): object {
  return {
    object: 'event',
    type: 'user.deleted',
    ...(said === null ? {} : { timestamp: clerkTime(said) }),
    data: { id: uid, object: 'user', deleted: true },
  };
}
