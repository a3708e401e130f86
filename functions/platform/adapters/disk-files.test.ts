import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createFilePostRoutes } from '../../features/application'
import type { HttpEnv } from '../http/environment'
import { createErrorHandler } from '../http/problem'
import { filesContract } from '../ports/files.contract'
import { createDiskFiles } from './disk-files'
import { createLog } from './log'

filesContract('disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  let now = Date.now()
  const app = new Hono<HttpEnv>()
  app.onError(createErrorHandler(createLog('silent')))
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve) => {
      const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve({ server: listening, port: info.port }),
      )
    },
  )
  const files = createDiskFiles({
    folder,
    secret: new Uint8Array(32),
    postUrl: `http://127.0.0.1:${port}/api/files`,
    clock: { now: () => new Date(now).toISOString() as Instant },
  })
  app.route('/', createFilePostRoutes({ files, receiver: files }))
  return {
    files,
    now: () => new Date(now).toISOString() as Instant,
    advance: (seconds) => {
      now += seconds * 1000
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
})
