import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { type CallAnswer, callFunction } from '../support/callFunction';
import { clerkUser, postAsClerk } from '../support/clerkPost';
import { clerkToken } from '../support/clerkToken';
import { e2eStack, type E2eStack } from '../support/e2eStack';
import { scheduledAt } from '../support/jobTick';
import { seedFailure } from '../support/failedRows';
import { seedInvoice } from '../support/seed';
import { seedMessage } from '../support/seedMessage';
import { type SignedIn, signIn, signInAgain, signInWithCustomToken } from '../support/signIn';
import { newId } from '../support/stripeEvents';
import { newPayment, says } from '../support/stripePayment';

const OPS = join(repositoryRoot, 'local/lib/ops.js');

describe('accounts', () => {
  let stack: E2eStack;
  beforeAll(() => {
    stack = e2eStack();
  });
  afterAll(() => stack.stop());

  const call = (name: string, data: unknown, who?: SignedIn): Promise<CallAnswer> =>
    callFunction(stack.url(name), data, who?.idToken);
  const client = () => ({
    clientId: newId('client'),
    name: 'A Debtor',
    email: 'debtor@client.example',
    debtorKind: 'business',
  });

  it('of a user of Clerk: announced through Hosting, signed in by exchange, and the owner of what he saves', async () => {
    const uid = newId('user');
    const announced = await postAsClerk(
      `${stack.hostingOrigin}/api/webhook/clerk`,
      clerkUser('user.created', uid),
    );
    expect([announced.status, announced.body]).toEqual([200, { received: true, duplicate: false }]);
    const exchanged = await call('exchangeClerkToken', { token: clerkToken(uid) });
    expect(exchanged.error).toBeNull();
    const who = await signInWithCustomToken(stack.authHost, String(exchanged.result['token']));
    expect(who.uid).toBe(uid);
    const input = client();
    expect(await call('saveClient', input, who)).toMatchObject({ error: null });
    const saved = await stack.db.doc(`clients/${input.clientId}`).get();
    expect(saved.get('freelancerId')).toBe(uid);
    expect((await stack.db.doc(`users/${uid}`).get()).get('email')).toBe(`${uid}@studio.example`);
  });

  it('of a user of Firebase alone begins with his first call, and ends what he starts once he leaves', async () => {
    const email = `${newId('ada')}@studio.example`;
    const who = await signIn(stack.authHost, email, { verified: true });
    expect(await call('saveClient', client(), who)).toMatchObject({ error: null });
    const user = stack.db.doc(`users/${who.uid}`);
    expect((await user.get()).data()).toMatchObject({ email, subscriptionTier: 'free', role: 'user' });
    expect((await call('deleteMyAccount', null, who)).result).toMatchObject({ status: 'closing' });
    const refused = await call('saveClient', client(), who);
    expect([refused.error, refused.message]).toEqual([
      'FAILED_PRECONDITION',
      'This account is about to be closed. Keep it first, then try again.',
    ]);
    await call('deleteMyAccount', { keep: true }, who);
    expect(await call('saveClient', client(), who)).toMatchObject({ error: null });
    expect((await user.get()).data()).toMatchObject({ status: 'active', closing: null });
  });

  it('of somebody who leaves ends with his record in Firebase Auth: he signs in no more', async () => {
    const email = `${newId('ada')}@studio.example`;
    const who = await signIn(stack.authHost, email, { verified: true });
    const stays = await signIn(stack.authHost, `${newId('ada')}@studio.example`, { verified: true });
    await call('saveClient', client(), who);
    await call('deleteMyAccount', null, who);
    const user = stack.db.doc(`users/${who.uid}`);
    await user.update({ 'closing.closesAt': new Date(0) });
    expect((await signInAgain(stack.authHost, email)).uid).toBe(who.uid);
    const erasure = async (): Promise<string[]> => {
      const rows = stack.db.collection('data_deletion_requests').where('freelancerId', '==', who.uid);
      return (await rows.get()).docs.map((row) => String(row.get('event'))).sort();
    };
    // One run closes it, and the next one at the latest erases it.
    for (let run = 0; run < 2 && !(await erasure()).includes('done'); run += 1) {
      const headers = {
        'X-CloudScheduler-JobName': 'close-accounts',
        'X-CloudScheduler-ScheduleTime': scheduledAt(),
      };
      const tick = await fetch(stack.url('closeAccounts-0'), { method: 'POST', headers });
      expect([tick.status, await tick.text()]).toEqual([200, expect.anything()]);
    }
    expect(await erasure()).toEqual(['account_closed', 'done', 'requested']);
    await expect(signInAgain(stack.authHost, email)).rejects.toThrow('answered 400');
    // Nobody else's was touched, and a token that is out holds for its hour: it opens nothing that is closed.
    expect(await call('saveClient', client(), stays)).toMatchObject({ error: null });
    expect((await call('saveClient', client(), who)).error).toBe('FAILED_PRECONDITION');
  });

  it('are not needed for what stands behind a link, or says whether all is well', async () => {
    const health = await fetch(`${stack.hostingOrigin}/api/health`);
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    const consent = await fetch(`${stack.hostingOrigin}/c?t=made-up`);
    expect([consent.status, (await consent.text()).includes('This link does not work')]).toEqual([400, true]);
  });

  /** Runs an operator's command on the stack. @returns what it prints as JSON */
  async function ops(...words: string[]): Promise<unknown> {
    const { stdout } = await promisify(execFile)(process.execPath, [OPS, ...words, '--json'], {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        FIRESTORE_EMULATOR_HOST: process.env['RECOUP_E2E_FIRESTORE_HOST'],
        FIREBASE_AUTH_EMULATOR_HOST: stack.authHost,
        FUNCTIONS_EMULATOR_ORIGIN: stack.functionsOrigin,
        PROVIDER_SANDBOX_ORIGIN: stack.sandboxOrigin,
      },
    });
    return JSON.parse(stdout);
  }

  // Some thirty processes, one after the other.
  it('of an admin are made and ended by an operator’s command, which replays what failed as well', async () => {
    const email = `${newId('olga')}@recoup.example`;
    const before = await signIn(stack.authHost, email, { verified: true });
    expect((await call('listFailedWebhooks', {}, before)).error).toBe('PERMISSION_DENIED');
    expect(await ops('grant-admin', email)).toEqual({ uid: before.uid, role: 'admin', signedOut: false });
    // A token from before has no claim yet.
    expect((await call('listFailedWebhooks', {}, before)).error).toBe('PERMISSION_DENIED');
    const admin = await signInAgain(stack.authHost, email);
    expect(await call('listFailedWebhooks', {}, admin)).toMatchObject({ error: null });

    const invoice = await seedInvoice(stack.db);
    const event = says.intentPaid(newPayment(invoice));
    const id = `stripe_${event.id}`;
    await seedFailure(stack.db, event, { status: 'dead_letter', attempts: 8, nextRetryAt: null });
    const listed = z.array(z.object({ id: z.string() })).parse(await ops('webhooks', 'list', '--as', email));
    expect(listed.map((row) => row.id)).toContain(id);
    expect(await ops('webhooks', 'replay', id, '--as', email)).toEqual({
      id,
      outcome: 'resolved',
      code: null,
    });
    expect((await stack.db.doc(`invoices/${invoice.invoiceId}`).get()).get('status')).toBe('paid');
    await expect(ops('webhooks', 'discard', id, '--reason', 'done', '--as', email)).rejects.toThrow(
      'FAILED_PRECONDITION: This event was applied.',
    );

    // Only looked at: the other suites' contact data stays as it is.
    expect(await ops('migrate-pii', '--dry-run', '--as', email)).toMatchObject({
      'clients.changed': expect.any(Number) as number,
    });
    expect(await ops('hash-keys', '--as', email)).toMatchObject([{ version: 1, writes: true, live: true }]);
    await expect(ops('rotate-keys', newId('user'), '--as', email)).rejects.toThrow('NOT_FOUND');
    expect(await ops('webhooks', 'show', id)).toMatchObject({ id, status: 'resolved', attempts: 7 });
    const timeline = await ops('invoice', 'timeline', invoice.invoiceId, '--as', email);
    expect(timeline).toMatchObject({ invoice: { status: 'paid' }, counts: { payment: 1 } });
    const phone = '+447700900817';
    const asked = ['--as', email, '--reason', 'said so on the telephone'];
    expect(await ops('optout', 'set', phone, 'out', ...asked)).toMatchObject({ status: 'opted_out' });
    expect(await ops('optout', 'show', phone, '--as', email)).toMatchObject({ status: 'opted_out' });
    expect(await ops('optout', 'set', phone, 'in', ...asked)).toMatchObject({ status: 'opted_in' });
    const cancelled = await seedMessage(stack.db, 'email', 'debtor@client.example', { status: 'cancelled' });
    const waiting = z
      .array(z.object({ id: z.string(), resendable: z.boolean() }))
      .parse(await ops('outbox', 'list', '--status', 'cancelled', '--as', email));
    expect(waiting).toContainEqual(expect.objectContaining({ id: cancelled.id, resendable: true }));
    expect(await ops('outbox', 'resend', cancelled.id, ...asked)).toMatchObject({
      outboxId: `${cancelled.id}_r1`,
    });
    for (const [words, complaint] of [
      [['outbox', 'sell'], 'Usage'],
      [['outbox', 'list', '--colour', 'red', '--as', email], 'Unknown option'],
      [['outbox', 'list', '--status', 'lost', '--as', email], 'INVALID_ARGUMENT: status'],
      [['outbox', 'list'], 'Who calls?'],
      [['leases', 'list', 'all'], 'more than the command takes: all'],
      [['webhooks', 'discard', id, '--dry-run', '--as', email], 'The command takes no --dry-run.'],
      [['webhooks', 'show', '..'], 'There is no failed event ...'],
      [['outbox', 'resend', cancelled.id, '--as', email], 'The command needs --reason.'],
      [['optout', 'set', phone, 'maybe', '--as', email], 'needs `out` or `in`'],
      [['optout', 'set', phone, 'in', '--as', email], 'The command needs --reason.'],
      [['webhooks', 'show', 'none'], 'There is no failed event none.'],
      [
        ['payments', 'resolve', 'pi_none', '--invoice', 'none', ...asked],
        'NOT_FOUND: There is no such payment.',
      ],
      [['webhooks', 'replay', id, '--project', 'a-project', '--as', email], 'FIRESTORE_EMULATOR_HOST is set'],
    ] as const)
      await expect(ops(...words)).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(complaint) as string,
      });

    const findings = z
      .array(z.object({ check: z.string(), severity: z.string() }))
      .parse(await ops('doctor'));
    expect(findings.filter(({ severity }) => severity !== 'warning')).toEqual([]);

    expect(await ops('revoke-admin', email)).toEqual({ uid: admin.uid, role: 'user', signedOut: true });
    expect((await call('listFailedWebhooks', {}, admin)).error).toBe('PERMISSION_DENIED');
    const after = await signInAgain(stack.authHost, email);
    const [, payload = ''] = after.idToken.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).not.toHaveProperty('admin');
    const rows = await stack.db.collection('audit_log').where('target', '==', admin.uid).get();
    expect(rows.docs.map((row) => [String(row.get('action')), String(row.get('via'))]).sort()).toEqual([
      ['grantAdmin', 'ops'],
      ['revokeAdmin', 'ops'],
    ]);
  }, 180_000);
});
