import { Session } from 'node:inspector/promises'
import { serve } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import { createApp } from '../../functions/app'
import { readEnvironment } from '../../functions/platform/config/environment'
import { openServices } from '../../functions/services'
import { answerPrepared, PREPARED } from './prepared'

// The product as `functions/server.ts` serves it, without the timer: its jobs run in another process.
const environment = readEnvironment()
const services = await openServices({ environment, ownUrl: '', root: process.cwd() })
const { app } = createApp(services, () => undefined)
answerPrepared(() => services.database.rows(sql.raw(PREPARED)), environment.DATABASE_CONNECTIONS)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))

const inspector = new Session()
process.on('message', async (message) => {
  if (message === 'profile') {
    inspector.connect()
    await inspector.post('Profiler.enable')
    await inspector.post('Profiler.start')
    process.send?.({ started: true })
  }
  if (message === 'profiled') process.send?.(await inspector.post('Profiler.stop'))
})
