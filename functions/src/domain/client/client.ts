import * as z from 'zod';
import { pii, plain } from '../contact/pii';
import { nations } from '../gate/nations';

export const debtorKinds = ['business', 'sole_trader', 'individual'] as const;

const permission = z.object({ status: z.enum(['granted', 'withdrawn', 'unknown']) });

/** `clients/{id}`: the fields that the server reads. */
export const clientSchema = z.object({
  freelancerId: plain(z.string()),
  name: plain(z.string().nullish()),
  /** In the clear or sealed. */
  email: pii('email', z.string().nullish()),
  phone: pii('sms', z.string().nullish()),
  debtorKind: z.enum(debtorKinds).nullish(),
  /** What the client has said about being contacted, channel by channel. */
  contactPermissions: z.object({ email: permission.nullish(), sms: permission.nullish() }).nullish(),
  /** IANA zone; London where it is not known. */
  timezone: plain(z.string().nullish()),
  /** Whose bank holidays count; those of England and Wales where it is not known. */
  nation: z.enum(nations).nullish().catch(null),
});

export type Client = z.infer<typeof clientSchema>;
