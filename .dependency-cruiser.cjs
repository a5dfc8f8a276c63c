/**
 * Imports point down only:
 *   wire (webhooks, pages, scheduled, callable, tasks) > usecases > domain, store, providers > platform
 */
const layer = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ')}`,
  from: { path: `^functions/src/${from}/` },
  to: { path: '^functions/src/', pathNot: [from, ...allowed].map((room) => `^functions/src/${room}/`) },
});

module.exports = {
  forbidden: [
    layer('platform-is-the-ground', 'platform', []),
    layer('domain-is-pure', 'domain', []),
    layer('store-points-down', 'store', ['domain', 'platform']),
    layer('providers-point-down', 'providers', ['domain', 'platform']),
    layer('usecases-point-down', 'usecases', ['domain', 'store', 'providers', 'platform']),
    ...['webhooks', 'pages', 'scheduled', 'callable', 'tasks'].map((room) =>
      layer(`${room}-is-wire-only`, room, ['usecases', 'domain', 'store', 'providers', 'platform', 'wire']),
    ),
    {
      name: 'domain-touches-no-platform-package',
      severity: 'error',
      from: { path: '^functions/src/domain/' },
      to: { path: 'node_modules', pathNot: 'node_modules/(luxon|zod|date-holidays|@types)' },
    },
    {
      name: 'functions-deploy-alone',
      severity: 'error',
      from: { path: '^functions/src/' },
      to: { path: '^(local|test|bench|console)/' },
    },
    {
      name: 'console-goes-through-its-calls',
      severity: 'error',
      comment: 'The console speaks with the server over the wire; of local it knows the sample admin alone.',
      from: { path: '^console/src/' },
      to: { path: '^(functions|local|test|bench)/', pathNot: '^local/sample-day/sampleAdmin' },
    },
    {
      name: 'only-the-local-build-joins-the-local-stack',
      severity: 'error',
      from: { path: '^console/src/', pathNot: '^console/src/local/' },
      to: { path: '^(local/|console/src/local/)', pathNot: '^console/src/local/findLocalStack' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)lib/' },
  },
};
