/** The Firestore emulator that `npm test` has started, host:port. */
export function emulatorHost(): string {
  const host = process.env['FIRESTORE_EMULATOR_HOST'];
  if (host === undefined)
    throw new Error('FIRESTORE_EMULATOR_HOST is not set: run the suites with npm test.');
  return host;
}
