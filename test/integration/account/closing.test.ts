import { type ClosingWorld, startClosingWorld } from '../../support/closingWorld';
import { type Leaver } from '../../support/seedLeaver';
import { clerkDeletion, clerkUser, postAsClerk } from '../../support/clerkPost';
import { TUESDAY } from '../../support/messageHarness';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { sandboxRequests } from '../../support/sandboxRequests';
import { failStripe, mendStripe } from '../../support/sandboxStripe';
import { newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';

const HOUR_MS = 3_600_000;

describe('closing an account', () => {
  let world: ClosingWorld;
  beforeAll(async () => {
    world = await startClosingWorld('sendEmail', 'stripeWebhook', 'clerkWebhook', 'createCheckoutSession');
  });
  beforeEach(() => world.travel(TUESDAY));
  afterAll(() => world.stop());

  const later = (hours: number): void => world.travel(new Date(world.now().getTime() + hours * HOUR_MS));

  /** Whether Stripe was told to end it. */
  async function cancellations({ subscriptionId }: Leaver): Promise<number> {
    const requests = await sandboxRequests(world.sandbox.origin);
    return requests.filter(
      ({ method, path }) => method === 'DELETE' && path === `/v1/subscriptions/${subscriptionId}`,
    ).length;
  }

  /** Everything that is as it was before the account was to be closed. */
  async function expectUntouched({ uid, chases, reminderId, templateId }: Leaver): Promise<void> {
    for (const { invoiceId } of chases) {
      expect(await world.read(`escalation_states/${invoiceId}`)).toMatchObject({ closedAt: null });
      expect((await world.read(`invoices/${invoiceId}`))['nextActionAt']).not.toBeNull();
    }
    expect(await world.read(`recurring_invoices/${templateId}`)).toMatchObject({ status: 'active' });
    expect(await world.messages(uid, 'pending')).toEqual([reminderId]);
  }

  it('takes three days, in which nothing is touched and no reminder goes out', async () => {
    const leaver = await world.seedLeaver();
    const answer = await world.ask('deleteMyAccount', leaver.uid, {});
    const closesAt = new Date(Date.parse(TUESDAY) + 72 * HOUR_MS).toISOString();
    expect(answer).toMatchObject({ error: null, result: { status: 'closing', closesAt } });
    expect(await world.read(`users/${leaver.uid}`)).toMatchObject({ status: 'closing' });
    const rows = await world.db
      .collection('data_deletion_requests')
      .where('freelancerId', '==', leaver.uid)
      .get();
    expect(rows.docs.map((row) => [String(row.get('event')), String(row.get('by'))])).toEqual([
      ['requested', 'user'],
    ]);

    later(71.9);
    // Asked again, the grace does not begin anew.
    expect((await world.ask('deleteMyAccount', leaver.uid, {})).result).toEqual({
      status: 'closing',
      closesAt,
    });
    await world.closeAccounts();
    await expectUntouched(leaver);
    expect(await cancellations(leaver)).toBe(0);

    await world.dispatch(world.served('sendEmail'), leaver.reminderId);
    expect(await world.read(`outbox/${leaver.reminderId}`)).toMatchObject({
      status: 'suppressed',
      reason: 'account_inactive',
    });
  });

  it('ends the chases, the subscription, the recurring invoices, the sessions and what waits; the debts stay', async () => {
    const leaver = await world.seedLeaver();
    const { uid, chases, sessionId } = leaver;
    await world.leave(leaver);
    await world.closeAccounts();
    for (const { invoiceId } of chases) {
      expect(await world.read(`escalation_states/${invoiceId}`)).toMatchObject({
        closedAt: expect.anything() as unknown,
        closedReason: 'account_closed',
      });
      expect(await world.read(`invoices/${invoiceId}`)).toMatchObject({
        status: 'in_collections',
        nextActionAt: null,
        amountPaid: 0,
      });
      expect(await world.read(`escalation_timeline/${invoiceId}_closed_account`)).toMatchObject({
        eventType: 'closed',
      });
    }
    expect(await world.read(`recurring_invoices/${leaver.templateId}`)).toMatchObject({
      status: 'cancelled',
    });
    expect(await world.read(`outbox/${leaver.reminderId}`)).toMatchObject({
      status: 'cancelled',
      reason: 'account_closed',
    });
    expect(await world.read(`checkout_expiries/${sessionId}`)).toMatchObject({ status: 'pending' });
    expect((await world.read(`invoices/${chases[0]?.invoiceId}`))['checkout']).toMatchObject({
      sessionId: null,
      generation: 1,
    });
    expect(await cancellations(leaver)).toBe(1);

    // The debtors are told, and only then is it closed: for a closed account nothing is sent.
    const notices = chases.map(({ invoiceId }) => `reminders_stopped_${invoiceId}`).sort();
    expect(await world.messages(uid, 'pending')).toEqual(notices);
    expect(await world.read(`users/${uid}`)).toMatchObject({ status: 'closing' });
    for (const id of notices) await world.dispatch(world.served('sendEmail'), id);
    expect(await world.messages(uid, 'sent')).toEqual(notices);
    await world.closeAccounts();
    expect(await world.read(`users/${uid}`)).toMatchObject({
      status: 'closed',
      closing: { closesAt: null, closedAt: expect.anything() as unknown, erasesAt: null },
    });
    const rows = await world.db.collection('data_deletion_requests').where('freelancerId', '==', uid).get();
    expect(rows.docs.map((row) => String(row.get('event'))).sort()).toEqual([
      'account_closed',
      'done',
      'requested',
    ]);

    // It is over: another run finds nothing to do.
    const before = await everyDocument(world.db);
    await world.closeAccounts();
    const changed = changedBetween(before, await everyDocument(world.db));
    expect(changed.filter((path) => !path.startsWith('cron_'))).toEqual([]);
    expect(await cancellations(leaver)).toBe(1);
  });

  it('the debtor reads that reminders stop and whom to pay, and never that nothing is owed', async () => {
    const leaver = await world.seedLeaver(1);
    await world.leave(leaver);
    await world.closeAccounts();
    const id = `reminders_stopped_${leaver.chases[0]?.invoiceId}`;
    await world.dispatch(world.served('sendEmail'), id);
    const mail = world.sandbox
      .accepted()
      .map(({ body }) => JSON.stringify(body))
      .find((text) => text.includes(id));
    expect(mail).toContain('no more reminders');
    expect(mail).toMatch(/pay Ada Studio\s+directly/);
    expect(mail).not.toMatch(/nothing is owed|paid in full|no longer owe|cancelled/i);
  });

  it('is stopped by the user, and everything is as it was', async () => {
    const leaver = await world.seedLeaver();
    await world.leave(leaver);
    expect((await world.ask('deleteMyAccount', leaver.uid, { keep: true })).result).toMatchObject({
      status: 'kept',
    });
    await world.closeAccounts();
    await expectUntouched(leaver);
    expect(await world.read(`users/${leaver.uid}`)).toMatchObject({ status: 'active', closing: null });
    await world.dispatch(world.served('sendEmail'), leaver.reminderId);
    expect(await world.read(`outbox/${leaver.reminderId}`)).toMatchObject({ status: 'sent' });
  });

  it('begins with a deletion at Clerk as well, and is stopped by the user coming back there', async () => {
    const leaver = await world.seedLeaver();
    const clerk = world.served('clerkWebhook').origin;
    await postAsClerk(clerk, clerkDeletion(leaver.uid, 0));
    expect(await world.read(`users/${leaver.uid}`)).toMatchObject({
      status: 'closing',
      closing: { by: 'clerk' },
      subscriptionTier: 'growth',
    });
    await postAsClerk(clerk, clerkUser('user.updated', leaver.uid, { updated: 1 }));
    later(72);
    await world.closeAccounts();
    await expectUntouched(leaver);
    // Deleted again, and nobody comes back.
    await postAsClerk(clerk, clerkDeletion(leaver.uid, 2));
    later(72);
    await world.closeAccounts();
    expect(await world.read(`escalation_states/${leaver.chases[0]?.invoiceId}`)).toMatchObject({
      closedReason: 'account_closed',
    });
    // Too late now.
    await postAsClerk(clerk, clerkUser('user.updated', leaver.uid, { updated: 99_999 }));
    expect(await world.read(`users/${leaver.uid}`)).toMatchObject({ status: 'closing' });
    const keep = await world.ask('deleteMyAccount', leaver.uid, { keep: true });
    expect([keep.error, keep.message]).toEqual(['FAILED_PRECONDITION', 'This account is closed.']);
  });

  it('records a payment that arrives all the same', async () => {
    const leaver = await world.seedLeaver();
    const [inGrace, afterwards] = leaver.chases as [Leaver['chases'][0], Leaver['chases'][0]];
    const webhook = world.served('stripeWebhook').origin;
    const owed = { freelancerId: leaver.uid };
    await world.ask('deleteMyAccount', leaver.uid, {});
    await deliver(webhook, says.intentPaid(newPayment({ ...inGrace, ...owed })));
    expect(await world.read(`invoices/${inGrace.invoiceId}`)).toMatchObject({ status: 'paid' });
    later(72);
    await world.closeAccounts();
    await deliver(webhook, says.intentPaid(newPayment({ ...afterwards, ...owed })));
    expect(await world.read(`invoices/${afterwards.invoiceId}`)).toMatchObject({
      status: 'paid',
      amountPaid: 10_000,
    });
    // Who had paid was not told to pay somebody else.
    expect(await world.messages(leaver.uid, 'pending')).not.toContain(
      `reminders_stopped_${inGrace.invoiceId}`,
    );
  });

  it('lets nobody begin to pay through us once it has begun', async () => {
    const leaver = await world.seedLeaver(1);
    const input = { invoiceId: leaver.chases[0]?.invoiceId };
    await world.leave(leaver);
    await world.closeAccounts();
    const answer = await world.ask('createCheckoutSession', leaver.uid, input);
    expect([answer.error, answer.message]).toEqual([
      'FAILED_PRECONDITION',
      'This invoice can not be paid through us any more. Please pay the business directly.',
    ]);
  });

  it('closes a payment page that was being made at that moment, and hands it to nobody', async () => {
    const leaver = await world.seedLeaver(1);
    const invoiceId = leaver.chases[0]?.invoiceId ?? '';
    await world.db.doc(`invoices/${invoiceId}`).update({ checkout: null });
    await world.leave(leaver);
    const hold = world.sandbox.hold('stripe');
    const asking = world.ask('createCheckoutSession', leaver.uid, { invoiceId });
    // Promised on the invoice, and not made at Stripe yet.
    await hold.arrived;
    await world.closeAccounts();
    hold.release();
    expect((await asking).error).toBe('FAILED_PRECONDITION');
    const made = (await sandboxRequests(world.sandbox.origin)).filter(
      ({ path, body }) => path === '/v1/checkout/sessions' && JSON.stringify(body).includes(invoiceId),
    );
    const ended = (await sandboxRequests(world.sandbox.origin)).filter(({ path }) =>
      path.endsWith('/expire'),
    );
    expect([made.length, ended.length]).toEqual([1, 1]);
    expect((await world.read(`invoices/${invoiceId}`))['checkout']).toMatchObject({
      sessionId: null,
      expiresAt: null,
    });
  });

  it('goes on where Stripe could not be asked, in the next hour, and twice is not one too many', async () => {
    const leaver = await world.seedLeaver();
    await world.leave(leaver);
    await failStripe(world.sandbox, { mode: 'server_error' });
    await world.closeAccounts();
    await mendStripe(world.sandbox);
    expect(await world.read(`escalation_states/${leaver.chases[0]?.invoiceId}`)).toMatchObject({
      closedReason: 'account_closed',
    });
    expect(await cancellations(leaver)).toBe(0);
    expect((await world.read(`users/${leaver.uid}`))['closing']).not.toHaveProperty('tellingSince');
    await world.closeAccounts();
    expect(await cancellations(leaver)).toBe(1);
    // As if the answer had been lost.
    await world.db.doc(`users/${leaver.uid}`).update({ 'closing.tellingSince': null });
    await world.closeAccounts();
    expect((await world.read(`users/${leaver.uid}`))['closing']).toMatchObject({
      tellingSince: expect.anything() as unknown,
    });
  });

  it('of one that can not be closed does not hold up another', async () => {
    const [broken, whole] = [await world.seedLeaver(1), await world.seedLeaver(1)];
    await world.ask('deleteMyAccount', broken.uid, {});
    await world.leave(whole);
    await world.db.doc(`users/${broken.uid}`).update({ 'closing.by': 'nobody' });
    await world.closeAccounts();
    expect(await world.read(`invoices/${whole.chases[0]?.invoiceId}`)).toMatchObject({ nextActionAt: null });
    expect(world.webhook.logTail(100)).toContain('"alert":"job_item_left"');
    await world.db.doc(`users/${broken.uid}`).delete();
  });

  it('leaves out an invoice that can not be read, and alerts; the others of the account are closed', async () => {
    const leaver = await world.seedLeaver(3);
    const [corrupt, ...others] = leaver.chases.map(({ invoiceId }) => invoiceId).sort();
    await world.db.doc(`invoices/${corrupt}`).update({ amount: 'a lot' });
    await world.leave(leaver);
    await world.closeAccounts();
    for (const id of others)
      expect(await world.read(`escalation_states/${id}`)).toMatchObject({ closedReason: 'account_closed' });
    expect(world.webhook.logTail(100)).toMatch(new RegExp(`"alert":"job_item_left".*${corrupt}`));
    expect(await world.read(`users/${leaver.uid}`)).toMatchObject({
      closing: { tellingSince: expect.anything() as unknown },
    });
    expect((await world.read(`users/${leaver.uid}`))['closing']).not.toHaveProperty('invoicesDone');
  });
});
