/** Making one takes longer than all else that is calculated for a payment. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * An amount as a person in the UK reads it: `£1,250.00`.
 *
 * @param amount minor units; how many make a major unit is taken from the currency (JPY has none)
 * @param currency ISO 4217 in capitals; one that the runtime does not know is written behind the plain number
 */
export function formatMoney(amount: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  let format = formats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    formats.set(currency, format);
  }
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
