import { e2eStack, type E2eStack } from '../support/e2eStack';
import { eventually } from '../support/eventually';
import { TUESDAY } from '../support/messageHarness';
import { sandboxRequests } from '../support/sandboxRequests';
import { seedChase } from '../support/seedChase';
import { seedWaiting } from '../support/seedMessage';

const SMS = 10;
/** The emulator starts a process for each task in flight: ten at once take long where others work beside them. */
const LIMIT_MS = 150_000;

describe('the official emulators', () => {
  let stack: E2eStack;
  beforeAll(() => {
    stack = e2eStack();
    stack.travel(TUESDAY);
  });
  afterAll(async () => {
    stack.travel(null);
    await stack.stop();
  });

  it(`carry ${SMS} text messages from the outbox to Twilio, each once, one in a second`, async () => {
    const chases = await Promise.all(Array.from({ length: SMS }, () => seedChase(stack.db)));
    const began = Date.now();
    await Promise.all(
      chases.map(({ phone, invoiceId, freelancerId }) =>
        seedWaiting(stack.db, 'sms', phone, { invoiceId, freelancerId }),
      ),
    );
    const phones = new Set(chases.map(({ phone }) => phone));
    const sent = await eventually(
      'all messages to be sent',
      async () => {
        const accepted = await sandboxRequests(stack.sandboxOrigin, 'twilio');
        const ours = accepted.filter(({ body }) => phones.has(String(body['To'])));
        return ours.length >= SMS ? ours : null;
      },
      LIMIT_MS,
    );
    expect(sent.map(({ body }) => body['To']).sort()).toEqual([...phones].sort());
    // The queue's rate holds for dispatches, and it may begin with two of them; a worker that starts adds to the time.
    const last = Math.max(...sent.map(({ at }) => Date.parse(at)));
    expect(last - began).toBeGreaterThan((SMS - 2) * 1000);
  });

  it('carry an e-mail to SendGrid', async () => {
    const { email, invoiceId, freelancerId } = await seedChase(stack.db);
    const item = await seedWaiting(stack.db, 'email', email, { invoiceId, freelancerId });
    await eventually(
      'the e-mail to be sent',
      async () => ((await item.get()).get('status') === 'sent' ? true : null),
      LIMIT_MS,
    );
    const accepted = await sandboxRequests(stack.sandboxOrigin, 'sendgrid');
    expect(accepted.filter(({ body }) => JSON.stringify(body).includes(item.id))).toHaveLength(1);
  });
});
