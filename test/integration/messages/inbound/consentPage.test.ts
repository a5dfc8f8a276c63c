import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { signLink } from '../../../../functions/src/platform/signedLink';
import { type MessageHarness, startMessageHarness } from '../../../support/messageHarness';
import { changesDuring } from '../../../support/refusal';
import { localSecret } from '../../../support/sandboxSettings';
import { seedInvoice } from '../../../support/seed';
import { newPhone } from '../../../support/seedChase';
import { hashOf, seedWaiting } from '../../../support/seedMessage';
import { newId } from '../../../support/stripeEvents';

const KEYS = [0, 1].map((index) => localSecret('LINK_SIGNING_KEY', index));
const HOUR_MS = 3_600_000;

describe('the page behind the link in messages to debtors', () => {
  let harness: MessageHarness;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    harness = await startMessageHarness({}, { target: 'consentPage' });
    sendEmail = await harness.serve('sendEmail');
  });
  afterAll(() => harness.stop());

  /** A debtor with an invoice, and the link that was sent to him. */
  async function debtor(invoice: Record<string, unknown> = {}, user: Record<string, unknown> = {}) {
    const clientId = newId('client');
    const email = `${newId('debtor')}@client.example`;
    const phone = newPhone();
    const seeded = await seedInvoice(
      harness.db,
      {
        clientId,
        clientEmail: email,
        clientPhone: phone,
        status: 'overdue',
        dueDate: '2026-11-01',
        ...invoice,
      },
      user,
    );
    await harness.db.doc(`clients/${clientId}`).set({
      freelancerId: seeded.freelancerId,
      name: 'A Debtor',
      email,
      phone,
      contactPermissions: { email: { status: 'granted' }, sms: { status: 'unknown' } },
    });
    const link = (more: Partial<Parameters<typeof signLink>[1]> = {}, keys = KEYS): string =>
      signLink(keys, {
        purpose: 'consent',
        subject: hashOf('email', email),
        issuedAt: new Date(harness.now().getTime() - HOUR_MS),
        expiresAt: new Date(harness.now().getTime() + HOUR_MS),
        invoiceId: seeded.invoiceId,
        ...more,
      });
    return { ...seeded, clientId, email, phone, link };
  }
  async function ask(method: string, token: string, choice?: string, origin = harness.webhook.origin) {
    const response = await fetch(`${origin}/c?t=${token}`, {
      method,
      ...(choice === undefined ? {} : { body: new URLSearchParams({ choice }) }),
    });
    return { status: response.status, html: await response.text(), headers: response.headers };
  }
  const clientOf = async (id: string) => (await harness.db.doc(`clients/${id}`).get()).data() ?? {};
  const statusesOf = async (id: string) => {
    const { email, sms } = ((await clientOf(id))['contactPermissions'] ?? {}) as Record<
      string,
      { status: string }
    >;
    return { email: email?.status, sms: sms?.status };
  };
  const suppressionOf = async (email: string) =>
    (await harness.db.doc(`email_suppressions/${hashOf('email', email)}`).get()).data();
  const auditOf = async (clientId: string) => {
    const { docs } = await harness.db.collection('consent_audit_log').where('clientId', '==', clientId).get();
    return docs.map((doc) => doc.data());
  };

  it('is linked from the e-mails to debtors, and shows what is held, the invoice and the way to pay it', async () => {
    const one = await debtor();
    const waiting = await seedWaiting(harness.db, 'email', one.email, {
      class: 'debtor_service',
      template: 'receipt',
      level: null,
      invoiceId: one.invoiceId,
      freelancerId: one.freelancerId,
      createdAt: harness.now(),
    });
    const params = {
      clientName: 'A Debtor',
      businessName: 'Ada Studio',
      reference: 'INV-0001',
      amount: 10_000,
      currency: 'GBP',
    };
    await waiting.collection('private').doc('content').update({ params });
    await harness.dispatch(sendEmail, waiting.id);
    const mail = JSON.stringify(harness.sandbox.accepted('sendgrid').at(-1)?.body);
    const token = /\/c\?t=([\w.-]+)/.exec(mail)?.[1] ?? 'no link in the e-mail';
    const changes = await changesDuring(harness, async () => {
      const page = await ask('GET', token);
      expect(page.status).toBe(200);
      for (const shown of [
        'A Debtor',
        one.email,
        one.phone,
        'Ada Studio',
        'INV-0001',
        '£100.00',
        '1 November 2026',
        `href="https://app.recoup.example/pay/${one.invoiceId}"`,
        '<html lang="en-GB">',
        `<form method="post" action="?t=${token}">`,
      ])
        expect(page.html).toContain(shown);
      // Each answer has its label, the group its question.
      expect(page.html.match(/<label><input type="radio" name="choice"/g)).toHaveLength(5);
      expect(page.html).toMatch(/<fieldset>\s*<legend>How may you be contacted/);
      expect(await ask('HEAD', token)).toMatchObject({ status: 200, html: '' });
    });
    expect(changes).toEqual([]);
  });

  it.each([
    ['email', { email: 'granted', sms: 'withdrawn' }],
    ['sms', { email: 'withdrawn', sms: 'granted' }],
    ['both', { email: 'granted', sms: 'granted' }],
    ['neither', { email: 'withdrawn', sms: 'withdrawn' }],
  ])('POST of "%s" is written down with its audit row, and holds at the gate', async (choice, statuses) => {
    const one = await debtor();
    const { email, phone, freelancerId, invoiceId } = one;
    const about = { freelancerId, invoiceId };
    const waiting = {
      email: await seedWaiting(harness.db, 'email', email, about),
      sms: await seedWaiting(harness.db, 'sms', phone, about),
    };
    const anothers = await seedWaiting(harness.db, 'email', email, { freelancerId: newId('user') });
    const answer = await ask('POST', one.link(), choice);
    expect([answer.status, answer.html.includes('Your choice is saved')]).toEqual([200, true]);
    expect(await statusesOf(one.clientId)).toEqual(statuses);
    for (const channel of ['email', 'sms'] as const)
      expect([channel, (await waiting[channel].get()).get('status')]).toEqual([
        channel,
        statuses[channel] === 'granted' ? 'pending' : 'cancelled',
      ]);
    // It is a word to this business.
    expect((await anothers.get()).get('status')).toBe('pending');
    expect(await suppressionOf(email)).toBeUndefined();
    await ask('POST', one.link(), choice);
    expect(await auditOf(one.clientId)).toEqual([
      expect.objectContaining({
        kind: 'debtor_choice',
        freelancerId,
        invoiceId,
        choice,
        previous: { email: 'granted', sms: 'unknown', suppressedFor: null },
        wordingVersion: 'debtor-choice-2026-11',
      }),
    ]);
    const shown = await ask('GET', one.link());
    expect(shown.html).toContain(`value="${choice}" required checked>`);
  });

  it('an objection stops e-mail from everybody, and the same link takes it back', async () => {
    const one = await debtor();
    const anothers = await seedWaiting(harness.db, 'email', one.email, { freelancerId: newId('user') });
    await Promise.all(Array.from({ length: 5 }, () => ask('POST', one.link(), 'object')));
    expect(await statusesOf(one.clientId)).toEqual({ email: 'withdrawn', sms: 'withdrawn' });
    expect(await suppressionOf(one.email)).toMatchObject({ status: 'suppressed', reason: 'manual' });
    expect((await anothers.get()).data()).toMatchObject({ status: 'cancelled', reason: 'suppressed' });
    expect(await auditOf(one.clientId)).toHaveLength(1);
    const told = await harness.db.collection('notifications').where('type', '==', 'contact_choice').get();
    expect(told.docs.filter((row) => row.get('freelancerId') === one.freelancerId)).toHaveLength(1);
    await ask('POST', one.link(), 'email');
    expect(await suppressionOf(one.email)).toMatchObject({ status: 'lifted' });
    expect(await auditOf(one.clientId)).toHaveLength(2);
  });

  it.each(['bounce', 'complaint'])('does not take back a %s', async (reason) => {
    const one = await debtor();
    const ref = harness.db.doc(`email_suppressions/${hashOf('email', one.email)}`);
    await ref.set({ status: 'suppressed', reason, since: new Date(1_000) });
    await ask('POST', one.link(), 'both');
    expect((await ref.get()).data()).toMatchObject({ status: 'suppressed', reason });
  });

  it('escapes what came from people', async () => {
    const nasty = `<script>alert("1")</script>'&`;
    const { link } = await debtor({ clientName: nasty, reference: nasty }, { businessName: nasty });
    const { html } = await ask('GET', link());
    expect(html).not.toContain('<script');
    expect(html.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;').length).toBeGreaterThan(
      3,
    );
  });

  it('offers no text messages without a number, and tells nothing of an invoice that is cancelled', async () => {
    const without = await debtor({ clientPhone: null });
    expect((await ask('GET', without.link())).html).not.toMatch(/value="(sms|both)"/);
    const cancelled = await debtor({ status: 'cancelled', reference: 'INV-SECRET' });
    const page = await ask('GET', cancelled.link());
    expect([page.status, page.html.includes('INV-SECRET'), page.html.includes('/pay/')]).toEqual([
      200,
      false,
      false,
    ]);
    expect((await ask('POST', cancelled.link(), 'neither')).status).toBe(200);
  });

  it('answers every bad link alike, and changes nothing', async () => {
    const one = await debtor();
    const draft = await debtor({ status: 'draft' });
    const moved = await debtor();
    await harness.db.doc(`invoices/${moved.invoiceId}`).update({ clientEmail: 'another@client.example' });
    const good = one.link();
    const changes = await changesDuring(harness, async () => {
      const answers = await Promise.all(
        [
          '',
          'x',
          good.slice(0, -2),
          `${good}&t=${good}`,
          one.link({ expiresAt: new Date(harness.now().getTime() - 1_000) }),
          one.link({ purpose: 'unsubscribe' }),
          one.link({}, ['somebody else’s key']),
          one.link({ subject: 'a/b' }),
          one.link({ invoiceId: draft.invoiceId }),
          one.link({ invoiceId: 'none' }),
          one.link({ invoiceId: null }),
          draft.link(),
          moved.link(),
        ].flatMap((token) => [ask('GET', token), ask('POST', token, 'object'), ask('POST', token, 'x')]),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
      expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
      expect(answers[0]?.html).toContain('This link does not work');
    });
    expect(changes).toEqual([]);
  });

  it('wants an answer, and other methods are told what there is', async () => {
    const one = await debtor();
    const changes = await changesDuring(harness, async () => {
      expect((await ask('POST', one.link())).status).toBe(422);
      expect((await ask('POST', one.link(), 'all')).status).toBe(422);
      const put = await ask('PUT', one.link());
      expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    });
    expect(changes).toEqual([]);
  });

  it('keeps the link out of caches, frames, scripts and other sites’ logs, whatever it answers', async () => {
    const one = await debtor();
    for (const answer of [
      await ask('GET', one.link()),
      await ask('POST', one.link(), 'both'),
      await ask('GET', 'x'),
    ]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(
          /default-src 'none'.*frame-ancestors 'none'/,
        ) as string,
      });
      expect(answer.html).not.toMatch(/<script|<img|v1_/);
    }
  });

  it.each(['before', 'after'])('whose process dies %s the commit: sent again, it is once', async (when) => {
    const one = await debtor();
    const point = { before: 'consent.before-commit', after: 'consent.after-commit' }[when] ?? '';
    const doomed = await harness.serve('consentPage', { RECOUP_CRASH_AT: point });
    await expect(ask('POST', one.link(), 'neither', doomed.origin)).rejects.toThrow();
    expect((await doomed.exited).signal).toBe('SIGKILL');
    expect((await statusesOf(one.clientId)).email).toBe(when === 'after' ? 'withdrawn' : 'granted');
    expect((await ask('POST', one.link(), 'neither')).status).toBe(200);
    expect(await auditOf(one.clientId)).toHaveLength(1);
  });
});
