/**
 * List prices in US dollars, as known in November 2026; check them before you count on them. Firestore: the dearest
 * location's (multi-region), so that no other is dearer. Cloud Run functions: a region of tier 2, as europe-west2 is, request-based.
 */
export const LIST_PRICES = {
  asOf: 'November 2026',
  read: 0.06 / 100_000,
  write: 0.18 / 100_000,
  delete: 0.02 / 100_000,
  request: 0.4 / 1_000_000,
  vcpuSecond: 0.0000336,
  gibSecond: 0.0000035,
} as const;
