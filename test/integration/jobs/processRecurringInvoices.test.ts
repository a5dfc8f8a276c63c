import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { scheduledFor, tick, tickToDeath } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { newId } from '../../support/stripeEvents';

const JOB = 'process-recurring-invoices';

describe('recurring invoices', () => {
  let harness: MessageHarness;
  let db: Firestore;
  let job: ServedFunction;
  beforeEach(async () => {
    harness = await startMessageHarness({}, { target: 'processRecurringInvoices' });
    ({ db, webhook: job } = harness);
  });
  afterEach(() => harness.stop());

  const at = async (instant: string): Promise<void> => {
    harness.travel(instant);
    await harness.run(job);
  };

  async function seedFreelancer(fields: DocumentData = {}): Promise<string> {
    const uid = newId('user');
    await db.doc(`users/${uid}`).set({ email: 'f@studio.example', businessName: 'Ada Studio', ...fields });
    return uid;
  }

  async function seedTemplate(fields: DocumentData = {}): Promise<{ id: string; freelancerId: string }> {
    const freelancerId = (fields['freelancerId'] as string | undefined) ?? (await seedFreelancer());
    const [id, clientId] = [newId('rt'), newId('client')];
    await db
      .doc(`clients/${clientId}`)
      .set({ freelancerId, name: 'A Debtor', email: 'debtor@client.example' });
    await db.doc(`recurring_invoices/${id}`).set({
      freelancerId,
      clientId,
      clientName: 'A Debtor',
      amount: 12_500,
      currency: 'GBP',
      items: [{ description: 'Retainer', amount: 12_500 }],
      frequency: 'monthly',
      anchorDay: 31,
      nextInvoiceDate: '2027-01-31',
      dueDays: 14,
      status: 'active',
      ...fields,
    });
    return { id, freelancerId };
  }

  const read = async (path: string): Promise<DocumentData | undefined> => (await db.doc(path).get()).data();

  async function invoicesOf(freelancerId: string): Promise<string[]> {
    const rows = await db.collection('invoices').where('freelancerId', '==', freelancerId).get();
    return rows.docs.map(({ id }) => id).sort();
  }

  async function numbersOf(freelancerId: string): Promise<string[]> {
    const rows = await db.collection('invoices').where('freelancerId', '==', freelancerId).get();
    return rows.docs.map((row) => String(row.get('reference'))).sort();
  }

  it('are made on their day, once, as drafts that the freelancer can change', async () => {
    const { id, freelancerId } = await seedTemplate();
    await at('2027-01-30T23:59:00Z');
    expect(await invoicesOf(freelancerId)).toEqual([]);
    for (const day of ['01-31', '02-01', '02-28', '03-01', '03-31']) await at(`2027-${day}T00:05:00Z`);
    const ids = ['2027-01-31', '2027-02-28', '2027-03-31'].map((start) => `rec_${id}_${start}`);
    expect(await invoicesOf(freelancerId)).toEqual(ids);
    expect(await read(`invoices/${ids[1]}`)).toMatchObject({
      reference: 'REC-0002',
      status: 'draft',
      amount: 12_500,
      currency: 'GBP',
      clientName: 'A Debtor',
      items: [{ description: 'Retainer', amount: 12_500 }],
      issueDate: '2027-02-28',
      dueDate: '2027-03-14',
      recurringInvoiceId: id,
      periodStart: '2027-02-28',
      periodEnd: '2027-03-30',
    });
    expect(await read(`recurring_invoices/${id}`)).toMatchObject({
      nextInvoiceDate: '2027-04-30',
      lastPeriod: '2027-03-31',
      anchorDay: 31,
      invoicesMade: 3,
      status: 'active',
    });
    expect(await read(`recurring_invoice_history/${ids[2]}`)).toMatchObject({
      freelancerId,
      recurringInvoiceId: id,
      invoiceId: ids[2],
      reference: 'REC-0003',
    });
    expect(await read(`notifications/recurring_${ids[2]}`)).toMatchObject({
      freelancerId,
      type: 'recurring_invoice_drafted',
    });
    expect((await db.collection('outbox').get()).size).toBe(0);
  });

  it('go out at once where that is wanted, as sendInvoice sends them', async () => {
    const { id, freelancerId } = await seedTemplate({ autoSend: true });
    await at('2027-01-31T00:05:00Z');
    const invoiceId = `rec_${id}_2027-01-31`;
    expect(await read(`invoices/${invoiceId}`)).toMatchObject({
      status: 'sent',
      clientEmail: 'debtor@client.example',
      escalationLevel: 'pending',
      dueDate: '2027-02-14',
    });
    expect(await read(`escalation_states/${invoiceId}`)).toMatchObject({ freelancerId, isPaused: false });
    expect(await read(`outbox/invoice_${invoiceId}`)).toMatchObject({
      template: 'invoice',
      status: 'pending',
    });
    expect(await read(`notifications/recurring_${invoiceId}`)).toMatchObject({
      type: 'recurring_invoice_sent',
    });
  });

  it('that can not go out stay drafts, and the freelancer is told why', async () => {
    const { id } = await seedTemplate({ autoSend: true, clientId: 'nobody' });
    await at('2027-01-31T00:05:00Z');
    expect(await read(`invoices/rec_${id}_2027-01-31`)).toMatchObject({ status: 'draft' });
    const told = await read(`notifications/recurring_rec_${id}_2027-01-31`);
    expect(told?.['message']).toContain('It was not sent: Choose a client of yours first.');
    expect((await db.collection('escalation_states').get()).size).toBe(0);
  });

  it('are caught up after an outage, twelve in a run, dated the day on which they are made', async () => {
    const { id, freelancerId } = await seedTemplate({ nextInvoiceDate: '2025-10-31' });
    await at('2027-01-31T00:05:00Z');
    expect(await invoicesOf(freelancerId)).toHaveLength(12);
    await at('2027-02-01T00:05:00Z');
    const ids = await invoicesOf(freelancerId);
    expect(ids).toHaveLength(16);
    expect(ids.slice(0, 6)).toEqual(
      ['2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31'].map(
        (start) => `rec_${id}_${start}`,
      ),
    );
    expect(await read(`invoices/${ids[0]}`)).toMatchObject({
      issueDate: '2027-01-31',
      dueDate: '2027-02-14',
    });
    expect(await numbersOf(freelancerId)).toEqual(
      Array.from({ length: 16 }, (_, n) => `REC-${String(n + 1).padStart(4, '0')}`),
    );
  });

  it('end with their last period', async () => {
    const { id, freelancerId } = await seedTemplate({ endDate: '2027-03-30' });
    for (const day of ['01-31', '02-28', '03-31']) await at(`2027-${day}T00:05:00Z`);
    expect(await invoicesOf(freelancerId)).toHaveLength(2);
    expect(await read(`recurring_invoices/${id}`)).toMatchObject({ status: 'completed' });
  });

  it('are not made while paused, for no account, or a second time', async () => {
    const paused = await seedTemplate({ status: 'paused' });
    const suspended = await seedTemplate({ freelancerId: await seedFreelancer({ status: 'suspended' }) });
    const nobody = await seedTemplate({ freelancerId: newId('user') });
    const again = await seedTemplate();
    await at('2027-01-31T00:05:00Z');
    for (const { freelancerId } of [paused, suspended, nobody])
      expect(await invoicesOf(freelancerId)).toEqual([]);
    // The draft is deleted and the template set back by hand: the number is not taken twice, the invoice not made again.
    await db.doc(`invoices/rec_${again.id}_2027-01-31`).delete();
    await db.doc(`recurring_invoices/${again.id}`).update({ nextInvoiceDate: '2027-01-31' });
    await at('2027-02-01T00:05:00Z');
    expect(await invoicesOf(again.freelancerId)).toEqual([]);
    expect(await read(`invoice_sequences/${again.freelancerId}`)).toMatchObject({ last: 1 });
    // Suspended periods were not lost.
    await db.doc(`users/${suspended.freelancerId}`).update({ status: 'active' });
    await at('2027-02-02T00:05:00Z');
    expect(await invoicesOf(suspended.freelancerId)).toEqual([`rec_${suspended.id}_2027-01-31`]);
  });

  it('hold up none when one is corrupt, and cost one query when nothing is due', async () => {
    await seedTemplate({ amount: 'a lot' });
    const { freelancerId } = await seedTemplate();
    await at('2027-01-31T00:05:00Z');
    expect(await invoicesOf(freelancerId)).toHaveLength(1);
    expect(job.logTail(100)).toContain('"alert":"job_item_left"');
    const before = await everyDocument(db);
    await at('2027-02-01T00:05:00Z');
    const changed = changedBetween(before, await everyDocument(db));
    expect(changed.filter((path) => !path.startsWith('cron_'))).toEqual([]);
  });

  it.each(['recurring.before-commit#9', 'recurring.after-commit#9'])(
    'of one freelancer have numbers without gap or double, killed at %s, then two runners at once',
    async (crashPoint) => {
      const freelancerId = await seedFreelancer();
      for (let n = 0; n < 8; n += 1)
        await seedTemplate({ freelancerId, frequency: 'weekly', nextInvoiceDate: '2027-01-10' });
      harness.travel('2027-01-31T00:05:00Z');
      const [first, second] = ['2027-01-31T00:05:00Z', '2027-02-01T00:05:00Z'].map((time) =>
        scheduledFor(new Date(time)),
      ) as [string, string];
      const doomed = await harness.serve('processRecurringInvoices', { RECOUP_CRASH_AT: crashPoint });
      expect(await tickToDeath(doomed, first)).toBe('SIGKILL');
      const early = await numbersOf(freelancerId);
      expect(early.length).toBeLessThan(32);
      await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
      const other = await harness.serve('processRecurringInvoices');
      expect(await Promise.all([tick(job, second), tick(other, second)])).toEqual([200, 200]);
      // Four Sundays, eight templates.
      expect(await numbersOf(freelancerId)).toEqual(
        Array.from({ length: 32 }, (_, n) => `REC-${String(n + 1).padStart(4, '0')}`),
      );
      expect(await read(`invoice_sequences/${freelancerId}`)).toMatchObject({ last: 32 });
      expect((await db.collection('recurring_invoice_history').get()).size).toBe(32);
    },
  );
});
