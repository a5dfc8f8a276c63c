/** What one look at everything that carries an address came to. */
export interface Look {
  /** All of it was looked at, and nothing threw. */
  readonly complete: boolean;
  /** Invoices that keep what their claim needs. */
  readonly openInvoices: number;
}
