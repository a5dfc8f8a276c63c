/**
 * Takes the place of re2js in the console's script (local/bundleConsole.mjs). Firestore's client compiles regular
 * expressions in one case, a pipeline that filters by one, which the console never builds; the engine for it would be a
 * fifth of the script.
 */
export const RE2JS = {
  compile: (): never => {
    throw new Error('The console has no regular expressions in its queries.');
  },
};
