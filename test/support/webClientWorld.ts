import { join } from 'node:path';
import { docSnippets, SnippetBook } from './docSnippets';
import { e2eStack, type E2eStack } from './e2eStack';
import { newId } from './stripeEvents';
import { says, type StripePayment } from './stripePayment';
import { watched, type Watched } from './watched';
import { startWebClient, type WebClient } from './webClient';
import { post } from './webhookHarness';

/** A freelancer and his debtor, each with the web SDK, who do what docs/web-client.md says. */
export interface WebClientWorld {
  readonly stack: E2eStack;
  readonly book: SnippetBook;
  readonly freelancer: WebClient;
  readonly debtor: WebClient;
  /** The freelancer's connected account. */
  readonly account: string;
  /** The debtor, as the freelancer's client. */
  readonly clientId: string;
  /** A draft for the debtor. @returns its id */
  readonly createDraft: (fields?: object) => Promise<string>;
  /** An invoice that was sent to the debtor. @returns its id */
  readonly sent: (fields?: object) => Promise<string>;
  /** Opens one of the document's listeners. */
  readonly watch: <T>(name: string, context: object) => Promise<Watched<T>>;
  /** Closes the listeners that `watch` has opened. */
  readonly endWatches: () => void;
  /** Stripe's event, signed, through Hosting: as it arrives in production. @returns status and body of the answer */
  readonly deliver: (payment: StripePayment) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

export async function startWebClientWorld(): Promise<WebClientWorld> {
  const stack = e2eStack();
  const book = new SnippetBook(docSnippets(join(__dirname, '../../docs/web-client.md')));
  const account = newId('acct');
  const watches: { end(): void }[] = [];
  const start = (role: string): Promise<WebClient> =>
    startWebClient(stack, book, `${newId(role)}@web.example`, { verified: true });
  const [freelancer, debtor] = await Promise.all([start('freelancer'), start('debtor')]);
  await book.call('saveProfile', { ...freelancer, profile: { businessName: 'Ada Studio' } });
  await stack.db.doc(`users/${freelancer.uid}`).update({ stripeAccountId: account });
  const clientId = await book.call<string>('saveClient', {
    ...freelancer,
    client: { clientId: newId('client'), name: 'Bertie', email: debtor.email, debtorKind: 'business' },
  });
  const createDraft = (fields: object = {}): Promise<string> => {
    const draft = {
      reference: 'INV-1',
      clientId,
      amount: 12_500,
      currency: 'GBP',
      issueDate: '2026-11-01',
      dueDate: '2099-01-31',
      items: [{ description: 'Work', quantity: 1, unitAmount: 12_500, amount: 12_500 }],
      ...fields,
    };
    return book.call<string>('createDraft', { ...freelancer, draft });
  };
  return {
    stack,
    book,
    freelancer,
    debtor,
    account,
    clientId,
    createDraft,
    sent: async (fields) => {
      const invoiceId = await createDraft(fields);
      const status = await book.call('sendInvoice', { ...freelancer, invoiceId });
      if (status !== 'sent') throw new Error(`the invoice was to be sent, and is ${String(status)}`);
      return invoiceId;
    },
    watch: async <T>(name: string, context: object) => {
      const watching = await watched<T>((handlers) => book.call(name, { ...context, ...handlers }));
      watches.push(watching);
      return watching;
    },
    endWatches: () => {
      for (const watching of watches.splice(0)) watching.end();
    },
    deliver: async (payment) => {
      const url = `${stack.hostingOrigin}/api/webhook/stripe`;
      const { status, body } = await post(url, JSON.stringify(says.sessionPaid(payment, { account })));
      return [status, body];
    },
    stop: async () => {
      await Promise.all([freelancer.stop(), debtor.stop()]);
      await stack.stop();
    },
  };
}
