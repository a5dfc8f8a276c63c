/**
 * The fixed sum for late payment that a business may claim, once for each debt (section 5A of the Late Payment of
 * Commercial Debts (Interest) Act 1998).
 *
 * @param debt pence that were owed when the debt became overdue
 * @returns pence
 */
export function compensation(debt: number): number {
  if (debt < 1_000_00) return 40_00;
  return debt < 10_000_00 ? 70_00 : 100_00;
}
