import { type DocumentData, type DocumentReference } from 'firebase-admin/firestore';
import { seedInvoice } from '../../../support/seed';
import { hashOf, seedMessage, seedWaiting } from '../../../support/seedMessage';
import { newId } from '../../../support/stripeEvents';
import { mailService, sendMailEvents } from '../../../support/sandboxSendgrid';
import { emailEvent, type EmailEventFields, keyOf, postAsSendgrid } from '../../../support/sendgridPost';
import { newPhone } from '../../../support/twilioPost';
import { type Harness, startHarness } from '../../../support/webhookHarness';

describe('an event of an e-mail', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'sendgridEvents');
    harness.sandbox.webhookTargets.sendgrid = harness.webhook.origin;
  });
  afterAll(() => harness.stop());

  const read = (path: string) => harness.db.doc(path).get();
  const post = (...events: EmailEventFields[]) => postAsSendgrid(harness.webhook.origin, events);
  const newEmail = (): string => `${newId('debtor')}@client.example`;
  const suppressionOf = async (email: string): Promise<DocumentData | undefined> =>
    (await read(`email_suppressions/${hashOf('email', email)}`)).data();
  async function stateOf(ref: DocumentReference): Promise<unknown[]> {
    const row = await ref.get();
    return ['status', 'reason', 'providerMessageId'].map((field): unknown => row.get(field));
  }
  const about = (item: DocumentReference, more: EmailEventFields = {}): EmailEventFields => ({
    outboxId: item.id,
    sg_message_id: `mail-${item.id}.filter0001.1.2.3`,
    ...more,
  });
  const outcomeOf = async (event: EmailEventFields): Promise<unknown> =>
    (await read(`processed_events/${keyOf(event)}`)).get('outcome') ?? null;

  it("from SendGrid's own client and queue to the item, by the id that was sent along", async () => {
    const email = newEmail();
    const item = await seedMessage(harness.db, 'email', email);
    const [{ headers }] = await mailService(harness.sandbox).send({
      to: email,
      from: 'reminders@recoup.example',
      subject: 'Reminder',
      text: 'Hello',
      customArgs: { outboxId: item.id },
    });
    const messageId = headers['x-message-id'] ?? '';
    const { deliveries } = await sendMailEvents(harness.sandbox, {
      messageId,
      events: [{ event: 'processed' }, { event: 'delivered' }],
      deliveries: 2,
    });
    expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
    expect(await stateOf(item)).toEqual(['delivered', null, messageId]);
  });

  it('in whatever order, late and repeated: the item ends where the e-mail did', async () => {
    const email = newEmail();
    for (const order of [
      ['processed', 'deferred', 'delivered', 'open', 'click'],
      ['delivered', 'click', 'processed'],
    ]) {
      const item = await seedMessage(harness.db, 'email', email);
      const events = order.map((event) => emailEvent(event, email, about(item)));
      await post(...events);
      await post(...events, ...events);
      expect(await stateOf(item)).toEqual(['delivered', null, `mail-${item.id}`]);
    }
    expect(await suppressionOf(email)).toBeUndefined();
  });

  it('processed settles an item of which nothing was known', async () => {
    const email = newEmail();
    const item = await seedMessage(harness.db, 'email', email, { status: 'unknown', reason: 'timeout' });
    await post(emailEvent('processed', email, about(item)));
    expect(await stateOf(item)).toEqual(['sent', null, `mail-${item.id}`]);
  });

  describe('bounce', () => {
    async function reminder(invoice: Record<string, unknown> = {}) {
      const email = newEmail();
      const open = { clientEmail: email, status: 'in_collections', ...invoice };
      const seeded = await seedInvoice(harness.db, open);
      const firm = { ...seeded, template: 'firm', level: 'firm' };
      const item = await seedMessage(harness.db, 'email', email, firm);
      const notice = harness.db.doc(`notifications/email_bounced_${item.id}`);
      const letter = harness.db.doc(`outbox/email_bounced_${item.id}`);
      const sms = harness.db.doc(`outbox/dunning_${seeded.invoiceId}_firm_sms`);
      return { email, item, notice, letter, sms, ...seeded };
    }

    it('suppresses the address, tells the freelancer and falls back to SMS, in one commit', async () => {
      const phone = newPhone();
      const { email, item, notice, letter, sms, freelancerId, invoiceId } = await reminder({
        clientPhone: phone,
      });
      const waiting = await seedWaiting(harness.db, 'email', email);
      const event = emailEvent('bounce', email.toUpperCase(), about(item, { type: 'bounce' }));
      expect((await post(event)).status).toBe(200);

      expect(await stateOf(item)).toEqual(['failed', 'bounced', `mail-${item.id}`]);
      expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed', reason: 'bounce' });
      expect((await stateOf(waiting)).slice(0, 2)).toEqual(['cancelled', 'suppressed']);
      expect((await notice.get()).data()).toMatchObject({ freelancerId, type: 'email_bounced', read: false });
      expect((await letter.get()).data()).toMatchObject({
        class: 'freelancer_notice',
        template: 'email_bounced',
        recipientHash: hashOf('email', 'freelancer@studio.example'),
      });
      expect((await sms.get()).data()).toMatchObject({
        class: 'dunning',
        channel: 'sms',
        template: 'firm',
        level: 'firm',
        status: 'pending',
        invoiceId,
        freelancerId,
        recipientHash: hashOf('sms', phone),
        wordedLate: true,
      });
      const claim = await read(`processed_events/${keyOf(event)}`);
      for (const ref of [item, notice, letter, sms]) {
        expect((await ref.get()).updateTime).toEqual(claim.updateTime);
      }
    });

    it('said twice, as bounce and as drop, tells once', async () => {
      const { email, item, notice, sms } = await reminder({ clientPhone: newPhone() });
      await post(emailEvent('bounce', email, about(item, { type: 'bounce' })));
      const [told, fallback] = await harness.db.getAll(notice, sms);
      const again = emailEvent('dropped', email, about(item, { reason: 'Bounced Address' }));
      expect((await post(again)).status).toBe(200);
      expect(await outcomeOf(again)).toBe('unchanged');
      expect((await notice.get()).updateTime).toEqual(told?.updateTime);
      expect((await sms.get()).updateTime).toEqual(fallback?.updateTime);
    });

    it('of an invoice without a number, or whose SMS went before: no fallback', async () => {
      const without = await reminder();
      await post(emailEvent('bounce', without.email, about(without.item, { type: 'bounce' })));
      expect((await without.sms.get()).exists).toBe(false);
      const before = await reminder({ clientPhone: newPhone() });
      await before.sms.set({ status: 'delivered' });
      await post(emailEvent('bounce', before.email, about(before.item, { type: 'bounce' })));
      expect((await before.sms.get()).data()).toEqual({ status: 'delivered' });
      expect((await before.notice.get()).exists).toBe(true);
    });

    it('of a receipt tells the freelancer, and sends no SMS', async () => {
      const { email, item, notice, sms, invoiceId } = await reminder({ clientPhone: newPhone() });
      await item.update({ class: 'debtor_service', template: 'receipt', level: null });
      await post(emailEvent('bounce', email, about(item, { type: 'bounce' })));
      expect([(await notice.get()).exists, (await sms.get()).exists]).toEqual([true, false]);
      const all = await harness.db.collection('outbox').where('invoiceId', '==', invoiceId).get();
      expect(all.docs.map((row) => String(row.get('channel')))).toEqual(['email', 'email']);
    });

    it('of a notice to the freelancer says so where he signs in, and writes to no one', async () => {
      const { email, item, notice, letter } = await reminder();
      await item.update({ class: 'freelancer_notice', template: 'overpayment', level: null });
      await post(emailEvent('bounce', email, about(item, { type: 'bounce' })));
      expect((await notice.get()).get('title')).toBe('Your e-mail address does not work');
      expect((await letter.get()).exists).toBe(false);
    });

    it('of type blocked is a failure and an alert, and says nothing of the address', async () => {
      const { email, item, notice } = await reminder();
      await post(emailEvent('bounce', email, about(item, { type: 'blocked', reason: '421 try later' })));
      expect((await stateOf(item)).slice(0, 2)).toEqual(['failed', 'blocked']);
      expect([await suppressionOf(email), (await notice.get()).exists]).toEqual([undefined, false]);
      expect(harness.webhook.logTail(50)).toContain(`"outboxId":"${item.id}"`);
    });
  });

  it.each([
    ['Bounced Address', 'bounce'],
    ['Unsubscribed Address', 'unsubscribe'],
    ['Spam Reporting Address', 'complaint'],
    ['Invalid', 'bounce'],
    ['Invalid SMTPAPI header', undefined],
    ['Spam Content (if Spam Checker app enabled)', undefined],
    ['Recipient List over Package Quota', undefined],
  ])('dropped for %j: failed, suppressed as %s', async (reason, suppressed) => {
    const email = newEmail();
    const item = await seedMessage(harness.db, 'email', email);
    await post(emailEvent('dropped', email, about(item, { reason })));
    expect((await stateOf(item))[0]).toBe('failed');
    expect((await suppressionOf(email))?.['reason']).toBe(suppressed);
  });

  it('spamreport: delivered all the same, and suppressed', async () => {
    const email = newEmail();
    const item = await seedMessage(harness.db, 'email', email);
    await post(emailEvent('delivered', email, about(item)), emailEvent('spamreport', email, about(item)));
    expect((await stateOf(item)).slice(0, 2)).toEqual(['delivered', 'complained']);
    expect(await suppressionOf(email)).toMatchObject({ reason: 'complaint' });
  });

  it.each(['unsubscribe', 'group_unsubscribe'])(
    '%s suppresses, whether or not the item is known',
    async (event) => {
      const email = newEmail();
      const waiting = await seedWaiting(harness.db, 'email', email);
      await post(emailEvent(event, ` ${email.toUpperCase()} `));
      expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed', reason: 'unsubscribe' });
      expect((await stateOf(waiting)).slice(0, 2)).toEqual(['cancelled', 'suppressed']);
    },
  );

  it('keeps the first day of a suppression, and what its owner said over a bounce', async () => {
    const email = newEmail();
    await post(emailEvent('bounce', email, { type: 'bounce' }));
    const first = await suppressionOf(email);
    await post(emailEvent('spamreport', email));
    await post(emailEvent('bounce', email, { type: 'bounce' }));
    expect(await suppressionOf(email)).toMatchObject({
      reason: 'complaint',
      since: first?.['since'] as unknown,
    });
    await post(emailEvent('group_resubscribe', email));
    expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed' });
  });

  it("of another address than the item's suppresses that one, and says nothing of the item", async () => {
    const [email, other] = [newEmail(), newEmail()];
    const item = await seedMessage(harness.db, 'email', email);
    const event = emailEvent('bounce', other, about(item, { type: 'bounce' }));
    await post(event);
    expect(await outcomeOf(event)).toBe('other_address');
    expect((await stateOf(item))[0]).toBe('sending');
    expect([(await suppressionOf(other))?.['reason'], await suppressionOf(email)]).toEqual([
      'bounce',
      undefined,
    ]);
  });

  describe('in a batch', () => {
    it('a corrupt one among good ones is a dead letter, and the others are applied', async () => {
      const email = newEmail();
      const [first, second] = [
        await seedMessage(harness.db, 'email', email),
        await seedMessage(harness.db, 'email', email),
      ];
      const corrupt = { ...emailEvent('delivered', email, about(first)), email: 7 };
      const answer = await post(
        emailEvent('delivered', email, about(first)),
        corrupt,
        emailEvent('delivered', email, about(second)),
      );
      expect(answer.status).toBe(200);
      expect([(await stateOf(first))[0], (await stateOf(second))[0]]).toEqual(['delivered', 'delivered']);
      const row = await read(`failed_webhooks/${keyOf(corrupt)}`);
      expect(row.data()).toMatchObject({ source: 'sendgrid', status: 'dead_letter' });
      expect(row.get('lastError.code')).toBe('unusable_event');
    });

    it.each([undefined, '', 'a/b', '=', 7])(
      'one without a usable id (%j): 400, and the others are applied',
      async (id) => {
        const email = newEmail();
        const item = await seedMessage(harness.db, 'email', email);
        const answer = await post(
          { ...emailEvent('delivered', email, about(item)), sg_event_id: id },
          emailEvent('delivered', email, about(item)),
        );
        expect(answer.status).toBe(400);
        expect((await stateOf(item))[0]).toBe('delivered');
      },
    );

    it('of 400 events for 40 messages, posted three times at once, applies each once', async () => {
      const email = newEmail();
      const items = await Promise.all(
        Array.from({ length: 40 }, () => seedMessage(harness.db, 'email', email)),
      );
      const kinds = [
        'delivered',
        'processed',
        'open',
        'deferred',
        'click',
        'open',
        'open',
        'click',
        'open',
        'open',
      ];
      const events = kinds.flatMap((kind) => items.map((item) => emailEvent(kind, email, about(item))));
      const answers = await Promise.all([post(...events), post(...events), post(...events)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const rows = await harness.db.getAll(...items);
      expect(new Set(rows.map((row) => String(row.get('status'))))).toEqual(new Set(['delivered']));
      const claims = await harness.db.getAll(
        ...events.map((event) => harness.db.doc(`processed_events/${keyOf(event)}`)),
      );
      expect(claims.filter(({ exists }) => !exists)).toEqual([]);
    });
  });
});
