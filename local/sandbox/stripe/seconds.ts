/** Stripe's instants are whole seconds. */
export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
