import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const clockAndRandom = [
  { object: 'Date', property: 'now', message: 'Take the time from deps.clock (platform/clock).' },
  { object: 'Math', property: 'random', message: 'Take randomness from deps.random (platform/random).' },
];

/** What a namespace does not use of zod stays out of a function's bundle (docs/decisions/0008). */
const zodAsNamespace = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
  message: "Write import * as z from 'zod'.",
};

export default tseslint.config(
  { ignores: ['**/lib/**', '**/node_modules/**', 'coverage/**', 'console/public/**', '**/*.cjs'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    // The clock and randomness are injected: a decision that reads them by itself can not be tested or replayed.
    files: ['functions/src/**/*.ts'],
    ignores: ['functions/src/platform/**'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndRandom],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time from deps.clock (platform/clock).',
        },
        zodAsNamespace,
      ],
    },
  },
  { files: ['functions/src/platform/**/*.ts'], rules: { 'no-restricted-syntax': ['error', zodAsNamespace] } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  { files: ['local/**/*.ts', 'bench/**/*.ts', 'test/load/**/*.ts'], rules: { 'no-console': 'off' } },
);
