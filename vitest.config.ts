import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { __VERSION__: JSON.stringify('test') },
  test: {
    reporters: ['default', './tests/closing-line-reporter.ts'],
    // A busy machine is no fault of the product.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Else one core of two stands idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['shared/**/*.test.ts', 'functions/platform/**/*.test.ts', 'miniprogram/src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [
            'functions/features/**/*.test.ts',
            'functions/sandbox/**/*.test.ts',
            'tests/{access,product,wechat}/**/*.test.ts',
          ],
          globalSetup: ['./tests/pglite-template.ts', './tests/county-template.ts'],
        },
      },
      { extends: true, test: { name: 'structure', include: ['tests/structure/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'services',
          include: ['tests/services/**/*.test.ts', 'functions/platform/adapters/redis.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'weapp',
          include: ['tests/weapp/**/*.test.ts'],
          globalSetup: './tests/county-template.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: './tests/county-template.ts',
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A browser and a server each: more of them would only wait for one another.
          maxWorkers: 2,
        },
      },
    ],
  },
})
