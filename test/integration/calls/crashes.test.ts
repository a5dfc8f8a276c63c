import { callFunction } from '../../support/callFunction';
import { sandboxRequests } from '../../support/sandboxRequests';
import { seedInvoice } from '../../support/seed';
import { newId } from '../../support/stripeEvents';
import { unsignedToken } from '../../support/unsignedToken';
import { type Harness, startHarness } from '../../support/webhookHarness';

/** As the functions emulator runs a function: the library believes what a token says. */
const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

describe('a call whose process dies half-way', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(AUTH);
  });
  afterAll(() => harness.stop());

  /** Calls a process that ends at the crash point, then a healthy one, and gives the second answer. */
  async function crashThenCall(name: string, crashPoint: string, data: object, uid: string) {
    const token = unsignedToken(harness.projectId, uid);
    const doomed = await harness.serve(name, { RECOUP_CRASH_AT: crashPoint });
    await expect(callFunction(doomed.origin, data, token)).rejects.toThrow();
    expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
    const healthy = await harness.serve(name);
    return callFunction(healthy.origin, data, token);
  }

  it.each(['checkout.after-reservation', 'checkout.after-session'])(
    'at %s: the next call gets the one session that exists',
    async (crashPoint) => {
      const { invoiceId, freelancerId } = await seedInvoice(harness.db);
      const answer = await crashThenCall('createCheckoutSession', crashPoint, { invoiceId }, freelancerId);
      expect(answer).toMatchObject({ error: null, result: { amount: 10_000 } });

      const invoice = await harness.db.doc(`invoices/${invoiceId}`).get();
      expect(invoice.get('checkout')).toMatchObject({ sessionId: answer.result['sessionId'], generation: 1 });
      const keys = (await sandboxRequests(harness.sandbox.origin))
        .filter(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions')
        .map(({ idempotencyKey }) => idempotencyKey)
        .filter((key) => key?.startsWith(`cs_${invoiceId}_`));
      expect(new Set(keys)).toEqual(new Set([`cs_${invoiceId}_1`]));
    },
  );

  it.each(['send-invoice.before-commit', 'send-invoice.after-commit'])(
    'at %s: the invoice is sent once',
    async (crashPoint) => {
      const clientId = newId('client');
      const { invoiceId, freelancerId } = await seedInvoice(harness.db, { status: 'draft', clientId });
      await harness.db
        .doc(`clients/${clientId}`)
        .set({ freelancerId, name: 'A Debtor', email: 'debtor@client.example' });
      const answer = await crashThenCall('sendInvoice', crashPoint, { invoiceId }, freelancerId);
      expect(answer).toMatchObject({ error: null, result: { status: 'sent' } });
      const message = await harness.db.doc(`outbox/invoice_${invoiceId}`).get();
      expect(message.get('status')).toBe('pending');
      expect(message.createTime).toEqual(message.updateTime);
    },
  );

  it.each(['save-client.before-commit', 'save-client.after-commit'])(
    'at %s: there is one client',
    async (crashPoint) => {
      const clientId = newId('client');
      const input = { clientId, name: 'A Debtor', email: 'debtor@client.example', debtorKind: 'business' };
      const uid = newId('user');
      const answer = await crashThenCall('saveClient', crashPoint, input, uid);
      expect(answer).toMatchObject({ error: null, result: { clientId } });
      const mine = await harness.db.collection('clients').where('freelancerId', '==', uid).get();
      expect(mine.size).toBe(1);
    },
  );

  it('refuses a token that nobody signed outside of the emulator', async () => {
    const { invoiceId, freelancerId } = await seedInvoice(harness.db);
    const strict = await harness.serve('createCheckoutSession', { FIREBASE_DEBUG_MODE: 'false' });
    const token = unsignedToken(harness.projectId, freelancerId);
    const answer = await callFunction(strict.origin, { invoiceId }, token);
    expect(answer.error).toBe('UNAUTHENTICATED');
  });
});
