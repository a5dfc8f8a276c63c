import { signOut } from 'firebase/auth';
import {
  collection,
  doc,
  type DocumentData,
  getDoc,
  getDocs,
  orderBy,
  query,
  type QueryDocumentSnapshot,
  updateDoc,
  where,
} from 'firebase/firestore';
import { type Held, heldOf } from '../support/heldOf';
import { TUESDAY } from '../support/messageHarness';
import { control } from '../support/sandboxControl';
import { sealedInvoice } from '../support/sealedInvoice';
import { seedChase } from '../support/seedChase';
import { hashOf } from '../support/seedMessage';
import { newId } from '../support/stripeEvents';
import { newPayment } from '../support/stripePayment';
import { startWebClient, type WebClient } from '../support/webClient';
import { startWebClientWorld, type WebClientWorld } from '../support/webClientWorld';

type Rows = QueryDocumentSnapshot[];

const ids = (rows: Rows): string[] => rows.map(({ id }) => id);

describe('docs/web-client.md, run with the web SDK', () => {
  let world: WebClientWorld;
  beforeAll(async () => {
    world = await startWebClientWorld();
  }, 120_000);
  afterEach(() => world.endWatches());
  afterAll(() => world.stop());

  it('profile: the listener sees what was saved, and the server keeps its own fields', async () => {
    const { book, freelancer, account, watch } = world;
    const profile = await watch<DocumentData | null>('watchProfile', freelancer);
    await profile.until('the profile', (data) => data?.['stripeAccountId'] === account);
    await book.call('saveProfile', { ...freelancer, profile: { name: 'Ada', timezone: 'Europe/London' } });
    const saved = await profile.until('the change', (data) => data?.['name'] === 'Ada');
    expect(saved).toMatchObject({ businessName: 'Ada Studio', stripeAccountId: account });
    const own = doc(freelancer.db, 'users', freelancer.uid);
    await expect(updateDoc(own, { name: 'Eve', subscriptionTier: 'pro' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
  });

  it('clients: by name, renamed directly, while contact data goes through the call', async () => {
    const { book, freelancer, clientId } = world;
    const client = { name: 'Agnes', email: 'agnes@client.example', debtorKind: 'individual' };
    const agnes = await book.call<string>('saveClient', { ...freelancer, client });
    expect(ids(await book.call<Rows>('listClients', freelancer))).toEqual([agnes, clientId]);
    await book.call('renameClient', { ...freelancer, clientId: agnes, name: 'Zoe', company: 'Zoe Ltd' });
    const [first, second] = await book.call<Rows>('listClients', freelancer);
    expect([first?.id, second?.get('name'), second?.get('company')]).toEqual([clientId, 'Zoe', 'Zoe Ltd']);
    const after = await book.call<Rows>('listClients', { ...freelancer, after: first });
    expect(ids(after)).toEqual([agnes]);
    const address = updateDoc(doc(freelancer.db, 'clients', agnes), { email: 'eve@client.example' });
    await expect(address).rejects.toMatchObject({ code: 'permission-denied' });
  });

  it('drafts: made, listed by status in pages, changed and deleted', async () => {
    const { book, freelancer, createDraft, watch } = world;
    const early = await createDraft({ dueDate: '2098-01-01', issueDate: '2026-10-01' });
    const late = await createDraft({ dueDate: '2098-01-02', issueDate: '2026-10-02' });
    const drafts = { ...freelancer, status: 'draft', pageSize: 1 };
    const firstPage = await book.call<Rows>('listInvoices', drafts);
    const secondPage = await book.call<Rows>('listInvoices', { ...drafts, after: firstPage[0] });
    expect([ids(firstPage), ids(secondPage)]).toEqual([[early], [late]]);
    expect(ids(await book.call<Rows>('listAllInvoices', freelancer))).toEqual([late, early]);

    await book.call('changeDraft', { ...freelancer, invoiceId: early, changes: { amount: 99 } });
    expect((await getDoc(doc(freelancer.db, 'invoices', early))).get('amount')).toBe(99);
    await book.call('saveNotes', { ...freelancer, invoiceId: early, text: 'Ask for the order number.' });
    const notes = await getDoc(doc(freelancer.db, 'invoices', early, 'private', 'notes'));
    expect(notes.get('text')).toBe('Ask for the order number.');
    const shown = await watch<Rows>('watchInvoices', { ...freelancer, status: 'draft' });
    await shown.until('both drafts', (rows) => rows.length === 2);
    for (const invoiceId of [early, late]) await book.call('deleteDraft', { ...freelancer, invoiceId });
    await shown.until('no drafts', (rows) => rows.length === 0);
  });

  it('a payment arrives: open listeners of freelancer and debtor see it paid, with all that follows', async () => {
    const { book, freelancer, debtor, sent, watch, deliver } = world;
    const invoiceId = await sent();
    const context = { ...freelancer, invoiceId };
    expect(await book.call('readChase', context)).toMatchObject({ currentLevel: 'pending' });
    const [detail, inSent, inPaid, timeline, notices, bill, bills] = await Promise.all([
      watch<DocumentData | null>('watchInvoice', context),
      watch<Rows>('watchInvoices', { ...freelancer, status: 'sent' }),
      watch<Rows>('watchInvoices', { ...freelancer, status: 'paid' }),
      watch<Rows>('watchTimeline', context),
      watch<Rows>('watchNotifications', freelancer),
      watch<DocumentData | null>('watchInvoice', { db: debtor.db, invoiceId }),
      watch<Rows>('watchBills', { ...debtor, email: debtor.email.toUpperCase() }),
    ]);
    await detail.until('sent', (invoice) => invoice?.['status'] === 'sent');
    await inSent.until('the invoice among the sent', (rows) => ids(rows).includes(invoiceId));
    await bill.until('sent, for the debtor', (invoice) => invoice?.['status'] === 'sent');
    await bills.until('the bill', (rows) => ids(rows).includes(invoiceId));

    const pages = await Promise.all(
      [freelancer, debtor].map(({ functions }) =>
        book.call<{ sessionId: string; amount: number }>('createCheckoutSession', { functions, invoiceId }),
      ),
    );
    const [page] = pages;
    expect(pages).toEqual([page, page]);
    expect(page).toMatchObject({ amount: 12_500, currency: 'GBP' });
    const payment = newPayment({ invoiceId, freelancerId: freelancer.uid }, 12_500, {
      session: page?.sessionId ?? '',
    });
    expect(await deliver(payment)).toEqual([200, { received: true, duplicate: false }]);

    const isPaid = (invoice: DocumentData | null): boolean => invoice?.['status'] === 'paid';
    expect(await detail.until('paid', isPaid)).toMatchObject({ amountPaid: 12_500, amountRefunded: 0 });
    await bill.until('paid, for the debtor', isPaid);
    await bills.until('the paid bill', (rows) =>
      rows.some((row) => row.id === invoiceId && isPaid(row.data())),
    );
    await inSent.until('the invoice gone from the sent', (rows) => !ids(rows).includes(invoiceId));
    await inPaid.until('the invoice among the paid', (rows) => ids(rows).includes(invoiceId));
    const told = await timeline.until('the payment in the timeline', (rows) => rows.length > 0);
    expect(told[0]?.get('eventType')).toBe('payment_received');
    const [notice] = await notices.until('the notification', (rows) => rows.length > 0);
    expect(notice?.get('type')).toBe('payment_received');

    expect(ids(await book.call<Rows>('paymentsOfInvoice', context))).toEqual([payment.paymentIntent]);
    expect(ids(await book.call<Rows>('listPayments', freelancer))).toEqual([payment.paymentIntent]);
    expect(await book.call('countUnread', freelancer)).toBe(1);
    await book.call('markRead', { ...freelancer, notificationId: notice?.id });
    expect(await book.call('countUnread', freelancer)).toBe(0);
  }, 120_000);

  it('subscribes: open listeners see the plan, and what it covers', async () => {
    const { stack, book, freelancer, watch } = world;
    const profile = await watch<DocumentData | null>('watchProfile', freelancer);
    const usage = await watch<Map<string, DocumentData>>('watchUsage', freelancer);
    await usage.until('no month', (months) => months.size === 0);
    const { sessionId } = await book.call<{ sessionId: string }>('createSubscriptionCheckout', {
      ...freelancer,
      wish: { plan: 'growth' },
    });
    await control({ origin: stack.sandboxOrigin }, 'POST', `stripe/checkout/${sessionId}/pay`);
    await profile.until('the plan', (data) => data?.['subscriptionTier'] === 'growth');
    const months = await usage.until('its limits', (all) => all.size === 1);
    expect([...months.values()]).toMatchObject([
      { limits: { chasedInvoices: 50 }, counters: { chasedInvoices: 0 } },
    ]);
    expect(await book.call('createPortalSession', freelancer)).toMatch(/^https:\/\/billing\.stripe\.com\//);
  }, 120_000);

  it('refuses lists whose filters prove too little, drafts to the debtor, and the unverified', async () => {
    const { stack, book, freelancer, debtor, createDraft, watch } = world;
    const invoiceId = await createDraft();
    const denied = { code: 'permission-denied' };
    const invoices = collection(freelancer.db, 'invoices');
    await expect(getDocs(query(invoices, orderBy('dueDate')))).rejects.toMatchObject(denied);
    const addressOnly = query(collection(debtor.db, 'invoices'), where('clientEmail', '==', debtor.email));
    await expect(getDocs(addressOnly)).rejects.toMatchObject(denied);
    await expect(getDoc(doc(debtor.db, 'invoices', invoiceId))).rejects.toMatchObject(denied);
    await expect(book.call('readChase', { db: debtor.db, invoiceId })).rejects.toMatchObject(denied);
    const unverified = await startWebClient(stack, book, `${newId('debtor')}@web.example`, {
      verified: false,
    });
    const bills = await watch<Rows>('watchBills', unverified);
    await expect(bills.until('nothing', () => true)).rejects.toMatchObject(denied);
    await unverified.stop();
  });

  it('reminds by text message where the send gate lets it, once for a requestId', async () => {
    const { stack, book, freelancer } = world;
    stack.travel(TUESDAY);
    const { invoiceId } = await seedChase(stack.db, { invoice: { freelancerId: freelancer.uid } });
    const remind = (): Promise<unknown> =>
      book.call('sendCollectionsSms', { ...freelancer, invoiceId, requestId: 'first' });
    await expect(remind()).rejects.toMatchObject({
      code: 'functions/permission-denied',
      message: expect.stringMatching(/^Reminders are switched off\./) as unknown,
    });
    await stack.db.doc(`users/${freelancer.uid}`).update({ collectionsEnabled: true });
    const queued = { status: 'queued', outboxId: `sms_${freelancer.uid}_first` };
    expect(await Promise.all([remind(), remind()])).toEqual([queued, queued]);
    stack.travel(null);
  });

  it('pauses, resumes and cancels, and records what was paid by hand', async () => {
    const { book, freelancer, sent } = world;
    const invoiceId = await sent();
    const context = { ...freelancer, invoiceId };
    const pause = { invoiceId, reason: 'promise', until: '2098-12-31' };
    expect(await book.call('pauseEscalation', { ...freelancer, pause })).toBe('2099-01-01T00:00:00.000Z');
    expect(await book.call('readChase', context)).toMatchObject({ isPaused: true, pauseReason: 'promise' });
    expect(await book.call('resumeEscalation', context)).toBe(false);
    const payment = { invoiceId, amount: 2_500, currency: 'GBP', method: 'cash', paidOn: '2026-01-02' };
    expect(
      await book.call('recordManualPayment', { ...freelancer, payment: { ...payment, requestId: 'cash-1' } }),
    ).toMatchObject({ status: 'sent', amountPaid: 2_500, overpaid: 0 });
    expect(ids(await book.call<Rows>('paymentsOfInvoice', context))).toEqual([
      `manual_${freelancer.uid}_cash-1`,
    ]);
    expect(await book.call('cancelInvoice', context)).toBe('cancelled');
  });

  it('takes the word of a debtor: a payment, and a dispute', async () => {
    const { book, freelancer, debtor, sent } = world;
    const invoiceId = await sent();
    const said = { invoiceId, amount: 12_500, method: 'bank_transfer', paidOn: '2026-01-02' };
    const claim = await book.call<{ claimId: string; status: string }>('claimPayment', {
      ...debtor,
      claim: said,
    });
    expect(claim).toMatchObject({ claimId: `${invoiceId}_1`, status: 'pending_verification' });
    const readByDebtor = await getDoc(doc(debtor.db, 'payment_claims', claim.claimId));
    expect(readByDebtor.get('amount')).toBe(12_500);
    const answer = { claimId: claim.claimId, decision: 'rejected', reason: 'not_received' };
    expect(await book.call('verifyPaymentClaim', { ...freelancer, answer })).toMatchObject({
      status: 'rejected',
      invoiceStatus: 'sent',
    });
    const dispute = { ...debtor, invoiceId, reason: 'The hours are not what we agreed.' };
    expect(await book.call('openDispute', dispute)).toBe('disputed');
    expect(await book.call('closeDispute', { ...freelancer, invoiceId })).toBe('sent');
  });

  it('shows a debtor what he owes by the hash of his address, where it is sealed', async () => {
    const { stack, book, freelancer, debtor, clientId, watch } = world;
    const hash = hashOf('email', debtor.email);
    const invoiceId = newId('inv');
    const setting = stack.db.doc('system_config/contact_data');
    // Both forms are looked for, and the clear one is written: the other suites are not concerned.
    await setting.set({ reverting: true });
    try {
      await stack.db.doc(`invoices/${invoiceId}`).set(sealedInvoice(freelancer.uid, hash));
      expect(await book.call('refreshAccess', debtor)).toEqual([hash]);
      await debtor.auth.currentUser?.getIdToken(true);
      const rows = await watch<Rows>('watchSealedBills', { ...debtor, emailHash: hash });
      expect(ids(await rows.until('the bill', (list) => list.length > 0))).toEqual([invoiceId]);
    } finally {
      await Promise.all([setting.delete(), stack.db.doc(`invoices/${invoiceId}`).delete()]);
    }
    const contact = { email: debtor.email, phone: null };
    expect(await book.call('revealContact', { ...freelancer, of: { clientId } })).toEqual(contact);
  });

  it('gives both sides what is held about them', async () => {
    const { book, freelancer, debtor, clientId, createDraft } = world;
    const invoiceId = await createDraft();
    await book.call('sendInvoice', { ...freelancer, invoiceId });
    const mine = heldOf(await book.call<Held>('exportMyData', freelancer));
    expect([...mine.keys()]).toEqual(
      expect.arrayContaining([`users/${freelancer.uid}`, `clients/${clientId}`, `invoices/${invoiceId}`]),
    );
    const theirs = heldOf(await book.call<Held>('requestDebtorRights', { ...debtor, kind: 'access' }));
    const shown = { business: 'Ada Studio', clientEmail: debtor.email };
    expect(theirs.get(`invoices/${invoiceId}`)).toMatchObject(shown);
    const erasure = await book.call('requestDebtorRights', { ...debtor, kind: 'erasure' });
    expect(erasure).toMatchObject({ status: 'waiting', openInvoices: expect.any(Number) as unknown });
  });

  it('answers calls with the codes of the document', async () => {
    const { book, freelancer, debtor, createDraft } = world;
    const send = (who: WebClient, invoiceId: string): Promise<unknown> =>
      book.call('sendInvoice', { functions: who.functions, invoiceId });
    const draft = await createDraft();
    await expect(send(freelancer, newId('inv'))).rejects.toMatchObject({ code: 'functions/not-found' });
    await expect(send(freelancer, 'a/b')).rejects.toMatchObject({ code: 'functions/invalid-argument' });
    await expect(send(debtor, draft)).rejects.toMatchObject({ code: 'functions/permission-denied' });
    await expect(
      book.call('createCheckoutSession', { ...freelancer, invoiceId: draft }),
    ).rejects.toMatchObject({ code: 'functions/failed-precondition' });
    await signOut(freelancer.auth);
    await expect(send(freelancer, draft)).rejects.toMatchObject({ code: 'functions/unauthenticated' });
  });

  it('leaves no block of the document out', () => {
    const { book } = world;
    expect(book.notCalled).toEqual([]);
  });
});
