const { join } = require('node:path');

const swc = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } };
const coverage = join(__dirname, '../local/coverage');
/** While branches are counted: `npm run test:coverage` says where. */
const isCounted = process.env.RECOUP_COVERAGE !== undefined;

/** Tests are TypeScript; swc only strips the types, `tsc -b` checks them. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/lib/'],
  transform: {
    ...(isCounted ? { '/functions/src/.+\\.ts$': [join(coverage, 'transform.cjs'), swc] } : {}),
    '^.+\\.ts$': ['@swc/jest', swc],
  },
  setupFilesAfterEnv: isCounted ? [join(coverage, 'inSuite.cjs')] : [],
  modulePathIgnorePatterns: ['<rootDir>/lib'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  // Each suite starts servers of its own; the machine that counts has two cores.
  maxWorkers: 2,
};
