import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { type App, createApp } from './app'
import { publishMenu } from './features/official-account/menu'
import { startTimer } from './job-timer'
import { CannotListen, listen } from './listen'
import type { Environment } from './platform/config/environment'
import { pageHeaders } from './platform/http/page-headers'
import type { Sandbox } from './sandbox'
import { openServices, type Services } from './services'
import { answerWhileStarting } from './starting'

const H5 = 'miniprogram/dist/h5'

/** A running server: what a test or a second process of the same machine needs of it. */
export interface RunningServer {
  readonly url: string
  readonly services: Services
  readonly app: App
  /** The local WeChat; the embedded profile only. */
  readonly sandbox: Sandbox | null
  close(): Promise<void>
}

/** Opens the product behind one port. The port is taken first, so that a second start says so at once. */
export async function openServer(environment: Environment, root: string): Promise<RunningServer> {
  const { PROFILE, PORT, HOST } = environment
  const host = HOST ?? (PROFILE === 'embedded' ? '127.0.0.1' : '::')
  let ready: Hono | undefined
  const { server, port } = await listen(
    (request, connection) => ready?.fetch(request, connection) ?? answerWhileStarting(request),
    { host, port: PORT },
  )
  const stopListening = () => {
    server.close()
    server.closeAllConnections()
  }
  try {
    const url = `http://${host === '::' || host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
    if (PROFILE === 'embedded') await askOneself(url, host, port)
    const services = await openServices({ environment, ownUrl: url, root })
    let wake = () => {}
    const app = createApp(services, () => wake())
    const sandbox =
      PROFILE === 'embedded'
        ? await openLocalWechat(app, services, { url, publicUrl: environment.PUBLIC_URL ?? url, root })
        : null
    ready = wholeOf(app, sandbox, { root, storeUrl: environment.S3_ENDPOINT ?? null })
    // So that the local official account shows what `push-menu` shows under the real one.
    if (sandbox)
      await publishMenu(services.wechat).catch((cause: unknown) => {
        // Its database may be away for a moment, which is no reason to serve nobody.
        services.log.error('menu.not-published', {}, cause)
      })
    const timer = startTimer(services, app.jobs)
    wake = timer.wake
    return {
      url,
      services,
      app,
      sandbox,
      close: async () => {
        stopListening()
        await timer.stop()
        sandbox?.close()
        for (const close of services.closers) await close()
      },
    }
  } catch (cause) {
    stopListening()
    throw cause
  }
}

/** The product asks the local WeChat by fetch, which keeps away from some ports (bad ports of the Fetch standard). */
const askOneself = (url: string, host: string, port: number) =>
  fetch(url).catch(({ cause }: { readonly cause?: Error }) => {
    if (cause?.message === 'bad port')
      throw new CannotListen(host, port, Object.assign(cause, { code: 'EBADPORT' }))
  })

async function openLocalWechat(
  app: App,
  services: Services,
  { url, publicUrl, root }: { readonly url: string; readonly publicUrl: string; readonly root: string },
) {
  const { loadDemo, openDemo } = await import('./demo')
  const pack = await loadDemo(services, root)
  await app.reference.current()
  return openDemo({ app, services, pack, ownUrl: url, publicUrl, root })
}

const isOfProduct = (path: string) => path.startsWith('/api/')

/** Local WeChat, then the mini program's browser build, then the product's own routes. */
function wholeOf(
  app: App,
  sandbox: Sandbox | null,
  { root, storeUrl }: { readonly root: string; readonly storeUrl: string | null },
) {
  const whole = new Hono()
  const headed = pageHeaders(storeUrl)
  whole.use('/*', (context, next) => (isOfProduct(context.req.path) ? next() : headed(context, next)))
  if (sandbox) whole.route('/', sandbox.routes)
  if (existsSync(join(root, H5))) {
    const pages = serveStatic({ root: relative(process.cwd(), join(root, H5)) })
    // Nothing of the mini program lies under /api: no look at the disk for each call.
    whole.use('/*', (context, next) => (isOfProduct(context.req.path) ? next() : pages(context, next)))
  }
  whole.all('*', (context) => app.app.fetch(context.req.raw, context.env))
  return whole
}
