// Makes a file of functions/src count its branches. The counting is put into the TypeScript itself, before any compiler
// sees it: what esbuild bundles and what swc strips for a suite then have the same branches, and counts only need adding.
const { join, relative, sep } = require('node:path');
const { createInstrumenter } = require('istanbul-lib-instrument');

const root = join(__dirname, '../..');
const OPTIONS = { esModules: true, compact: false, parserPlugins: ['typescript'] };

/**
 * @param {string} source
 * @param {string} path absolute
 * @returns what to compile instead, and the file's branches with nothing counted yet; `path` is from the repository's root
 */
exports.instrument = (source, path) => {
  const name = relative(root, path).split(sep).join('/');
  const instrumenter = createInstrumenter(OPTIONS);
  const code = instrumenter.instrumentSync(source, name);
  const { b: counts, branchMap } = instrumenter.lastFileCoverage();
  return { code, path: name, counts, branchMap };
};

exports.isMeasured = (path) => /[\\/]functions[\\/]src[\\/].+\.ts$/.test(path);
