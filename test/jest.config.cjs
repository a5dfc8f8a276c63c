/** Tests are TypeScript; swc only strips the types, `tsc -b` checks them. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/lib/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/lib'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  testSequencer: '<rootDir>/longestFirst.cjs',
  // Each suite starts servers of its own; the machine that counts has two cores.
  maxWorkers: 2,
};
