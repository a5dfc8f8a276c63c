/** How many orders there are of seven. */
export const ORDERS = 5_040;

/** Has no factor in common with 5,040, so that steps of this size come by every order once. */
const STRIDE = 1_811;

/**
 * One order of 0 … 6 for each run: of 5,040 runs in a row each has another one.
 *
 * @param run counted from 0
 */
export function permutationOf(run: number, seed: number): number[] {
  let number = (run * STRIDE + (seed % ORDERS)) % ORDERS;
  const left = [0, 1, 2, 3, 4, 5, 6];
  const order: number[] = [];
  for (let size = left.length; size > 0; size -= 1) {
    order.push(...left.splice(number % size, 1));
    number = Math.floor(number / size);
  }
  return order;
}
