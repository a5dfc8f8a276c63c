import { dayAfter } from '../londonDay';

/**
 * The day whose Bank Rate counts for a debt, under the policy `fixed_at_start`: for one that becomes overdue from
 * January to June the 31 December before, from July to December the 30 June before. It stays so, however long the debt
 * is unpaid (Late Payment of Commercial Debts (Rate of Interest) (No. 3) Order 2002).
 *
 * @param dueDate 'YYYY-MM-DD'; the debt becomes overdue on the day after it
 */
export function referenceDay(dueDate: string): string {
  const overdueFrom = dayAfter(dueDate, 1);
  const year = Number(overdueFrom.slice(0, 4));
  return overdueFrom.slice(5) < '07-01' ? `${year - 1}-12-31` : `${year}-06-30`;
}
