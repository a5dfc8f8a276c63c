import { type DocumentData } from 'firebase-admin/firestore';
import {
  type AccessPage,
  accessPageSchema,
  type RequestAnswer,
  requestAnswerSchema,
} from '../../../functions/src/domain/privacy/debtorRights';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { addressHash } from '../../../functions/src/platform/addressHash';
import { readFunctionsEnvironment } from '../../../local/stack/readFunctionsEnvironment';
import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { TUESDAY } from '../../support/messageHarness';
import { seedChase, type SeededChase } from '../../support/seedChase';
import { seedReminderOf } from '../../support/seedReminder';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 3_600_000;
const CALL = 'requestDebtorRights';

describe('a debtor with a verified address', () => {
  let world: CallWorld;
  let job: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld(CALL, 'saveClient', 'setClientConsent');
    job = await world.harness.serve('closeAccounts');
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(() => world.harness.stop());

  const hashOf = (email: string): string =>
    addressHash(readFunctionsEnvironment()['ADDRESS_HASH_KEY'] ?? '', 'email', email);

  async function see(email: string): Promise<AccessPage> {
    const answer = await world.callAs(CALL, email, { kind: 'access' });
    expect([answer.error, answer.message]).toEqual([null, '']);
    return accessPageSchema.parse(answer.result);
  }

  async function ask(email: string, kind: 'erasure' | 'objection'): Promise<RequestAnswer> {
    const answer = await world.callAs(CALL, email, { kind });
    expect([answer.error, answer.message]).toEqual([null, '']);
    return requestAnswerSchema.parse(answer.result);
  }

  const rows = async (collection: string, field: string, value: string): Promise<DocumentData[]> =>
    (await world.harness.db.collection(collection).where(field, '==', value).get()).docs.map((row) =>
      row.data(),
    );

  const events = async (email: string): Promise<string[]> =>
    (await rows('data_deletion_requests', 'addressHash', hashOf(email)))
      .map((row) => `${String(row['kind'])} ${String(row['event'])}`)
      .sort();

  /** Two freelancers who invoice the same address: one invoice is open, one is paid. */
  async function seedDebtor(): Promise<{ email: string; open: SeededChase; paid: SeededChase }> {
    const email = `${newId('debtor')}@client.example`;
    const seed = (status: string, business: string): Promise<SeededChase> =>
      seedChase(world.harness.db, {
        invoice: { clientEmail: email, status },
        client: { email, contactPermissions: { email: { status: 'unknown' }, sms: { status: 'granted' } } },
        user: { businessName: business },
      });
    const [open, paid] = [await seed('in_collections', 'Ada Studio'), await seed('paid', 'Bob Works')];
    const claim = {
      clientEmail: email,
      amount: 10_000,
      currency: 'GBP',
      method: 'cash',
      createdAt: new Date(),
    };
    for (const { invoiceId, freelancerId } of [open, paid])
      await world.harness.db
        .doc(`payment_claims/${invoiceId}_1`)
        .set({ ...claim, invoiceId, freelancerId, status: 'verified' });
    return { email, open, paid };
  }

  it('sees what is held about the address, of all freelancers, and nothing that is theirs or of others', async () => {
    const { db } = world.harness;
    const { email, open, paid } = await seedDebtor();
    await seedDebtor();
    const hidden = await seedChase(db, { invoice: { clientEmail: email, status: 'cancelled' } });
    await db
      .doc(`invoices/${open.invoiceId}/private/notes`)
      .set({ freelancerId: open.freelancerId, text: 'slow payer' });
    await seedReminderOf(world.harness, { ...open, email }, 'email');
    await db.doc(`outbox/sent-${open.invoiceId}`).set({
      class: 'dunning',
      template: 'gentle',
      channel: 'email',
      status: 'sent',
      recipientHash: hashOf(email),
      freelancerId: open.freelancerId,
      invoiceId: open.invoiceId,
      createdAt: new Date(TUESDAY),
    });
    await db
      .doc(`email_suppressions/${hashOf(email)}`)
      .set({ status: 'suppressed', reason: 'bounce', since: new Date(TUESDAY) });
    const page = await see(email);
    expect(page.nextCursor).toBeNull();
    expect(page.records.map(({ path }) => path).sort()).toEqual(
      [
        ...[open, paid].flatMap(({ invoiceId, clientId }) => [
          `invoices/${invoiceId}`,
          `payment_claims/${invoiceId}_1`,
          `clients/${clientId}`,
        ]),
        `outbox/sent-${open.invoiceId}`,
        `email_suppressions/${hashOf(email)}`,
      ].sort(),
    );
    const invoice = page.records.find(({ path }) => path === `invoices/${open.invoiceId}`)?.data;
    expect(invoice).toMatchObject({
      business: 'Ada Studio',
      clientEmail: email,
      amount: 10_000,
      sentAt: '2026-11-01T09:00:00.000Z',
    });
    for (const field of [
      'nextActionAt',
      'escalationLevel',
      'checkout',
      'payments',
      'freelancerId',
      'clientId',
    ])
      expect([field, invoice !== undefined && field in invoice]).toEqual([field, false]);
    const text = JSON.stringify(page);
    for (const gone of [hidden.invoiceId, 'slow payer', 'freelancer@studio.example'])
      expect([gone, text.includes(gone)]).toEqual([gone, false]);
  });

  it('objects: nothing more is sent, on either channel, and each freelancer is told once', async () => {
    const { email, open, paid } = await seedDebtor();
    const waiting = await seedReminderOf(world.harness, { ...open, email }, 'email');
    const answer = await ask(email, 'objection');
    expect(answer).toMatchObject({ kind: 'objection', status: 'done', openInvoices: 0 });
    expect(await world.read(`email_suppressions/${hashOf(email)}`)).toMatchObject({ status: 'suppressed' });
    expect(await world.read(`outbox/${waiting.id}`)).toMatchObject({ status: 'cancelled' });
    for (const { clientId, freelancerId, invoiceId } of [open, paid]) {
      expect((await world.read(`clients/${clientId}`))['contactPermissions']).toMatchObject({
        email: { status: 'withdrawn', source: 'objection' },
        sms: { status: 'withdrawn', source: 'objection' },
      });
      const told = await rows('notifications', 'freelancerId', freelancerId);
      expect(told.map(({ type, clientId: about }) => [String(type), String(about)])).toEqual([
        ['client_objected', clientId],
      ]);
      const audit = await rows('consent_audit_log', 'clientId', clientId);
      expect(audit.map(({ channel, status }) => [String(channel), String(status)]).sort()).toEqual([
        ['email', 'withdrawn'],
        ['sms', 'withdrawn'],
      ]);
      // What is owed is as it was.
      expect(await world.read(`invoices/${invoiceId}`)).toMatchObject({ clientEmail: email, amount: 10_000 });
    }
    expect(await events(email)).toEqual(['debtor_objection done', 'debtor_objection requested']);

    // Asked again it is the same request.
    const changed = await world.changes(async () => expect(await ask(email, 'objection')).toEqual(answer));
    expect(changed).toEqual([]);
    // But for a client who has come since.
    await world.harness.db
      .doc(`clients/${newId('client')}`)
      .set({ freelancerId: open.freelancerId, email, name: 'New' });
    world.harness.travel(new Date(Date.parse(TUESDAY) + DAY_MS));
    const later = await ask(email, 'objection');
    expect([later.status, later.requestedAt === answer.requestedAt]).toEqual(['done', false]);
    expect(await events(email)).toHaveLength(4);
  });

  it('is erased from what is settled; what is open keeps what the claim needs until it is settled', async () => {
    const { db } = world.harness;
    const { email, open, paid } = await seedDebtor();
    const reply = { fromNumber: paid.phone, messageBody: 'I am ill', invoiceId: paid.invoiceId };
    await db.doc(`sms_replies/SM${paid.invoiceId}`).set({ ...reply, freelancerId: paid.freelancerId });
    const old = db.doc(`outbox/receipt-${paid.invoiceId}`);
    await old.set({
      recipientHash: hashOf(email),
      invoiceId: paid.invoiceId,
      status: 'sent',
      expiresAt: new Date(),
    });
    await old.collection('private').doc('content').set({ to: email });

    const answer = await ask(email, 'erasure');
    expect(answer).toMatchObject({ kind: 'erasure', status: 'waiting', openInvoices: 1 });
    expect(answer.notes.join(' ')).toMatch(/six years.*still open/s);
    expect(await world.read(`invoices/${paid.invoiceId}`)).toMatchObject({
      clientEmail: null,
      clientPhone: null,
      clientName: 'A Debtor',
      amount: 10_000,
      status: 'paid',
    });
    expect(await world.read(`payment_claims/${paid.invoiceId}_1`)).toMatchObject({
      clientEmail: null,
      amount: 10_000,
    });
    expect(await world.read(`clients/${paid.clientId}`)).toMatchObject({
      email: null,
      phone: null,
      name: 'Erased on request',
    });
    expect(await world.read(`sms_replies/SM${paid.invoiceId}`)).toMatchObject({
      fromNumber: null,
      messageBody: null,
    });
    expect(await world.exists(`${old.path}/private/content`)).toBe(false);
    expect(await world.exists(old.path)).toBe(true);
    expect(await world.read(`invoices/${open.invoiceId}`)).toMatchObject({
      clientEmail: email,
      clientPhone: open.phone,
    });
    expect(await world.read(`payment_claims/${open.invoiceId}_1`)).toMatchObject({ clientEmail: email });
    expect(await world.read(`clients/${open.clientId}`)).toMatchObject({ email, phone: open.phone });
    expect(
      (await rows('notifications', 'freelancerId', paid.freelancerId)).map(({ type }) => String(type)),
    ).toEqual(['client_erased']);
    expect(await events(email)).toEqual(['debtor_erasure requested']);

    // Asked again: one request. The job looks each day, and ends it when the invoice is settled.
    expect(await ask(email, 'erasure')).toEqual(answer);
    world.harness.travel(new Date(Date.parse(TUESDAY) + 1.1 * DAY_MS));
    await world.harness.run(job);
    expect(await events(email)).toEqual(['debtor_erasure requested']);
    await db.doc(`invoices/${open.invoiceId}`).update({ status: 'paid' });
    world.harness.travel(new Date(Date.parse(TUESDAY) + 2.2 * DAY_MS));
    await world.harness.run(job);
    expect(await world.read(`invoices/${open.invoiceId}`)).toMatchObject({
      clientEmail: null,
      clientPhone: null,
    });
    expect(await world.read(`clients/${open.clientId}`)).toMatchObject({ email: null, phone: null });
    expect(await events(email)).toEqual(['debtor_erasure done', 'debtor_erasure requested']);
    expect(await world.read(`debtor_requests/erasure_${hashOf(email)}`)).toMatchObject({
      email: null,
      dueAt: null,
    });
    const changed = await world.changes(async () =>
      expect((await ask(email, 'erasure')).status).toBe('done'),
    );
    expect(changed).toEqual([]);
    const left = (await see(email)).records.map(({ collection }) => collection);
    expect(left.filter((name) => name !== 'debtor_requests' && name !== 'outbox')).toEqual([]);
  });

  it.each([
    ['erasure', 'debtor-request.before-commit'],
    ['erasure', 'debtor-request.after-commit'],
    ['erasure', 'erase-debtor.after-invoice'],
    ['erasure', 'erase-debtor.before-client'],
    ['erasure', 'erase-debtor.after-client'],
    ['erasure', 'debtor-request.before-done'],
    ['erasure', 'debtor-request.after-done'],
    ['objection', 'objection.before-commit'],
    ['objection', 'objection.after-commit'],
  ] as const)(
    '%s goes on after a crash at %s, is done once, and tells each freelancer once',
    async (kind, crashPoint) => {
      const { db } = world.harness;
      const { email, open, paid } = await seedDebtor();
      await db.doc(`invoices/${open.invoiceId}`).update({ status: 'paid' });
      await world.crash(CALL, crashPoint, newId('debtor'), { kind }, debtorClaims(email));
      // Where it was written down, nobody has to ask again.
      if (crashPoint === 'debtor-request.before-commit') await ask(email, kind);
      else await world.harness.run(job);
      expect(await events(email)).toEqual([`debtor_${kind} done`, `debtor_${kind} requested`]);
      for (const { freelancerId, clientId, invoiceId } of [open, paid]) {
        expect(await rows('notifications', 'freelancerId', freelancerId)).toHaveLength(1);
        const client = await world.read(`clients/${clientId}`);
        const invoice = await world.read(`invoices/${invoiceId}`);
        if (kind === 'erasure') expect([client['email'], invoice['clientEmail']]).toEqual([null, null]);
        else
          expect(client['contactPermissions']).toMatchObject({
            email: { status: 'withdrawn' },
            sms: { status: 'withdrawn' },
          });
      }
    },
  );

  it.each(['erasure', 'objection'] as const)(
    'who asks for %s five times at once has asked once',
    async (kind) => {
      const { email, open, paid } = await seedDebtor();
      await world.harness.db.doc(`invoices/${open.invoiceId}`).update({ status: 'paid' });
      await Promise.all(Array.from({ length: 5 }, () => ask(email, kind)));
      expect((await ask(email, kind)).status).toBe('done');
      expect(await events(email)).toEqual([`debtor_${kind} done`, `debtor_${kind} requested`]);
      for (const { freelancerId } of [open, paid])
        expect(await rows('notifications', 'freelancerId', freelancerId)).toHaveLength(1);
    },
  );

  it('is refused without a verified address, or with anything else than what can be asked for', async () => {
    const { email } = await seedDebtor();
    const changed = await world.changes(async () => {
      const refused: [string | null, string][] = [];
      for (const kind of ['access', 'erasure', 'objection']) {
        const answer = await world.callAs(CALL, email, { kind }, false);
        refused.push([answer.error, answer.message]);
      }
      expect(refused).toEqual(refused.map(() => ['PERMISSION_DENIED', 'Verify your e-mail address first.']));
      for (const bad of [
        {},
        { kind: 'everything' },
        { kind: 'erasure', email: 'somebody@else.example' },
        { kind: 'erasure', cursor: 'x' },
        { kind: 'access', cursor: 'x' },
      ]) {
        const answer = await world.callAs(CALL, email, bad);
        expect([bad, answer.error]).toEqual([bad, 'INVALID_ARGUMENT']);
      }
    });
    expect(changed).toEqual([]);
  });
});
