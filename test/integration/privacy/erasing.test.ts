import { dataEntries } from '../../../functions/src/domain/privacy/dataMap';
import { type ClosingWorld, startClosingWorld } from '../../support/closingWorld';
import { TUESDAY } from '../../support/messageHarness';
import { markOf, seedEverything } from '../../support/seedEverything';
import { type Leaver } from '../../support/seedLeaver';
import { newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';

const CONTACT = {
  clientEmail: 'dora@client.example',
  clientPhone: '+447900123456',
  clientEmailHash: 'v1_of-dora',
};

describe('erasing what was kept of a closed account', () => {
  let world: ClosingWorld;
  beforeAll(async () => {
    world = await startClosingWorld('sendEmail', 'stripeWebhook');
  });
  beforeEach(() => world.travel(TUESDAY));
  afterAll(() => world.stop());

  /** A freelancer with rows everywhere, all closed but for his own record; and somebody else's rows. */
  async function seedClosing(): Promise<Leaver & { paths: Record<string, string[]>; otherUid: string }> {
    const leaver = await world.seedLeaver(1);
    const account = (await world.db.doc(`users/${leaver.uid}`).get()).data() ?? {};
    const more = {
      invoices: { ...CONTACT, clientName: 'Dora Debtor', status: 'paid' },
      payment_claims: { ...CONTACT, status: 'verified' },
      payment_confirmations: CONTACT,
      sms_replies: { fromNumber: '+447900123456', messageBody: 'I am ill' },
      outbox: { status: 'sent', to: CONTACT.clientEmail },
      users: { ...account, phoneNumber: '+447900999999' },
    };
    const paths = await seedEverything(world.db, leaver.uid, more);
    await world.db.doc(`outbox/row-${leaver.uid}/private/content`).set({ to: CONTACT.clientEmail });
    const otherUid = `other-${leaver.uid}`;
    await seedEverything(world.db, otherUid, more);
    // A draft is no record.
    await world.db.doc(`invoices/draft-${leaver.uid}`).set({ freelancerId: leaver.uid, status: 'draft' });
    world.auth.add(leaver.uid);
    world.auth.add(otherUid);
    await world.leave(leaver);
    await world.closeAccounts();
    for (const id of await world.messages(leaver.uid, 'pending'))
      await world.dispatch(world.served('sendEmail'), id);
    return { ...leaver, paths, otherUid };
  }

  const deletions = async (uid: string): Promise<string[]> => {
    const rows = await world.db.collection('data_deletion_requests').where('freelancerId', '==', uid).get();
    return rows.docs.map((row) => String(row.get('event') ?? '-')).sort();
  };

  const exists = async (path: string): Promise<boolean> => (await world.db.doc(path).get()).exists;

  async function expectErased({ uid, paths, chases, otherUid }: Awaited<ReturnType<typeof seedClosing>>) {
    for (const [name, { erasure, owner }] of dataEntries) {
      if (owner === null || name === 'users') continue;
      for (const path of paths[name] ?? []) {
        const row = (await world.db.doc(path).get()).data();
        const isGone = erasure.does === 'delete' || erasure.does === 'follow';
        expect([path, row === undefined ? 'gone' : 'kept']).toEqual([path, isGone ? 'gone' : 'kept']);
        if (erasure.does !== 'strip') continue;
        for (const field of erasure.fields)
          expect([path, field, row?.[field] ?? null]).toEqual([path, field, null]);
        expect([path, row?.['note']]).toEqual([path, markOf(uid)]);
      }
    }
    expect(await exists(`outbox/row-${uid}/private/content`)).toBe(false);
    expect(await exists(`invoices/draft-${uid}`)).toBe(false);
    // The record of the invoice says for whom it was and what was owed.
    expect(await world.read(`invoices/row-${uid}`)).toMatchObject({
      clientName: 'Dora Debtor',
      status: 'paid',
    });
    expect(await world.read(`invoices/${chases[0]?.invoiceId}`)).toMatchObject({
      status: 'in_collections',
      amount: 10_000,
      clientEmail: null,
      clientPhone: null,
    });
    const account = await world.read(`users/${uid}`);
    expect(account).toMatchObject({
      status: 'closed',
      closing: { erasesAt: null, recordsUntil: expect.anything() as unknown },
    });
    const { erasure } = dataEntries.find(([name]) => name === 'users')?.[1] ?? {};
    const kept = erasure?.does === 'reduce' ? erasure.to : [];
    expect(Object.keys(account).filter((field) => !kept.includes(field))).toEqual([]);
    expect({ canSignIn: world.auth.has(uid) }).toEqual({ canSignIn: false });
    // Nobody else lost anything.
    expect({ otherCanSignIn: world.auth.has(otherUid) }).toEqual({ otherCanSignIn: true });
    expect(await world.read(`invoices/row-${otherUid}`)).toMatchObject(CONTACT);
    expect(await exists(`clients/row-${otherUid}`)).toBe(true);
    expect(await exists(`outbox/row-${otherUid}`)).toBe(true);
  }

  it('keeps records without contact data, deletes the rest, and says `done` when it is', async () => {
    const leaver = await seedClosing();
    expect(await deletions(leaver.uid)).toEqual(['-', 'requested']);
    await world.db
      .doc('sms_opt_outs/+447900123456')
      .set({ phoneNumber: '+447900123456', status: 'opted_out' });
    await world.db.doc('email_suppressions/v1_of-dora').set({ status: 'suppressed' });
    await world.closeAccounts();
    await expectErased(leaver);
    expect(await deletions(leaver.uid)).toEqual(['-', 'account_closed', 'done', 'requested']);
    // Every "no" outlives it.
    expect(await world.read('sms_opt_outs/+447900123456')).toMatchObject({ status: 'opted_out' });
    expect(await exists('email_suppressions/v1_of-dora')).toBe(true);
  });

  it.each([
    'erase-account.after-page',
    'erase-account.after-page#5',
    'erase-account.after-sign-in',
    'erase-account.before-finish',
  ])('goes on where a runner was killed at %s, and had not said `done`', async (crashPoint) => {
    const leaver = await seedClosing();
    await world.killJob(crashPoint);
    expect(await deletions(leaver.uid)).not.toContain('done');
    await world.closeAccounts();
    await expectErased(leaver);
    expect(await deletions(leaver.uid)).toEqual(['-', 'account_closed', 'done', 'requested']);
  });

  it('leaves the sign-in record to the end, and does not say `done` while Firebase Auth does not answer', async () => {
    const leaver = await seedClosing();
    await world.killJob('erase-account.after-page#5');
    expect(world.auth.has(leaver.uid)).toBe(true);
    world.auth.answers = false;
    await world.closeAccounts();
    expect(world.auth.has(leaver.uid)).toBe(true);
    expect(await deletions(leaver.uid)).not.toContain('done');
    world.auth.answers = true;
    await world.closeAccounts();
    await expectErased(leaver);
    expect((await deletions(leaver.uid)).filter((event) => event === 'done')).toHaveLength(1);
  });

  it('looks once more before it says `done`, and begins anew for what came in meanwhile', async () => {
    const leaver = await seedClosing();
    await world.killJob('erase-account.after-page#5');
    const late = `clients/late-${leaver.uid}`;
    await world.db.doc(late).set({ freelancerId: leaver.uid, email: CONTACT.clientEmail });
    // Two runs: the one that was killed, which finds it at its end, and that of this tick.
    await world.closeAccounts();
    const runs = await world.db.collection('cron_runs').where('counts.accounts_erase_left', '==', 1).get();
    expect(runs.docs.map((run) => run.get('counts.accounts_erased') as unknown)).toEqual([undefined]);
    expect(await exists(late)).toBe(false);
    await expectErased(leaver);
    expect(await deletions(leaver.uid)).toContain('done');
  });

  it('is done once, though the runner was killed right after it', async () => {
    const leaver = await seedClosing();
    await world.killJob('erase-account.after-finish');
    await world.closeAccounts();
    await expectErased(leaver);
    expect((await deletions(leaver.uid)).filter((event) => event === 'done')).toHaveLength(1);
  });

  it('lets a payment that arrives afterwards be recorded, and deletes that too when six years are over', async () => {
    const leaver = await seedClosing();
    const { uid, chases } = leaver;
    const invoiceId = chases[0]?.invoiceId ?? '';
    await world.closeAccounts();
    const payment = newPayment({ invoiceId, freelancerId: uid });
    await deliver(world.served('stripeWebhook').origin, says.intentPaid(payment));
    expect(await world.read(`invoices/${invoiceId}`)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
    const maintain = await world.serve('maintainQueues');

    world.travel('2033-04-05T22:00:00Z');
    await world.run(maintain);
    expect(await exists(`invoices/${invoiceId}`)).toBe(true);
    world.travel('2033-04-06T00:00:00Z');
    await world.run(maintain);
    for (const path of [
      `users/${uid}`,
      `invoices/${invoiceId}`,
      `invoices/row-${uid}`,
      `transactions/${payment.paymentIntent}`,
      `escalation_states/${invoiceId}`,
      `payment_claims/row-${uid}`,
    ])
      expect([path, await exists(path)]).toEqual([path, false]);
    expect(await exists(`invoices/row-${leaver.otherUid}`)).toBe(true);
    expect(await deletions(uid)).toContain('done');
  });
});
