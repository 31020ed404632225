// The tests run as tsc compiled them, as native ES modules: what is tested is what runs. `node test/run.mjs` calls this.
const out = process.env.BUILD_DIR ?? 'dist';

export default {
  rootDir: '.',
  roots: [`<rootDir>/${out}/test`],
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  transform: {},
  maxWorkers: 2,
  // Every file in a worker, also a single one: what hangs or swells there can be ended from outside.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 180_000,
  verbose: false,
  watchman: false,
  // Beside the tests, so that the slowest files of the last run go first.
  cacheDirectory: `<rootDir>/${out}/.jest`,
  globalSetup: `<rootDir>/${out}/test/support/global-setup.js`,
  globalTeardown: `<rootDir>/${out}/test/support/global-teardown.js`,
  reporters: ['<rootDir>/test/support/reporter.mjs'],
};
