import { serve } from '@hono/node-server'
import { createApp } from '../../functions/app'
import { readEnvironment } from '../../functions/platform/config/environment'
import { openServices } from '../../functions/services'

// The product as `functions/server.ts` serves it, without the timer: its jobs run in another process.
const services = await openServices({ environment: readEnvironment(), ownUrl: '', root: process.cwd() })
const { app } = createApp(services, () => undefined)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))
