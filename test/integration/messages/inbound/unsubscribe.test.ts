import { signLink } from '../../../../functions/src/platform/signedLink';
import { localSecret } from '../../../support/sandboxSettings';
import { changesDuring } from '../../../support/refusal';
import { hashOf, seedWaiting } from '../../../support/seedMessage';
import { newId } from '../../../support/stripeEvents';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const KEYS = [0, 1].map((index) => localSecret('LINK_SIGNING_KEY', index));
const HOUR_MS = 3_600_000;
const ONE_CLICK = { body: 'List-Unsubscribe=One-Click', type: 'application/x-www-form-urlencoded' };

describe('the page behind the unsubscribe link', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'unsubscribe');
  });
  afterAll(() => harness.stop());

  const newEmail = (): string => `${newId('debtor')}@client.example`;
  function linkFor(email: string, more: Partial<Parameters<typeof signLink>[1]> = {}, keys = KEYS): string {
    return signLink(keys, {
      purpose: 'unsubscribe',
      subject: hashOf('email', email),
      issuedAt: new Date(Date.now() - HOUR_MS),
      expiresAt: new Date(Date.now() + HOUR_MS),
      ...more,
    });
  }
  async function ask(method: string, token: string, sent?: typeof ONE_CLICK) {
    const response = await fetch(`${harness.webhook.origin}/u?t=${token}`, {
      method,
      ...(sent === undefined ? {} : { body: sent.body, headers: { 'content-type': sent.type } }),
    });
    return { status: response.status, html: await response.text(), headers: response.headers };
  }
  const suppressionOf = async (email: string) =>
    (await harness.db.doc(`email_suppressions/${hashOf('email', email)}`).get()).data();

  it('GET and HEAD show it, with a form that posts back, and change nothing', async () => {
    const token = linkFor(newEmail());
    const changes = await changesDuring(harness, async () => {
      const page = await ask('GET', token);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(page.html).toContain(`<form method="post" action="?t=${token}">`);
      const head = await ask('HEAD', token);
      expect([head.status, head.html]).toEqual([200, '']);
    });
    expect(changes).toEqual([]);
  });

  it.each<[string, typeof ONE_CLICK | undefined]>([
    ['the form of the page', { body: '', type: 'application/x-www-form-urlencoded' }],
    ['a mail program, by one click (RFC 8058)', ONE_CLICK],
    [
      'a mail program that sends a multipart form',
      {
        body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
        type: 'multipart/form-data; boundary=x',
      },
    ],
    ['nothing but the link', undefined],
  ])('POST by %s suppresses the address and cancels what waits for it', async (_name, sent) => {
    const email = newEmail();
    const waiting = await seedWaiting(harness.db, 'email', email);
    const answer = await ask('POST', linkFor(email), sent);
    expect([answer.status, answer.html.includes('You are unsubscribed')]).toEqual([200, true]);
    expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed', reason: 'unsubscribe' });
    expect((await waiting.get()).data()).toMatchObject({ status: 'cancelled', reason: 'suppressed' });
  });

  it('twice, and five times at once, is the same as once', async () => {
    const email = newEmail();
    const token = linkFor(email);
    await ask('POST', token, ONE_CLICK);
    const first = await suppressionOf(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('POST', token, ONE_CLICK)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await suppressionOf(email)).toMatchObject({
      reason: 'unsubscribe',
      since: first?.['since'] as unknown,
    });
  });

  it('takes a link that the former key signed', async () => {
    const email = newEmail();
    expect((await ask('POST', linkFor(email, {}, KEYS.slice(1)), ONE_CLICK)).status).toBe(200);
    expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed' });
  });

  it('says what its owner said over that it did not work', async () => {
    const email = newEmail();
    const ref = harness.db.doc(`email_suppressions/${hashOf('email', email)}`);
    await ref.set({ status: 'suppressed', reason: 'bounce', since: new Date(1_000) });
    await ask('POST', linkFor(email));
    expect((await ref.get()).get('reason')).toBe('unsubscribe');
  });

  it('answers every bad link alike, and changes nothing', async () => {
    const good = linkFor(newEmail());
    const changes = await changesDuring(harness, async () => {
      const answers = await Promise.all(
        [
          '',
          'x',
          good.slice(0, -2),
          `${good}&t=${good}`,
          linkFor(newEmail(), { expiresAt: new Date(Date.now() - 1_000) }),
          linkFor(newEmail(), { purpose: 'consent' }),
          linkFor(newEmail(), {}, ['somebody else’s key']),
          linkFor(newEmail(), { subject: 'a/b' }),
        ].flatMap((token) => [ask('GET', token), ask('POST', token, ONE_CLICK)]),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
      expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
      expect(answers[0]?.html).toContain('This link does not work');
    });
    expect(changes).toEqual([]);
  });

  it('keeps the link out of caches, frames, scripts and other sites’ logs, whatever it answers', async () => {
    for (const answer of [
      await ask('GET', linkFor(newEmail())),
      await ask('POST', linkFor(newEmail())),
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
      expect(answer.html).not.toMatch(/<script|<img|https?:|v1_/);
    }
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s: 405, and told what there is', async (method) => {
    const answer = await ask(method, linkFor(newEmail()));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it.each(['before', 'after'])('whose process dies %s the commit: the next click does it', async (when) => {
    const email = newEmail();
    const doomed = await harness.serve('unsubscribe', { RECOUP_CRASH_AT: `unsubscribe.${when}-commit` });
    const token = linkFor(email);
    await expect(fetch(`${doomed.origin}/u?t=${token}`, { method: 'POST' })).rejects.toThrow();
    expect((await doomed.exited).signal).toBe('SIGKILL');
    expect((await suppressionOf(email)) !== undefined).toBe(when === 'after');
    expect((await ask('POST', token)).status).toBe(200);
    expect(await suppressionOf(email)).toMatchObject({ status: 'suppressed' });
  });
});
