// How the bundle holds Firebase's packages: one file beside the handlers, of which each loads the part that it names.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The parts of Firebase's packages that are used, in one file for all handlers: they share classes. A handler loads the
 * part that it names. What these packages share with the Firebase CLI they keep in globals, made for several copies.
 */
const FIREBASE = [
  'firebase-admin/app',
  'firebase-admin/auth',
  'firebase-admin/firestore',
  'firebase-admin/functions',
  'firebase-functions/logger',
  'firebase-functions/params',
  'firebase-functions/v2/firestore',
  'firebase-functions/v2/https',
  'firebase-functions/v2/identity',
  'firebase-functions/v2/options',
  'firebase-functions/v2/scheduler',
  'firebase-functions/v2/tasks',
];

const PARTS = `const parts = { ${FIREBASE.map((name) => `'${name}': () => require('${name}')`).join(', ')} };`;

/** The one file. Every part is loaded when it is first asked for. */
export const firebaseInOneFile = () => `exports.load = (name) => parts[name]();\n${PARTS}`;

/**
 * What handlers ask: the one file where a process serves one function, as in production, and the packages themselves
 * where a tool of Firebase's has them in memory anyway: the functions emulator, and the CLI that looks for what to deploy.
 */
export const firebaseDoor = () => `const { FUNCTION_TARGET, FUNCTIONS_EMULATOR } = process.env;
exports.load = FUNCTION_TARGET !== undefined && FUNCTIONS_EMULATOR !== 'true'
  ? require('./firebaseInOneFile.js').load
  : (name) => parts[name]();
${PARTS}`;

/** @param {string} up the way from the file to the bundle's folder */
export const firebaseOutside = (up) => ({
  name: 'firebase-outside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^firebase-(admin|functions)($|\/)/ }, ({ path }) => {
      if (FIREBASE.includes(path)) return { path, namespace: 'firebase' };
      return {
        errors: [{ text: `${path} is not in the bundle of Firebase's packages: add it to FIREBASE.` }],
      };
    });
    onResolve({ filter: /\/packages\/firebase\.js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'firebase' }, ({ path }) => ({
      contents: `module.exports = require('${up}packages/firebase.js').load('${path}');`,
    }));
  },
});

/**
 * firebase-functions loads the verification of tokens and its libraries, a good hundred files, with every HTTPS function,
 * also with those that verify none. Here it loads them with the first token.
 */
export const tokensWhenAsked = {
  name: 'tokens-when-asked',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^firebase-admin\/(auth|app-check)$/ }, ({ path, importer }) =>
      importer.includes('firebase-functions') ? { path, namespace: 'when-asked' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'when-asked' }, ({ path }) => ({
      contents: `for (const name of ['getAuth', 'getAppCheck'])
        exports[name] = (...parameters) => require('${path}')[name](...parameters);`,
      resolveDir: join(dirname(dirname(fileURLToPath(import.meta.url))), 'functions'),
    }));
  },
};
