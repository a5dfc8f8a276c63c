// Runs a lane's TypeScript as jest runs the suites: swc strips the types, `tsc -b` has checked them.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

/** While branches are counted: `npm run test:coverage`. */
const isCounted = process.env.RECOUP_COVERAGE !== undefined;
if (isCounted) require('../../local/coverage/inProcess.cjs');
const { instrument, isMeasured } = isCounted ? require('../../local/coverage/instrument.cjs') : {};

const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
Module._extensions['.ts'] = (module, filename) => {
  const options = { filename, jsc, module: { type: 'commonjs' }, swcrc: false };
  const source = readFileSync(filename, 'utf8');
  const counted = isCounted && isMeasured(filename) ? instrument(source, filename).code : source;
  module._compile(transformSync(counted, options).code, filename);
};

// Some imports are written for what is built: `./x.js` is `./x.ts` here.
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  try {
    return resolve.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(this, request.replace(/\.js$/, ''), ...rest);
  }
};

require('./lane.ts');
