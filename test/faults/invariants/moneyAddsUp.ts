import { type Books } from './books';

/** What an invoice says was paid and given back is what its payments say. */
export function moneyAddsUp(books: Books): string[] {
  const payments = books.in('transactions').map(([, row]) => row);
  return books.in('invoices').flatMap(([id, invoice]) => {
    const own = payments.filter((row) => row['invoiceId'] === id && row['applied'] === true);
    const sum = (field: string): number => own.reduce((total, row) => total + Number(row[field] ?? 0), 0);
    const [paid, refunded] = [Number(invoice['amountPaid'] ?? 0), Number(invoice['amountRefunded'] ?? 0)];
    return paid === sum('amount') && refunded === sum('refunded')
      ? []
      : [
          `invoices/${id} says ${paid} paid and ${refunded} refunded, its payments ${sum('amount')} and ${sum('refunded')}`,
        ];
  });
}
