import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Stripe's prefixes and the lengths of what follows them, so that nothing here gets used to short ids. */
const LENGTHS = {
  cs_test_a1: 56,
  pi_3: 23,
  ch_3: 23,
  re_3: 23,
  evt_1: 23,
  req_: 14,
  pm_1: 23,
  txn_3: 23,
  cus_: 14,
  sub_1: 23,
  si_: 14,
  in_1: 23,
  bps_1: 23,
  acct_1: 15,
};

/** A new id in Stripe's form. */
export function newStripeId(prefix: keyof typeof LENGTHS): string {
  const letters = Array.from({ length: LENGTHS[prefix] }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return `${prefix}${letters.join('')}`;
}
