/** What one look at everything that carries an address came to. */
export interface Look {
  /** All of it was looked at, and nothing threw. */
  readonly complete: boolean;
  /** Invoices that keep what their claim needs. */
  readonly openInvoices: number;
  /** Messages that keep their contents, for they are not done with, and invoices that wait for such ones. */
  readonly keptMessages: number;
}
