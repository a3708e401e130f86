import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createApp } from './app'
import { JOB_SCHEDULES, type JobName, nextRun } from './jobs'
import { FolderInUse } from './platform/adapters/pglite'
import { EnvironmentFault, readEnvironment } from './platform/config/environment'
import { openServices, type Services } from './services'

const root = resolve('.')
const H5 = 'miniprogram/dist/h5'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** One sentence for what an operator can mend; the rest is a defect and keeps its stack. */
function sentenceOf(cause: unknown): string | undefined {
  if (cause instanceof EnvironmentFault) return cause.message
  if (cause instanceof FolderInUse) return `数据目录正被另一个进程使用：${cause.message}`
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  if (cause.code === 'EADDRINUSE' && 'port' in cause)
    return `端口 ${cause.port} 已被占用，换一个：PORT=${Number(cause.port) + 1} npm start`
  if (cause.code === 'EACCES' || cause.code === 'EROFS' || cause.code === 'ENOTDIR')
    return `数据目录不能写：${cause.message}`
  return undefined
}

function listen(fetch: (request: Request) => Response | Promise<Response>, host: string, port: number) {
  return new Promise<{ server: ServerType; port: number }>((done, failed) => {
    const server = serve({ fetch, hostname: host, port }, (info) => done({ server, port: info.port }))
    server.once('error', failed)
  })
}

/** Runs each job when the product's clock reaches it, one at a time; what was missed while nobody ran comes first. */
function startTimer(jobs: Readonly<Record<JobName, () => Promise<unknown>>>, { clock, log }: Services) {
  const names = Object.keys(JOB_SCHEDULES) as JobName[]
  const next = new Map<JobName, string>()
  let running = false
  let wanted = true
  const tick = async () => {
    if (running) return
    running = true
    try {
      for (const name of names) {
        const due = next.get(name)
        const now = clock.now()
        if (due === undefined || due <= now || (name === 'drain-reminders' && wanted)) {
          if (name === 'drain-reminders') wanted = false
          next.set(name, nextRun(name, now))
          await jobs[name]().catch((cause: unknown) => log.error('job.failed', { job: name }, cause))
        }
      }
    } finally {
      running = false
    }
  }
  const timer = setInterval(() => void tick(), 250)
  timer.unref()
  return {
    /** After a commit: somebody is waiting for a reminder. */
    wake: () => {
      wanted = true
    },
    stop: () => clearInterval(timer),
  }
}

async function start() {
  const environment = readEnvironment()
  const { PROFILE, PORT, HOST } = environment
  const host = HOST ?? (PROFILE === 'embedded' ? '127.0.0.1' : '::')
  let ready: Hono | undefined
  const { server, port } = await listen(
    (request) => ready?.fetch(request) ?? new Response('', { status: 503, headers: { 'Retry-After': '1' } }),
    host,
    PORT,
  )
  const ownUrl = `http://${host === '::' || host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const services = await openServices({ environment, ownUrl, root })
  let wake = () => {}
  const app = createApp(services, () => wake())
  const whole = new Hono()
  const closers: (() => Promise<void> | void)[] = []
  if (PROFILE === 'embedded') {
    const { loadDemo, openDemo } = await import('./demo')
    const pack = await loadDemo(services, root)
    await app.reference.refresh()
    const sandbox = openDemo({ app, services, pack, ownUrl, root })
    whole.route('/', sandbox.routes)
    closers.push(() => sandbox.close())
  }
  if (existsSync(H5)) whole.use('/*', serveStatic({ root: H5 }))
  whole.route('/', app.app as unknown as Hono)
  whole.notFound((context) => app.app.fetch(context.req.raw))
  const timer = startTimer(app.jobs, services)
  wake = timer.wake
  ready = whole
  say(`印象办事已经就绪 ${ownUrl}${PROFILE === 'embedded' ? `  控制台 ${ownUrl}/sandbox` : ''}`)

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    timer.stop()
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    for (const close of [...closers, ...services.closers]) await close()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}

try {
  await start()
} catch (cause) {
  const sentence = sentenceOf(cause)
  if (sentence === undefined) throw cause
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
