/** What every message about an invoice says; a reminder says when it was due as well. */
export const invoiceParams = {
  clientName: 'A Debtor',
  businessName: 'Ada Studio',
  reference: 'INV-0001',
  amount: 10_000,
  currency: 'GBP',
} as const;
