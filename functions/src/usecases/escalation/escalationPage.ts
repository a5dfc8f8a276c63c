/** One page of a run: the invoices that were due at `now`, after this place in their order. */
export interface EscalationPage {
  readonly runId: string;
  readonly token: number;
  /** 0 is the run's own. */
  readonly page: number;
  readonly after: string | null;
  readonly now: Date;
}
