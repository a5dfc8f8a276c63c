import { type Firestore } from 'firebase-admin/firestore';
import { type z } from 'zod';
import { type plansSchema } from '../../domain/gate/plans';
import { type Policy } from '../../domain/gate/policy';
import { type BankRates, bankRatesSchema } from '../../domain/interest/bankRates';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { operatorSettings } from '../gate/operatorSettings';

export interface EscalationSettings {
  readonly policy: Policy;
  readonly plans: z.infer<typeof plansSchema>;
  readonly bankRates: Pick<BankRates, 'rates'>;
}

/** What operators change may take this long to be seen. The send gate looks for itself, at each message. */
const KEPT_MS = 5 * 60 * 1000;

const kept = new WeakMap<Firestore, { readonly at: number; readonly settings: EscalationSettings }>();

/**
 * Policy, plans and Bank Rates as operators have set them, kept for five minutes. A table of rates that does not fit is
 * as good as an empty one: it stops interest, and not the chase.
 *
 * @throws TransientFailure `settings_unusable` when policy or plans do not fit
 */
export async function escalationSettings({
  db,
  clock,
}: Pick<Deps, 'db' | 'clock'>): Promise<EscalationSettings> {
  const now = clock.now().getTime();
  const known = kept.get(db);
  if (known !== undefined && Math.abs(now - known.at) < KEPT_MS) return known.settings;
  const refs = (['policy', 'plans', 'bank_rates'] as const).map((name) => collections.systemConfig(db, name));
  const [policy, plans, rates] = await db.getAll(...refs);
  if (policy === undefined || plans === undefined || rates === undefined)
    throw new Error('Firestore answers for every document that was asked for');
  let bankRates: EscalationSettings['bankRates'];
  try {
    bankRates = decode(bankRatesSchema, rates) ?? bankRatesSchema.parse({});
  } catch {
    log.bankRateMissing({ invoiceId: null, reason: 'the table does not fit' });
    bankRates = { rates: {} };
  }
  const settings = { ...operatorSettings(policy, plans), bankRates };
  kept.set(db, { at: now, settings });
  return settings;
}
