/**
 * The suites that count: all that enters through a deployed export and does not wait on purpose, and the unit tests. Left out
 * are end-to-end tests (the emulators run the functions there), and what plays long stories for other questions.
 */
export const SUITES: readonly string[] = [
  'test/unit/',
  'test/integration/(claims|calls|escalation|failures|input|jobs|messages|money)/',
];
