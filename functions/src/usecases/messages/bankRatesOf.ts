import { type BankRates, bankRatesSchema } from '../../domain/interest/bankRates';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';

/**
 * The Bank Rates as operators have entered them. A table that does not fit is as good as an empty one, and is told: it
 * stops interest, and not the chase.
 */
export async function bankRatesOf({ db }: Pick<Deps, 'db'>): Promise<Pick<BankRates, 'rates'>> {
  const table = await collections.systemConfig(db, 'bank_rates').get();
  try {
    return decode(bankRatesSchema, table) ?? bankRatesSchema.parse({});
  } catch {
    log.bankRateMissing({ invoiceId: null, reason: 'the table does not fit' });
    return { rates: {} };
  }
}
