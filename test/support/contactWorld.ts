import { type ServedFunction } from '../../local/stack/serveFunction';
import { type CallAnswer } from './callFunction';
import { callFunction } from './callFunction';
import { type MessageHarness, startMessageHarness } from './messageHarness';
import { newPhone } from './seedChase';
import { newId } from './stripeEvents';
import { sandboxRequests } from './sandboxRequests';
import { unsignedToken } from './unsignedToken';

type Row = Readonly<Record<string, unknown>>;

/** A client and an invoice of his that is overdue, made through the deployed calls. */
export interface Owing {
  readonly uid: string;
  readonly clientId: string;
  readonly invoiceId: string;
  readonly email: string;
  readonly phone: string;
}

/** Deployed functions in a project where contact data is sealed, unless told otherwise. */
export interface ContactWorld {
  readonly harness: MessageHarness;
  /** A function, served once. */
  served(name: string): Promise<ServedFunction>;
  call(name: string, uid: string, data: object, claims?: Record<string, unknown>): Promise<CallAnswer>;
  read(path: string): Promise<Row>;
  /** Has the worker of a channel take up a message. @returns the HTTP status */
  dispatch(channel: 'email' | 'sms', outboxId: string): Promise<number>;
  /** Addresses that a provider was given with this message. */
  addressesOf(outboxId: string): Promise<string[]>;
  /** From now on every function is another process, which has heard nothing yet. */
  restart(): void;
  newFreelancer(): Promise<string>;
  /** An invoice that was due on that day, sent to a new client of this freelancer. */
  newOwing(
    uid: string,
    dueDate: string,
    contact?: { email?: string; phone?: string },
    through?: ContactWorld['call'],
  ): Promise<Owing>;
}

export async function startContactWorld(
  setting: object | null = { sealed: true },
  env: Record<string, string> = {},
): Promise<ContactWorld> {
  const harness = await startMessageHarness(env, { target: 'sendEmail' });
  const { db } = harness;
  if (setting !== null) await db.doc('system_config/contact_data').set(setting);
  const all = new Map<string, Promise<ServedFunction>>([['sendEmail', Promise.resolve(harness.webhook)]]);
  const served = (name: string): Promise<ServedFunction> => {
    const known = all.get(name) ?? harness.serve(name);
    all.set(name, known);
    return known;
  };
  const call: ContactWorld['call'] = async (name, uid, data, claims) =>
    callFunction((await served(name)).origin, data, unsignedToken(harness.projectId, uid, claims));
  const read = async (path: string): Promise<Row> => (await db.doc(path).get()).data() ?? {};
  const well = (answer: CallAnswer): void => {
    if (answer.error !== null) throw new Error(`${answer.error}: ${answer.message}`);
  };
  return {
    harness,
    served,
    call,
    read,
    dispatch: async (channel, outboxId) =>
      harness.dispatch(await served(channel === 'sms' ? 'sendSms' : 'sendEmail'), outboxId),
    addressesOf: async (outboxId) => {
      const [emails, texts] = await Promise.all([
        sandboxRequests(harness.sandbox.origin, 'sendgrid'),
        sandboxRequests(harness.sandbox.origin, 'twilio'),
      ]);
      return [...emails, ...texts]
        .filter(({ body }) => JSON.stringify(body).includes(outboxId))
        .map(({ body }) => {
          const { To, personalizations } = body as {
            To?: string;
            personalizations?: { to: { email: string }[] }[];
          };
          return To ?? personalizations?.[0]?.to[0]?.email ?? '';
        });
    },
    restart: () => {
      all.clear();
    },
    newFreelancer: async () => {
      const uid = newId('user');
      await db.doc(`users/${uid}`).set({
        email: `${uid}@studio.example`,
        name: 'Ada Free',
        businessName: 'Ada Studio',
        subscriptionTier: 'growth',
        timezone: 'Europe/London',
        collectionsEnabled: true,
        status: 'active',
      });
      return uid;
    },
    newOwing: async (uid, dueDate, contact = {}, through = call) => {
      const [clientId, invoiceId] = [newId('client'), newId('inv')];
      const { email = `${newId('debtor')}@client.example`, phone = newPhone() } = contact;
      well(
        await through('saveClient', uid, {
          clientId,
          name: 'Dora Debtor',
          company: null,
          email,
          phone,
          debtorKind: 'business',
        }),
      );
      await db.doc(`invoices/${invoiceId}`).set({
        reference: 'INV-0001',
        freelancerId: uid,
        clientId,
        amount: 10_000,
        currency: 'GBP',
        status: 'draft',
        issueDate: '2026-10-01',
        dueDate,
        items: [],
        collectionsEnabled: true,
      });
      well(await through('sendInvoice', uid, { invoiceId }));
      return { uid, clientId, invoiceId, email, phone };
    },
  };
}
