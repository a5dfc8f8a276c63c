// For jest, while branches are counted: a file of functions/src, with the counting put in, then swc as for every other.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const swc = require('@swc/jest');
const { instrument } = require('./instrument.cjs');

exports.createTransformer = (options) => {
  const { process: strip } = swc.createTransformer(options);
  return {
    process: (source, path, transform) => strip(instrument(source, path).code, path, transform),
    getCacheKey: (source, path, { configString }) =>
      createHash('sha256')
        .update(readFileSync(require.resolve('./instrument.cjs')))
        .update([source, path, configString].join('\0'))
        .digest('hex'),
  };
};
