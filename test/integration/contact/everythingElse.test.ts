import { signLink } from '../../../functions/src/platform/signedLink';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { type ContactWorld, type Owing, startContactWorld } from '../../support/contactWorld';
import { localSecret } from '../../support/sandboxSettings';
import { receiveSms } from '../../support/sandboxTwilio';
import { hashOf } from '../../support/seedMessage';
import { emailEvent, postAsSendgrid } from '../../support/sendgridPost';
import { newId } from '../../support/stripeEvents';
import { postAsTwilio, statusFields } from '../../support/twilioPost';

/** Overdue by 15 days on the day of the harness, and by 6. */
const FIRM = '2026-11-09';
const GENTLE = '2026-11-18';
const HOUR_MS = 3_600_000;
const REASON = 'asked for on the telephone';

/** What else people and providers say, and operators do, in a project that never held an address in the clear. */
describe('where contact data is sealed, also', () => {
  let world: ContactWorld;
  let admin: string;
  let uid: string;
  /** With the chase's reminders queued and not sent yet; each test has its own. */
  let reminded: Readonly<Record<'optsOut' | 'chooses' | 'carrier' | 'bounces', Owing>>;
  beforeAll(async () => {
    world = await startContactWorld();
    admin = newId('admin');
    await world.harness.db.doc(`users/${admin}`).set({ role: 'admin' });
    uid = await world.newFreelancer();
    const [optsOut, chooses, carrier, bounces] = await Promise.all([
      world.newOwing(uid, FIRM),
      world.newOwing(uid, FIRM),
      world.newOwing(uid, FIRM),
      world.newOwing(uid, GENTLE),
    ]);
    await world.harness.run(await world.served('processEscalations'));
    reminded = { optsOut, chooses, carrier, bounces };
  });
  afterAll(() => world.harness.stop());

  const ask = (name: string, data: object) => world.call(name, admin, data, { admin: true });
  const invoiceMail = ({ invoiceId }: Owing): string => `invoice_${invoiceId}`;
  const text = async ({ uid: who, invoiceId }: Owing, requestId: string) => {
    const { error, message } = await world.call('sendCollectionsSms', who, { invoiceId, requestId });
    return [error, message];
  };
  const OPTED_OUT = ['PERMISSION_DENIED', expect.stringContaining('opted out') as string];
  const linkFor = (purpose: 'consent' | 'unsubscribe', { email, invoiceId }: Owing): string =>
    signLink([localSecret('LINK_SIGNING_KEY')], {
      purpose,
      subject: hashOf('email', email),
      issuedAt: new Date(world.harness.now().getTime() - HOUR_MS),
      expiresAt: new Date(world.harness.now().getTime() + HOUR_MS),
      ...(purpose === 'consent' ? { invoiceId } : {}),
    });

  it('a message that did not arrive is sent anew, to the address that is sealed', async () => {
    const owing = await world.newOwing(uid, FIRM);
    const id = invoiceMail(owing);
    await world.harness.db.doc(`outbox/${id}`).update({ status: 'failed', dueAt: null });
    const outboxId = `${id}_r1`;
    expect((await ask('resendOutbox', { id, reason: REASON })).result).toMatchObject({ outboxId });
    expect(await world.read(`outbox/${outboxId}`)).toMatchObject({
      addressee: 'debtor',
      recipientHash: hashOf('email', owing.email),
    });
    await world.dispatch('email', outboxId);
    expect(await world.addressesOf(outboxId)).toEqual([owing.email]);
  });

  it('an operator opts a number out and in again: what waits is cancelled, and the number stands nowhere', async () => {
    const owing = reminded.optsOut;
    const { phone, invoiceId } = owing;
    const hash = hashOf('sms', phone);
    expect((await ask('setOptOut', { phone, action: 'opt_out' })).result).toMatchObject({
      status: 'opted_out',
      outcome: 'changed',
    });
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({
      phoneNumber: hash,
      status: 'opted_out',
      optOutMethod: 'manual',
    });
    expect(await world.read(`outbox/dunning_${invoiceId}_firm_sms`)).toMatchObject({
      status: 'cancelled',
      reason: 'opted_out',
    });
    expect(await text(owing, 'one')).toEqual(OPTED_OUT);
    await ask('setOptOut', { phone, action: 'opt_in', reason: REASON });
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({ status: 'opted_in' });
    expect((await text(owing, 'two'))[0]).toBeNull();
  });

  it('the page behind the link shows a debtor his own address and number, and takes his word', async () => {
    const owing = reminded.chooses;
    const { invoiceId, clientId, email, phone } = owing;
    const { origin } = await world.served('consentPage');
    const url = `${origin}/c?t=${linkFor('consent', owing)}`;
    const page = await fetch(url);
    const html = await page.text();
    expect([page.status, html.includes(email), html.includes(phone)]).toEqual([200, true, true]);
    // Somebody else's link about the same invoice shows nothing.
    const other = { ...owing, email: 'somebody@client.example' };
    expect((await fetch(`${origin}/c?t=${linkFor('consent', other)}`)).status).toBe(400);

    const choose = (choice: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ choice }) });
    expect((await choose('email')).status).toBe(200);
    expect((await world.read(`clients/${clientId}`))['contactPermissions']).toMatchObject({
      email: { status: 'granted', source: 'consent_page' },
      sms: { status: 'withdrawn', source: 'consent_page' },
    });
    expect(await world.read(`outbox/dunning_${invoiceId}_firm_sms`)).toMatchObject({
      status: 'cancelled',
      reason: 'consent_withdrawn',
    });
    expect(await world.read(`outbox/dunning_${invoiceId}_firm_email`)).toMatchObject({ status: 'pending' });
    expect((await choose('object')).status).toBe(200);
    expect(await world.read(`email_suppressions/${hashOf('email', email)}`)).toMatchObject({
      status: 'suppressed',
      reason: 'manual',
    });
    await world.dispatch('email', `dunning_${invoiceId}_firm_email`);
    expect(await world.addressesOf(`dunning_${invoiceId}_firm_email`)).toEqual([]);
    expect((await choose('both')).status).toBe(200);
    expect(await world.read(`email_suppressions/${hashOf('email', email)}`)).toMatchObject({
      status: 'lifted',
    });
  });

  it('a STOP that only the carrier knows of is kept under the hash of the number', async () => {
    const owing = reminded.carrier;
    const id = `dunning_${owing.invoiceId}_firm_sms`;
    await world.dispatch('sms', id);
    const sid = String((await world.read(`outbox/${id}`))['providerMessageId']);
    const { origin } = await world.served('twilioSmsStatus');
    const answer = await postAsTwilio(origin, {
      path: 'sms-status',
      query: `?o=${id}`,
      fields: statusFields(owing.phone, 'failed', { sid, errorCode: '21610' }),
    });
    expect(answer.status).toBe(204);
    expect(await world.read(`sms_opt_outs/${hashOf('sms', owing.phone)}`)).toMatchObject({
      status: 'opted_out',
      optOutMethod: 'carrier',
    });
    expect(await text(owing, 'one')).toEqual(OPTED_OUT);
  });

  it('a STOP that no webhook brought is found in the list of Twilio', async () => {
    const owing = await world.newOwing(uid, FIRM);
    const { sid } = await receiveSms(world.harness.sandbox, { from: owing.phone, body: 'STOP', lose: true });
    await world.harness.run(await world.served('reconcileMessages'));
    const hash = hashOf('sms', owing.phone);
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({ status: 'opted_out' });
    expect(await world.read(`sms_opt_out_audit/${sid}`)).toMatchObject({ phoneNumber: hash });
    expect(await text(owing, 'one')).toEqual(OPTED_OUT);
  });

  it('a reminder whose e-mail comes back goes to the number instead', async () => {
    const owing = reminded.bounces;
    const id = `dunning_${owing.invoiceId}_gentle_email`;
    await world.dispatch('email', id);
    expect(await world.addressesOf(id)).toEqual([owing.email]);
    const { origin } = await world.served('sendgridEvents');
    await postAsSendgrid(origin, [emailEvent('bounce', owing.email, { type: 'bounce', outboxId: id })]);
    const instead = `dunning_${owing.invoiceId}_gentle_sms`;
    expect(await world.read(`outbox/${instead}`)).toMatchObject({
      status: 'pending',
      recipientHash: hashOf('sms', owing.phone),
    });
    await world.dispatch('sms', instead);
    expect(await world.addressesOf(instead)).toEqual([owing.phone]);
  });

  it('who unsubscribes, by SendGrid or by our link, gets no e-mail of anybody any more', async () => {
    const [first, second] = [await world.newOwing(uid, FIRM), await world.newOwing(uid, FIRM)];
    const { origin: events } = await world.served('sendgridEvents');
    await world.dispatch('email', invoiceMail(first));
    await postAsSendgrid(events, [emailEvent('unsubscribe', first.email, { outboxId: invoiceMail(first) })]);
    const { origin: links } = await world.served('unsubscribe');
    const left = await fetch(`${links}/u?t=${linkFor('unsubscribe', second)}`, { method: 'POST' });
    expect(left.status).toBe(200);
    for (const { email } of [first, second]) {
      expect(await world.read(`email_suppressions/${hashOf('email', email)}`)).toMatchObject({
        status: 'suppressed',
        reason: 'unsubscribe',
      });
      const again = await world.newOwing(await world.newFreelancer(), FIRM, { email });
      await world.dispatch('email', invoiceMail(again));
      expect(await world.read(`outbox/${invoiceMail(again)}`)).toMatchObject({ status: 'suppressed' });
      expect(await world.addressesOf(invoiceMail(again))).toEqual([]);
    }
  });

  it('nothing of all that left an address or a number in the clear', async () => {
    const lines = await dumpOf(world.harness.db);
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.filter((line) => /@client\.example|\+4479\d{8}/i.test(line))).toEqual([]);
  });
});
