import { type Browser, type Page } from 'playwright-core';
import { signLink } from '../../functions/src/platform/signedLink';
import { axeFaults, startBrowser } from '../support/consolePage';
import { e2eStack, type E2eStack } from '../support/e2eStack';
import { localSecret } from '../support/sandboxSettings';
import { seedInvoice } from '../support/seed';
import { hashOf } from '../support/seedMessage';
import { newId } from '../support/stripeEvents';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;

describe('the pages behind the links in messages', () => {
  let stack: E2eStack;
  let browser: Browser;
  let page: Page;
  const email = `${newId('debtor')}@client.example`;
  const clientId = newId('client');
  let invoiceId: string;

  beforeAll(async () => {
    stack = e2eStack();
    const seeded = await seedInvoice(stack.db, { clientId, clientEmail: email, status: 'overdue' });
    ({ invoiceId } = seeded);
    await stack.db.doc(`clients/${clientId}`).set({
      freelancerId: seeded.freelancerId,
      name: 'A Debtor',
      email,
      phone: null,
      contactPermissions: { email: { status: 'granted' }, sms: { status: 'unknown' } },
    });
    browser = await startBrowser();
    page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  const linkTo = (path: 'c' | 'u'): string => {
    const now = Date.now();
    const token = signLink([localSecret('LINK_SIGNING_KEY', 0)], {
      purpose: path === 'c' ? 'consent' : 'unsubscribe',
      subject: hashOf('email', email),
      issuedAt: new Date(now - HOUR_MS),
      expiresAt: new Date(now + HOUR_MS),
      invoiceId,
    });
    return `${stack.hostingOrigin}/${path}?t=${token}`;
  };

  /** The page is this one, breaks no rule of accessibility, and fits on a phone. */
  async function expectPage(title: string): Promise<void> {
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    expect([title, await axeFaults(page)]).toEqual([title, []]);
    // The policy lets its one style in.
    expect(await page.evaluate<string>('getComputedStyle(document.body).overflowWrap')).toBe('anywhere');
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect([title, wide]).toEqual([title, 0]);
  }

  it('show a debtor what is held and his invoice, and take his choice by the keyboard alone', async () => {
    await page.goto(linkTo('c'));
    await expectPage('How you are contacted');
    expect(await page.getByRole('link', { name: /pay it/ }).getAttribute('href')).toContain(invoiceId);
    await page.getByRole('radio', { name: 'By e-mail only' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expectPage('Your choice is saved');
    const client = await stack.db.doc(`clients/${clientId}`).get();
    expect(client.get('contactPermissions.email.status')).toBe('withdrawn');
  });

  it('unsubscribe an address with one press', async () => {
    await page.goto(linkTo('u'));
    await expectPage('Unsubscribe');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expectPage('You are unsubscribed');
  });

  it.each(['c', 'u'])('say of a wrong link to /%s that it does not work, and no more', async (path) => {
    await page.goto(`${stack.hostingOrigin}/${path}?t=made.up.entirely`);
    await expectPage('This link does not work');
  });
});
