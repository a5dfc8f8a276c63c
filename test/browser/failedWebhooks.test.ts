import { type Browser } from 'playwright-core';
import { type ConsolePage, makeAdminOnce, openConsole, startBrowser } from '../support/consolePage';
import { e2eStack, type E2eStack } from '../support/e2eStack';
import { control } from '../support/sandboxControl';
import { putPayment } from '../support/sandboxStripe';
import { seedInvoice } from '../support/seed';
import { signIn } from '../support/signIn';
import { newId } from '../support/stripeEvents';
import { newPayment, newRefund, says, type StripeEvent } from '../support/stripePayment';
import { post } from '../support/webhookHarness';

jest.setTimeout(120_000);

/** How soon the console shows what has failed. */
const SHOWN_WITHIN_MS = 5_000;

describe('the console and failed webhooks', () => {
  let stack: E2eStack;
  let browser: Browser;
  let desk: ConsolePage;
  let sandbox: { origin: string };

  beforeAll(async () => {
    stack = e2eStack();
    sandbox = { origin: stack.sandboxOrigin };
    await makeAdminOnce(stack);
    browser = await startBrowser();
    desk = await openConsole(browser, stack);
    await desk.signInAsSample();
    await desk.go('#/webhooks');
  }, 120_000);
  afterAll(async () => {
    await control(sandbox, 'DELETE', 'faults');
    await browser.close();
    await stack.stop();
  });

  /** A refund of a payment that we have not seen: Stripe has to be asked, and does not answer. */
  async function failRefund(): Promise<StripeEvent> {
    const invoice = await seedInvoice(stack.db);
    const payment = newPayment(invoice);
    const made = newRefund(1_000);
    await putPayment(sandbox, payment, [made]);
    await control(sandbox, 'POST', 'faults', { provider: 'stripe', mode: 'unavailable' });
    const event = says.refund(payment, 'created', made);
    const answer = await post(`${stack.hostingOrigin}/api/webhook/stripe`, JSON.stringify(event));
    expect(answer.status).toBe(500);
    return event;
  }

  const itemOf = ({ id }: StripeEvent) =>
    desk.page.getByRole('list', { name: 'Failed webhooks' }).getByRole('listitem').filter({ hasText: id });

  it('lets in nobody but admins', async () => {
    const email = `${newId('freelancer')}@console.example`;
    await signIn(stack.authHost, email, { verified: true });
    const other = await openConsole(browser, stack);
    await other.page.getByLabel('E-mail').fill(email);
    await other.page.getByLabel('Password').fill('wrong');
    await other.page.keyboard.press('Enter');
    await other.page.getByRole('alert').filter({ hasText: 'You were not signed in' }).waitFor();
    await other.page.getByLabel('Password').fill('only-for-tests');
    await other.page.keyboard.press('Enter');
    await other.page.getByRole('heading', { name: 'This is for admins' }).waitFor();
    expect(await other.page.getByRole('navigation').count()).toBe(0);
    await other.close();
  });

  it('shows a failure within five seconds, replays it, and it drains', async () => {
    const event = await failRefund();
    const failedAt = performance.now();
    await itemOf(event).waitFor({ timeout: SHOWN_WITHIN_MS });
    const shownAfter = performance.now() - failedAt;
    await itemOf(event).getByText('stripe_unavailable').waitFor();

    // Stripe is still away: a replay says so, and the event stays.
    await itemOf(event).getByRole('button', { name: 'Replay' }).click();
    await desk.page.getByRole('status').filter({ hasText: 'rescheduled' }).waitFor();
    expect(await itemOf(event).count()).toBe(1);

    await control(sandbox, 'DELETE', 'faults');
    const replayedAt = performance.now();
    await itemOf(event).getByRole('button', { name: 'Replay' }).click();
    await desk.page.getByRole('status').filter({ hasText: 'refund.created: resolved' }).waitFor();
    await itemOf(event).waitFor({ state: 'detached', timeout: SHOWN_WITHIN_MS });
    const drainedAfter = performance.now() - replayedAt;
    process.stderr.write(
      `a failure is shown after ${Math.round(shownAfter)} ms, and gone ${Math.round(drainedAfter)} ms after its replay\n`,
    );
    expect((await stack.db.doc(`failed_webhooks/stripe_${event.id}`).get()).get('status')).toBe('resolved');
  });

  it('discards one by the keyboard alone, with the reason in the audit log', async () => {
    const event = await failRefund();
    await control(sandbox, 'DELETE', 'faults');
    await itemOf(event).waitFor({ timeout: SHOWN_WITHIN_MS });
    await itemOf(event).getByRole('button', { name: 'Replay' }).focus();
    await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.press('Enter');
    const dialog = desk.page.getByRole('dialog', { name: 'Discard refund.created' });
    await dialog.waitFor();
    await desk.page.keyboard.type('seen twice');
    await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('status').filter({ hasText: 'refund.created: discarded' }).waitFor();
    await itemOf(event).waitFor({ state: 'detached' });
    const logged = await stack.db
      .collection('audit_log')
      .where('target', '==', `stripe_${event.id}`)
      .where('action', '==', 'discardFailedWebhook')
      .get();
    expect(logged.docs.map((row): unknown => row.get('reason'))).toEqual(['seen twice']);
  });

  it('gave the browser nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
