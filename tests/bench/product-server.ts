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
// So that a profile is written.
process.on('SIGTERM', () => process.exit(0))
