/** The freelancer of the sample day. Nothing here is a real person, address or secret. */
export const FREELANCER = {
  uid: 'sample-freelancer',
  email: 'ada@studio.example',
  password: 'only-for-the-emulator',
  name: 'Ada Sample',
  businessName: 'Sample Studio',
  stripeAccountId: 'acct_sample',
};

export const CLIENT = {
  name: 'Bertie Ledger',
  company: 'Ledger & Sons Ltd',
  email: 'accounts@ledger.example',
  // Ofcom keeps 07700 900xxx for fiction.
  phone: '+447700900123',
  debtorKind: 'business',
};

/** Whose address does not work. */
export const BOUNCING_CLIENT = {
  name: 'Cora Gone',
  company: null,
  email: 'nobody@moved-away.example',
  phone: null,
  debtorKind: 'business',
};

/** Days until an invoice of today is due. */
export const TERM_DAYS = 14;

/**
 * The first is paid in the course of the day, the second is chased, the third's e-mail comes back. The rest are old
 * ones, for the next run of the chase to look at. Minor units; `dueInDays` counts from today.
 */
export const INVOICES = [
  {
    id: 'sample-invoice-1',
    reference: 'INV-0001',
    dueInDays: TERM_DAYS,
    collectionsEnabled: true,
    items: [
      { description: 'Brand design', quantity: 1, unitAmount: 95_000, amount: 95_000 },
      { description: 'Business cards', quantity: 2, unitAmount: 12_500, amount: 25_000 },
    ],
  },
  {
    id: 'sample-invoice-2',
    reference: 'INV-0002',
    dueInDays: TERM_DAYS,
    collectionsEnabled: true,
    items: [{ description: 'Website upkeep', quantity: 3, unitAmount: 15_000, amount: 45_000 }],
  },
  {
    id: 'sample-invoice-3',
    reference: 'INV-0003',
    dueInDays: TERM_DAYS,
    collectionsEnabled: true,
    items: [{ description: 'Photography', quantity: 1, unitAmount: 60_000, amount: 60_000 }],
  },
  {
    id: 'sample-invoice-4',
    reference: 'INV-0004',
    dueInDays: -8,
    collectionsEnabled: true,
    items: [{ description: 'Illustration', quantity: 1, unitAmount: 30_000, amount: 30_000 }],
  },
  {
    id: 'sample-invoice-5',
    reference: 'INV-0005',
    dueInDays: -20,
    collectionsEnabled: true,
    items: [{ description: 'Typesetting', quantity: 1, unitAmount: 80_000, amount: 80_000 }],
  },
  {
    id: 'sample-invoice-6',
    reference: 'INV-0006',
    dueInDays: -25,
    // The freelancer speaks with this client himself.
    collectionsEnabled: false,
    items: [{ description: 'Copywriting', quantity: 1, unitAmount: 20_000, amount: 20_000 }],
  },
] as const;

/** Minor units. */
export function totalOf(items: readonly { amount: number }[]): number {
  return items.reduce((sum, { amount }) => sum + amount, 0);
}
