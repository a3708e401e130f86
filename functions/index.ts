import { createApp } from './app'
import { waitUntil } from './platform/adapters/wait-until'
import { readEnvironment } from './platform/config/environment'
import { openServices } from './services'
// Read with the entry: as a part loaded later it would cost each cold start its own turn.
import './platform/adapters/neon'

async function open() {
  const environment = readEnvironment()
  const services = await openServices({
    environment,
    ownUrl: environment.PUBLIC_URL ?? '',
    root: process.cwd(),
  })
  const app = createApp(services, () => waitUntil(app.jobs['drain-reminders']()), waitUntil)
  return app.app
}

let opened: ReturnType<typeof open> | undefined

/** The serverless entry: one app an instance, opened by its first request. */
export default {
  fetch: async (request: Request) => {
    opened ??= open().catch((cause) => {
      opened = undefined
      throw cause
    })
    return (await opened).fetch(request)
  },
}
