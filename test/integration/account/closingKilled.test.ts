import { type ClosingWorld, startClosingWorld } from '../../support/closingWorld';
import { type Leaver } from '../../support/seedLeaver';
import { TUESDAY } from '../../support/messageHarness';
import { sandboxRequests } from '../../support/sandboxRequests';

/** More than one page of a walk. */
const INVOICES = 103;

describe('a runner that is killed while it closes an account', () => {
  let world: ClosingWorld;
  beforeAll(async () => {
    world = await startClosingWorld('sendEmail');
  });
  beforeEach(() => world.travel(TUESDAY));
  afterAll(() => world.stop());

  /** What is left of it in the end. */
  async function endOf({ uid, chases, reminderId, templateId, sessionId }: Leaver) {
    const states = await world.db.getAll(
      ...chases.map(({ invoiceId }) => world.db.doc(`escalation_states/${invoiceId}`)),
    );
    const invoices = await world.db.getAll(
      ...chases.map(({ invoiceId }) => world.db.doc(`invoices/${invoiceId}`)),
    );
    const outbox = await world.db.collection('outbox').where('freelancerId', '==', uid).get();
    const rows = await world.db.collection('data_deletion_requests').where('freelancerId', '==', uid).get();
    const toldOf = new Set(chases.map(({ invoiceId }) => `reminders_stopped_${invoiceId}`));
    const sent = world.sent().flatMap(({ outboxId }) => (toldOf.has(outboxId) ? [outboxId] : []));
    const queued = outbox.docs.flatMap(({ id }) => (toldOf.has(id) ? [id] : []));
    return {
      closed: states.filter((state) => state.get('closedReason') === 'account_closed').length,
      chased: invoices.filter((invoice) => invoice.get('nextActionAt') !== null).length,
      // Queued and sent ones are the same; those of an account that is erased are gone from the queue.
      notices: new Set([...queued, ...sent]).size,
      sentTwice: sent.length - new Set(sent).size,
      reminder: (await world.db.doc(`outbox/${reminderId}`).get()).exists,
      recurring: (await world.db.doc(`recurring_invoices/${templateId}`).get()).exists,
      expiry: (await world.read(`checkout_expiries/${sessionId}`))['status'] as string,
      requests: rows.docs.map((row) => String(row.get('event'))).sort(),
      user: (await world.read(`users/${uid}`))['status'] as string,
    };
  }

  const END = {
    closed: 1,
    chased: 0,
    notices: 1,
    sentTwice: 0,
    reminder: false,
    recurring: false,
    expiry: 'pending',
    requests: ['account_closed', 'done', 'requested'],
    user: 'closed',
  };

  it.each([
    'close-account.after-start',
    'close-invoice.before-commit#1',
    'close-invoice.after-commit#3',
    'close-account.after-invoices',
    'close-account.after-subscription',
    'close-account.after-telling',
  ])('at %s: the next one ends as if it had not been', async (crashPoint) => {
    const leaver = await world.seedLeaver(3);
    await world.leave(leaver);
    await world.killJob(crashPoint);
    // Once begun, it can not be kept.
    expect((await world.ask('deleteMyAccount', leaver.uid, { keep: true })).error).toBe(
      'FAILED_PRECONDITION',
    );
    await world.closeAccounts();
    for (const id of await world.messages(leaver.uid, 'pending'))
      await world.dispatch(world.served('sendEmail'), id);
    await world.closeAccounts();
    expect(await endOf(leaver)).toEqual({ ...END, closed: 3, notices: 3 });
    const requests = await sandboxRequests(world.sandbox.origin);
    expect(requests.filter(({ path }) => path === `/v1/subscriptions/${leaver.subscriptionId}`)).toHaveLength(
      1,
    );
  });

  it.each(['close-account.before-finish', 'close-account.after-finish'])(
    'at %s: it is closed once',
    async (crashPoint) => {
      const leaver = await world.seedLeaver(1);
      await world.leave(leaver);
      await world.closeAccounts();
      for (const id of await world.messages(leaver.uid, 'pending'))
        await world.dispatch(world.served('sendEmail'), id);
      await world.killJob(crashPoint);
      await world.closeAccounts();
      expect(await endOf(leaver)).toEqual(END);
    },
  );

  it(`of ${INVOICES} invoices, between two pages: none is left out, none told twice`, async () => {
    const leaver = await world.seedLeaver(INVOICES);
    await world.leave(leaver);
    await world.killJob('close-account.after-page');
    expect((await world.read(`users/${leaver.uid}`))['closing']).toMatchObject({
      invoicesDone: expect.any(String) as unknown,
    });
    await world.closeAccounts();
    expect(await endOf(leaver)).toMatchObject({ closed: INVOICES, chased: 0, notices: INVOICES });
  });

  it.each(['delete-account.before-commit', 'delete-account.after-commit'])(
    'or when it is asked for, at %s: there is one request, and one end of the grace',
    async (crashPoint) => {
      const leaver = await world.seedLeaver(1);
      const doomed = await world.serve('deleteMyAccount', { RECOUP_CRASH_AT: crashPoint });
      await expect(world.call(doomed, leaver.uid, {})).rejects.toThrow();
      expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
      const answer = await world.ask('deleteMyAccount', leaver.uid, {});
      expect(answer.result).toEqual({
        status: 'closing',
        closesAt: new Date(Date.parse(TUESDAY) + 72 * 3_600_000).toISOString(),
      });
      const rows = await world.db
        .collection('data_deletion_requests')
        .where('freelancerId', '==', leaver.uid)
        .get();
      expect(rows.size).toBe(1);
    },
  );
});
