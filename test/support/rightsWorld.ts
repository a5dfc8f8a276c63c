import { type DocumentData } from 'firebase-admin/firestore';
import {
  type AccessPage,
  accessPageSchema,
  type RequestAnswer,
  requestAnswerSchema,
} from '../../functions/src/domain/privacy/debtorRights';
import { type ExportPage } from '../../functions/src/domain/privacy/exportFormat';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { type CallAnswer, callFunction } from './callFunction';
import { debtorClaims } from './callWorld';
import { type ContactWorld, type Owing, startContactWorld } from './contactWorld';
import { seedChase, type SeededChase } from './seedChase';
import { hashOf } from './seedMessage';
import { newId } from './stripeEvents';
import { inboundFields, newMessageSid, postAsTwilio } from './twilioPost';
import { unsignedToken } from './unsignedToken';

/** Overdue by 15 days on the day of the harness. */
export const FIRM = '2026-11-09';

/** Whatever tells of an address where it is sealed. */
export const SEALED_TRACE = /"s1\.\d|v\d+_[0-9a-f]{64}|•••/;

/** Of an address that is erased its keyed hash stays here: so that "no" holds, as proof, and with what is due to expire. */
export const KEEP_HASHES = [
  'email_suppressions/',
  'data_deletion_requests/',
  'debtor_requests/',
  'outbox/',
  'recipients/',
];

export interface RightsDebtor {
  readonly email: string;
  /** Sealed, with a claim and an answer by text message. */
  readonly sealed: Owing;
  /** Of another freelancer, from before contact data was sealed. */
  readonly clear: SeededChase | null;
}

/** Debtors and what they ask for, in a project where contact data is sealed. */
export interface RightsWorld extends ContactWorld {
  /** As the signed-in owner of this address, verified. */
  callAs(served: ServedFunction, email: string, data: object): Promise<CallAnswer>;
  see(served: ServedFunction, email: string): Promise<AccessPage>;
  ask(served: ServedFunction, email: string, kind: 'erasure' | 'objection'): Promise<RequestAnswer>;
  /** What stands in `data_deletion_requests` of an address, by its hash under the first key. */
  events(email: string): Promise<string[]>;
  seedDebtor(hasClear: boolean): Promise<RightsDebtor>;
}

/** The result of a call that went well. */
export function well({ error, message, result }: CallAnswer): CallAnswer['result'] {
  if (error !== null) throw new Error(`${error}: ${message}`);
  return result;
}

export function dataAt({ records }: AccessPage | ExportPage, path: string): DocumentData | undefined {
  return records.find((record) => record.path === path)?.data;
}

export async function startRightsWorld(): Promise<RightsWorld> {
  const world = await startContactWorld();
  const { db, projectId } = world.harness;
  const callAs: RightsWorld['callAs'] = (served, email, data) =>
    callFunction(served.origin, data, unsignedToken(projectId, `uid-${email}`, debtorClaims(email)));
  return {
    ...world,
    callAs,
    see: async (served, email) =>
      accessPageSchema.parse(well(await callAs(served, email, { kind: 'access' }))),
    ask: async (served, email, kind) =>
      requestAnswerSchema.parse(well(await callAs(served, email, { kind }))),
    events: async (email) =>
      (
        await db.collection('data_deletion_requests').where('addressHash', '==', hashOf('email', email)).get()
      ).docs
        .map((row) => `${String(row.get('kind'))} ${String(row.get('event'))}`)
        .sort(),
    seedDebtor: async (hasClear) => {
      const email = `${newId('debtor')}@client.example`;
      const sealed = await world.newOwing(await world.newFreelancer(), FIRM, { email });
      const claim = { invoiceId: sealed.invoiceId, amount: 10_000, method: 'cash', paidOn: '2026-11-20' };
      well(await world.call('claimPayment', `uid-${email}`, claim, debtorClaims(email)));
      const { origin } = await world.served('twilioSmsReply');
      const fields = inboundFields(sealed.phone, 'I am ill', newMessageSid());
      await postAsTwilio(origin, { path: 'sms-reply', fields });
      const clear = hasClear
        ? await seedChase(db, { invoice: { clientEmail: email }, client: { email } })
        : null;
      return { email, sealed, clear };
    },
  };
}
