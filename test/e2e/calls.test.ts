import { Timestamp } from 'firebase-admin/firestore';
import { type CallAnswer, callFunction } from '../support/callFunction';
import { e2eStack, type E2eStack } from '../support/e2eStack';
import { eventually } from '../support/eventually';
import { newId } from '../support/stripeEvents';
import { sandboxRequests } from '../support/sandboxRequests';
import { type SignedIn, signIn } from '../support/signIn';

describe('the calls of the web client', () => {
  let stack: E2eStack;
  let owner: SignedIn;
  let stranger: SignedIn;
  const account = newId('acct');

  beforeAll(async () => {
    stack = e2eStack();
    owner = await signIn(stack.authHost, `${newId('owner')}@studio.example`, { verified: true });
    stranger = await signIn(stack.authHost, `${newId('other')}@studio.example`, { verified: true });
    await stack.db.doc(`users/${owner.uid}`).set({
      email: 'owner@studio.example',
      businessName: 'Ada Studio',
      stripeAccountId: account,
    });
  });
  afterAll(() => stack.stop());

  const call = (name: string, data: unknown, who?: SignedIn): Promise<CallAnswer> =>
    callFunction(stack.url(name), data, who?.idToken);

  async function draft(email: string, fields: Record<string, unknown> = {}): Promise<string> {
    const clientId = newId('client');
    const saved = await call(
      'saveClient',
      { clientId, name: 'A Debtor', email, debtorKind: 'business' },
      owner,
    );
    expect(saved).toMatchObject({ error: null, result: { clientId } });
    const invoiceId = newId('inv');
    await stack.db.doc(`invoices/${invoiceId}`).set({
      reference: 'INV-7',
      freelancerId: owner.uid,
      clientId,
      amount: 12_345,
      currency: 'GBP',
      status: 'draft',
      issueDate: '2026-11-01',
      dueDate: '2099-01-31',
      items: [{ description: 'Work', quantity: 1, unitAmount: 12_345, amount: 12_345 }],
      ...fields,
    });
    return invoiceId;
  }

  const newEmail = (): string => `${newId('debtor')}@client.example`;

  it('saves a client with its number in E.164 and its address in lower case, and for its owner only', async () => {
    const clientId = newId('client');
    const input = {
      clientId,
      name: ' A Debtor ',
      email: ' Debtor@Client.Example ',
      phone: '07700 900123',
      debtorKind: 'individual',
    };
    expect(await call('saveClient', input, owner)).toMatchObject({ error: null, result: { clientId } });
    const saved = await stack.db.doc(`clients/${clientId}`).get();
    expect(saved.data()).toMatchObject({
      freelancerId: owner.uid,
      name: 'A Debtor',
      email: 'debtor@client.example',
      phone: '+447700900123',
      status: 'active',
      contactPermissions: { email: { status: 'unknown' }, sms: { status: 'unknown' } },
    });
    expect(await call('saveClient', input, stranger)).toMatchObject({ error: 'PERMISSION_DENIED' });
    expect(await call('saveClient', input)).toMatchObject({ error: 'UNAUTHENTICATED' });
    const wrong = await call('saveClient', { ...input, phone: '12', surprise: 1 }, owner);
    expect(wrong).toMatchObject({ error: 'INVALID_ARGUMENT' });
    const after = await stack.db.doc(`clients/${clientId}`).get();
    expect(after.updateTime?.isEqual(saved.updateTime ?? after.createTime ?? saved.readTime)).toBe(true);
  });

  it('keeps what a client has said about being contacted', async () => {
    const clientId = newId('client');
    const input = { clientId, name: 'A Debtor', email: newEmail(), debtorKind: 'business' };
    await call('saveClient', input, owner);
    await stack.db.doc(`clients/${clientId}`).update({ 'contactPermissions.email.status': 'withdrawn' });
    await call('saveClient', { ...input, email: newEmail() }, owner);
    const saved = await stack.db.doc(`clients/${clientId}`).get();
    expect(saved.get('contactPermissions.email.status')).toBe('withdrawn');
  });

  it('sends a draft once, however often it is asked', async () => {
    const email = newEmail();
    const invoiceId = await draft(email);
    const answers = await Promise.all([1, 2, 3].map(() => call('sendInvoice', { invoiceId }, owner)));
    for (const answer of answers)
      expect(answer).toMatchObject({ error: null, result: { invoiceId, status: 'sent' } });
    const invoice = await stack.db.doc(`invoices/${invoiceId}`).get();
    expect(invoice.data()).toMatchObject({ status: 'sent', clientEmail: email, amountPaid: 0 });
    expect(invoice.get('nextActionAt')).toEqual(Timestamp.fromDate(new Date('2099-02-01T00:00:00Z')));
    const message = await eventually('the invoice to be sent', async () => {
      const row = await stack.db.doc(`outbox/invoice_${invoiceId}`).get();
      return row.get('status') === 'sent' ? row : null;
    });
    expect(message.data()).toMatchObject({ class: 'debtor_service', template: 'invoice', attempts: 1 });
    const mails = await sandboxRequests(stack.sandboxOrigin, 'sendgrid');
    expect(mails.filter(({ body }) => JSON.stringify(body).includes(message.id))).toHaveLength(1);
    const state = await stack.db.doc(`escalation_states/${invoiceId}`).get();
    expect(state.data()).toMatchObject({ freelancerId: owner.uid, currentLevel: 'pending' });
  });

  it.each([
    ['without a due date', { dueDate: null }],
    ['with an amount of nothing', { amount: 0 }],
    ['with too large an amount', { amount: 100_000_001 }],
    ['without a client', { clientId: null }],
    ['that is cancelled', { status: 'cancelled' }],
  ])('refuses to send an invoice %s, and changes nothing', async (_, fields) => {
    const invoiceId = await draft(newEmail(), fields);
    const before = await stack.db.doc(`invoices/${invoiceId}`).get();
    const answer = await call('sendInvoice', { invoiceId }, owner);
    expect(answer.error).toBe('FAILED_PRECONDITION');
    const after = await stack.db.doc(`invoices/${invoiceId}`).get();
    expect(after.data()).toEqual(before.data());
    expect((await stack.db.doc(`outbox/invoice_${invoiceId}`).get()).exists).toBe(false);
  });

  it("refuses to send somebody else's invoice, one that is not there, and an id that can not be one", async () => {
    const invoiceId = await draft(newEmail());
    expect(await call('sendInvoice', { invoiceId }, stranger)).toMatchObject({ error: 'PERMISSION_DENIED' });
    expect(await call('sendInvoice', { invoiceId: newId('inv') }, owner)).toMatchObject({
      error: 'NOT_FOUND',
    });
    expect(await call('sendInvoice', { invoiceId: '../users/x' }, owner)).toMatchObject({
      error: 'INVALID_ARGUMENT',
    });
    expect(await call('sendInvoice', {}, owner)).toMatchObject({ error: 'INVALID_ARGUMENT' });
  });

  it('opens one Checkout Session for owner and debtor alike, also when they ask at once', async () => {
    const email = newEmail();
    const debtor = await signIn(stack.authHost, email, { verified: true });
    const invoiceId = await draft(email);
    await call('sendInvoice', { invoiceId }, owner);
    const answers = await Promise.all(
      [owner, debtor, owner, debtor].map((who) => call('createCheckoutSession', { invoiceId }, who)),
    );
    expect(answers.map(({ error, message }) => ({ error, message }))).toEqual(
      answers.map(() => ({ error: null, message: '' })),
    );
    expect(new Set(answers.map(({ result }) => result['sessionId'])).size).toBe(1);
    expect(answers[0]?.result).toMatchObject({ amount: 12_345, currency: 'GBP' });
    const created = (await sandboxRequests(stack.sandboxOrigin)).filter(
      (request) => request.path === '/v1/checkout/sessions' && request.idempotencyKey === `cs_${invoiceId}_1`,
    );
    expect(created.length).toBeGreaterThan(0);
    const metadata = { kind: 'invoice', invoiceId, freelancerId: owner.uid };
    for (const { account: on, body } of created) {
      expect(on).toBe(account);
      expect(body).toMatchObject({ metadata, payment_intent_data: { metadata } });
    }
  });

  it('makes a new session when less is left, and closes the old one at Stripe', async () => {
    const invoiceId = await draft(newEmail());
    await call('sendInvoice', { invoiceId }, owner);
    const first = await call('createCheckoutSession', { invoiceId }, owner);
    await stack.db.doc(`invoices/${invoiceId}`).update({
      payments: { pi_x: { amount: 2_345, refunded: 0, disputed: 0, disputeOpen: false } },
    });
    const second = await call('createCheckoutSession', { invoiceId }, owner);
    expect(second.result).toMatchObject({ amount: 10_000 });
    expect(second.result['sessionId']).not.toBe(first.result['sessionId']);
    const invoice = await stack.db.doc(`invoices/${invoiceId}`).get();
    expect(invoice.get('checkout')).toMatchObject({ generation: 2, amount: 10_000 });
    const expired = (await sandboxRequests(stack.sandboxOrigin)).map(({ path }) => path);
    expect(expired).toContain(`/v1/checkout/sessions/${String(first.result['sessionId'])}/expire`);
  });

  it('closes an open session at Stripe once the invoice is paid another way', async () => {
    const invoiceId = await draft(newEmail());
    await call('sendInvoice', { invoiceId }, owner);
    const { result } = await call('createCheckoutSession', { invoiceId }, owner);
    const sessionId = String(result['sessionId']);
    await stack.db.doc(`checkout_expiries/${sessionId}`).create({
      stripeAccountId: account,
      invoiceId,
      status: 'pending',
      createdAt: new Date(),
    });
    const done = await eventually('the session is closed', async () => {
      const order = await stack.db.doc(`checkout_expiries/${sessionId}`).get();
      return order.get('status') === 'done' ? order : null;
    });
    expect(done.get('outcome')).toBe('expired');
  });

  it('lets nobody else pay: a stranger, an unverified debtor, anybody on a draft, a paid or unknown invoice', async () => {
    const email = newEmail();
    const unverified = await signIn(stack.authHost, email, { verified: false });
    const invoiceId = await draft(email);
    const pay = (who: SignedIn): Promise<CallAnswer> => call('createCheckoutSession', { invoiceId }, who);
    expect(await pay(owner)).toMatchObject({ error: 'FAILED_PRECONDITION' });
    await call('sendInvoice', { invoiceId }, owner);
    expect(await pay(stranger)).toMatchObject({ error: 'PERMISSION_DENIED' });
    expect(await pay(unverified)).toMatchObject({ error: 'PERMISSION_DENIED' });
    await stack.db.doc(`invoices/${invoiceId}`).update({ status: 'paid' });
    expect(await pay(owner)).toMatchObject({ error: 'FAILED_PRECONDITION' });
  });
});
