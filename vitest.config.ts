import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import LongFirst from './tests/long-first.ts'

/**
 * The server's modules remember nothing outside of what they open, so that one process runs file after file: it reads
 * them once, and the embedded database's code, fast only after a while, stays fast.
 */
const oneProcess = { isolate: false, globalSetup: './tests/county-template.ts' }
const noting = { ...oneProcess, setupFiles: './tests/statements/record.ts' }

export default defineConfig({
  define: { __VERSION__: JSON.stringify('test') },
  test: {
    reporters: ['default', './tests/statements/reporter.ts', './tests/closing-line-reporter.ts'],
    // A busy machine is no fault of the product.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than cores: a file often waits for the database's process, or for a time-out.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          ...noting,
          name: 'unit',
          include: [
            'shared/**/*.test.ts',
            'functions/{platform,simulation}/**/*.test.ts',
            'tests/stories/**/*.test.ts',
          ],
        },
      },
      // Modules that are replaced here, and what they remember, are a file's own.
      {
        extends: true,
        // As Taro's for the browser.
        resolve: { extensions: ['.h5.ts', '.h5.tsx', '.ts', '.tsx', '.mjs', '.js', '.json'] },
        test: { name: 'phone', include: ['miniprogram/src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...noting,
          name: 'integration',
          include: [
            'functions/features/**/*.test.ts',
            'functions/sandbox/**/*.test.ts',
            'tests/{access,product,wechat}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: { ...oneProcess, name: 'structure', include: ['tests/structure/**/*.test.ts'] },
      },
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
          ...oneProcess,
          name: 'weapp',
          include: ['tests/{photos,weapp}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...oneProcess,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['./tests/county-template.ts', './tests/e2e/built-pages.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A browser and a server each. Of three one waits at any time, for its page or for what a question lets pass.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
