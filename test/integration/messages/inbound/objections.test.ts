import { signLink } from '../../../../functions/src/platform/signedLink';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { type CallWorld, startCallWorld } from '../../../support/callWorld';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { localSecret } from '../../../support/sandboxSettings';
import { sealedInvoice } from '../../../support/sealedInvoice';
import { seedChase, type SeededChase } from '../../../support/seedChase';
import { hashOf } from '../../../support/seedMessage';
import { seedReminderOf } from '../../../support/seedReminder';
import { newId } from '../../../support/stripeEvents';

const KEYS = [0, 1].map((index) => localSecret('LINK_SIGNING_KEY', index));
const HOUR_MS = 3_600_000;

describe('a debtor who objects to being contacted at all', () => {
  let world: CallWorld;
  let harness: MessageHarness;
  let sendSms: ServedFunction;
  let pages: Readonly<Record<'consent' | 'unsubscribe', ServedFunction>>;
  beforeAll(async () => {
    world = await startCallWorld('requestDebtorRights', 'setClientConsent', 'sendCollectionsSms');
    ({ harness } = world);
    const [sms, consent, unsubscribe] = await Promise.all([
      harness.serve('sendSms'),
      harness.serve('consentPage'),
      harness.serve('unsubscribe'),
    ]);
    sendSms = sms;
    pages = { consent, unsubscribe };
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  /** Posts the form behind one of the links that he was sent. */
  async function post(purpose: 'consent' | 'unsubscribe', debtor: SeededChase, choice?: string) {
    const token = signLink(KEYS, {
      purpose,
      subject: hashOf('email', debtor.email),
      issuedAt: new Date(harness.now().getTime() - HOUR_MS),
      expiresAt: new Date(harness.now().getTime() + HOUR_MS),
      ...(purpose === 'consent' ? { invoiceId: debtor.invoiceId } : {}),
    });
    const answer = await fetch(`${pages[purpose].origin}/${purpose === 'consent' ? 'c' : 'u'}?t=${token}`, {
      method: 'POST',
      body: new URLSearchParams(choice === undefined ? {} : { choice }),
    });
    expect(answer.status).toBe(200);
  }

  /** Another freelancer comes, who has the same debtor as a client, and permission. */
  const another = async ({ email, phone }: SeededChase, fields: object = {}): Promise<SeededChase> => ({
    ...(await seedChase(harness.db, {
      invoice: { clientEmail: email, clientPhone: phone, ...fields },
      client: { email, phone },
    })),
    email,
    phone,
  });

  /** What becomes of a reminder by text message about this invoice. */
  async function fateOf(chase: SeededChase): Promise<unknown[]> {
    const item = await seedReminderOf(harness, chase, 'sms');
    expect(await harness.dispatch(sendSms, item.id)).toBeLessThan(300);
    const row: Record<string, unknown> = await world.read(item.path);
    return [
      row['status'],
      row['reason'],
      harness.sent().filter(({ outboxId }) => outboxId === item.id).length,
    ];
  }
  const SENT = ['sent', null, 1];
  const REFUSED = ['suppressed', 'suppressed_address', 0];

  it.each([
    ['on his page', (debtor: SeededChase) => post('consent', debtor, 'object')],
    [
      'signed in',
      async ({ email }: SeededChase) => {
        const { error } = await world.callAs('requestDebtorRights', email, { kind: 'objection' });
        expect(error).toBeNull();
      },
    ],
    [
      'on his page, of an address that had bounced',
      async (debtor: SeededChase) => {
        const ref = harness.db.doc(`email_suppressions/${hashOf('email', debtor.email)}`);
        await ref.set({ status: 'suppressed', reason: 'bounce', since: new Date(TUESDAY) });
        await post('consent', debtor, 'object');
      },
    ],
  ])('%s gets no text message either, from whoever comes later', async (_where, object) => {
    const debtor = await seedChase(harness.db);
    await object(debtor);
    const later = await another(debtor);
    expect(await fateOf(later)).toEqual(REFUSED);
    const asked = await world.call('sendCollectionsSms', later.freelancerId, {
      invoiceId: later.invoiceId,
      requestId: newId('req'),
    });
    expect(asked.error).toBe('PERMISSION_DENIED');
  });

  it('is not to be overruled by a freelancer who says that he agrees', async () => {
    const debtor = await seedChase(harness.db);
    await post('consent', debtor, 'object');
    const { error } = await world.call('setClientConsent', debtor.freelancerId, {
      clientId: debtor.clientId,
      channel: 'sms',
      status: 'granted',
      lawfulBasis: 'legitimate_interests',
      source: 'contract',
      wordingVersion: 'client-contact-2026-11',
    });
    expect(error).toBeNull();
    expect(await fateOf(debtor)).toEqual(REFUSED);
  });

  it.each(['sms', 'both'])('takes it back by allowing text messages again: %s', async (choice) => {
    const debtor = await seedChase(harness.db);
    await post('consent', debtor, 'object');
    await post('consent', debtor, choice);
    expect(await fateOf(debtor)).toEqual(SENT);
    await post('consent', debtor, 'object');
    harness.travel(new Date(harness.now().getTime() + 24 * HOUR_MS));
    expect(await fateOf(await another(debtor))).toEqual(REFUSED);
  });

  it('is known by the hash of his address where that can not be read any more', async () => {
    const debtor = await seedChase(harness.db);
    await post('consent', debtor, 'object');
    const sealed: Record<string, unknown> = sealedInvoice('', hashOf('email', debtor.email));
    const address = { clientEmail: sealed['clientEmail'], clientEmailHash: sealed['clientEmailHash'] };
    expect(await fateOf(await another(debtor, address))).toEqual(REFUSED);
  });

  it('is another than one who only wants no e-mails, or has another address', async () => {
    const debtor = await seedChase(harness.db);
    await post('unsubscribe', debtor);
    expect(await fateOf(await another(debtor))).toEqual(SENT);
    const bounced = await seedChase(harness.db);
    await harness.db
      .doc(`email_suppressions/${hashOf('email', bounced.email)}`)
      .set({ status: 'suppressed', reason: 'bounce', since: new Date(TUESDAY) });
    expect(await fateOf(bounced)).toEqual(SENT);
    expect(await fateOf(await seedChase(harness.db, { invoice: { clientEmail: null } }))).toEqual(SENT);
  });
});
