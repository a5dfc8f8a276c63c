import { type Data, type Value } from '../model/case';
import { DEBTOR_EMAIL, DEBTOR_HASH, OTHER, OWNER } from '../model/personas';

const then = new Date('2026-03-02T09:00:00Z');

export const visibleStatuses = ['sent', 'overdue', 'in_collections', 'paid', 'disputed', 'refunded'] as const;
export const hiddenStatuses = ['draft', 'cancelled', 'unheard_of'] as const;

const item = { description: 'Brand design', quantity: 1, unitAmount: 95_000, amount: 95_000 };

export const items = (count: number): Data[] => Array.from({ length: count }, () => item);

/** As the web client writes it. */
export const draft: Data = {
  reference: 'INV-0001',
  freelancerId: OWNER,
  clientId: 'client-1',
  clientName: 'Dora',
  amount: 120_000,
  currency: 'GBP',
  status: 'draft',
  issueDate: '2026-03-02',
  dueDate: '2026-03-16',
  items: items(2),
  collectionsEnabled: true,
  createdAt: then,
  updatedAt: then,
};

/** As sendInvoice leaves it. */
export const sent: Data = {
  ...draft,
  status: 'sent',
  clientEmail: DEBTOR_EMAIL,
  clientPhone: '+447700900123',
  amountPaid: 0,
  amountRefunded: 0,
  escalationLevel: 'pending',
  nextActionAt: then,
  sentAt: then,
};

/** The same, sealed. */
export const sealed: Data = { ...sent, clientEmail: 'v1:c2VhbGVk', clientEmailHash: DEBTOR_HASH };

/** What only the server writes, and its cheats. */
export const frozenInvoiceFields: Readonly<Record<string, Value>> = {
  clientEmail: 'mallory@evil.example',
  clientPhone: '+447700900999',
  clientEmailHash: 'v1_00',
  clientPhoneHash: 'v1_00',
  amountPaid: 120_000,
  amountRefunded: 1,
  payments: {},
  checkout: { sessionId: 'cs_1', amount: 1, expiresAt: null, generation: 1 },
  escalationLevel: 'agency',
  nextActionAt: new Date(0),
  paymentClaimStatus: 'resolved',
  sentAt: then,
  paidAt: then,
  notes: 'the freelancer alone',
  lastPaymentError: null,
};

/** What a client may put there, and what it may not: owner and state. */
export const ownershipFields: Readonly<Record<string, Value>> = { freelancerId: OTHER, status: 'paid' };

export const goodDraftFields: readonly (readonly [string, Data])[] = [
  ['reference', { reference: 'r'.repeat(100) }],
  ['reference empty', { reference: '' }],
  ['clientId', { clientId: 'c'.repeat(255) }],
  ['clientName', { clientName: 'd'.repeat(200) }],
  ['amount of 1', { amount: 1 }],
  ['amount of 100,000,000', { amount: 100_000_000 }],
  ['currency', { currency: 'EUR' }],
  ['issueDate', { issueDate: '2026-12-31' }],
  ['dueDate', { dueDate: '2027-09-09' }],
  ['dueDate in autumn', { dueDate: '2026-10-29' }],
  ['no items', { items: [] }],
  ['200 items', { items: items(200) }],
  ['collectionsEnabled', { collectionsEnabled: false }],
  ['createdAt', { createdAt: new Date('2026-03-01T09:00:00Z') }],
  ['updatedAt', { updatedAt: new Date('2026-03-03T09:00:00Z') }],
];

export const badDraftFields: readonly (readonly [string, Data])[] = [
  ['reference of 101', { reference: 'r'.repeat(101) }],
  ['reference a list', { reference: ['r'] }],
  ['reference null', { reference: null }],
  ['clientId of 256', { clientId: 'c'.repeat(256) }],
  ['clientId empty', { clientId: '' }],
  ['clientId a path', { clientId: 'a/b' }],
  ['clientId ..', { clientId: '..' }],
  ['clientName of 201', { clientName: 'd'.repeat(201) }],
  ['clientName a map', { clientName: { a: 'b' } }],
  ['amount of 0', { amount: 0 }],
  ['amount below 0', { amount: -1 }],
  ['amount of 100,000,001', { amount: 100_000_001 }],
  ['amount of half a penny', { amount: 10.5 }],
  ['amount a text', { amount: '120000' }],
  ['currency in small letters', { currency: 'gbp' }],
  ['currency of two letters', { currency: 'GB' }],
  ['currency of four letters', { currency: 'GBPX' }],
  ['issueDate as people write it', { issueDate: '02/03/2026' }],
  ['dueDate in a thirteenth month', { dueDate: '2026-13-01' }],
  ['dueDate on a day 32', { dueDate: '2026-01-32' }],
  ['dueDate with a time', { dueDate: '2026-03-16T00:00:00Z' }],
  ['dueDate a timestamp', { dueDate: then }],
  ['201 items', { items: items(201) }],
  ['items a map', { items: { first: item } }],
  ['collectionsEnabled a text', { collectionsEnabled: 'yes' }],
  ['createdAt a text', { createdAt: '2026-03-02' }],
  ['updatedAt a number', { updatedAt: 0 }],
];
