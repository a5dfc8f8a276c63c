/**
 * The fee that Recoup takes of an amount.
 *
 * @param amount minor units, not negative
 * @param basisPoints 100 = 1 %
 * @returns minor units, half-up; computed in integers, because 1.005 is not 1.005 in binary
 */
export function platformFee(amount: number, basisPoints: number): number {
  return Number((BigInt(amount) * BigInt(basisPoints) + 5_000n) / 10_000n);
}
