/**
 * The suites that count: the unit tests, and all that enters through a deployed export. Left out are end-to-end tests (the
 * emulators run the functions there), and what plays long stories or loads for other questions. Patterns, as jest takes
 * them.
 */
export const SUITES: readonly string[] = [
  'test/unit/',
  'test/integration/(account|billing|calls|claims|contact|escalation|failures|input|jobs|messages|money|privacy)/',
];
