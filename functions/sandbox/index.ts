import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { Database } from '../platform/ports/database'
import type { SandboxClock } from './clock'
import { createConsoleDoors } from './console-doors'
import type { Doors } from './doors'
import { createFaultBook } from './faults'
import { createPushes } from './pushes'
import { createRegister } from './register'
import { createSmsProvider } from './sms/provider'
import { createWechatApi } from './wechat/api'

export interface Sandbox {
  /** To be mounted at `/`: serves `/sandbox`, `/sandbox/api/*` and `/sandbox/wechat/*`. */
  readonly routes: Hono
  readonly clock: SandboxClock
  /** Waits until every push that is due has been delivered or refused once. */
  settlePushes(): Promise<void>
  /** Ends the timers; the database belongs to the caller. */
  close(): void
}

export interface SandboxOptions {
  readonly database: Database
  readonly clock: SandboxClock
  readonly doors: Doors
  /** The address under which the product's own routes are reached, without a slash at its end. */
  readonly baseUrl: () => string
  /** The address under which people reach it, where that is another. */
  readonly publicUrl?: () => string
  /** Where the console's files lie, seen from the working directory. */
  readonly consoleFolder?: string
  /** What delivers pushes; a test may hand it the product's app directly. */
  readonly fetch?: typeof fetch
}

const scripts = [
  'album',
  'clock',
  'console',
  'dialogs',
  'links',
  'page',
  'people',
  'phone',
  'reminders',
  'state',
  'story',
  'wechat',
  'words',
] as const
const styles = ['console', 'wechat', 'dialogs', 'device', 'reminders', 'story', 'narrow'] as const
const consoleFiles: Readonly<Record<string, readonly [file: string, contentType: string]>> = {
  '/sandbox': ['index.html', 'text/html; charset=utf-8'],
  '/sandbox/reminders': ['reminders.html', 'text/html; charset=utf-8'],
  '/sandbox/faces.svg': ['faces.svg', 'image/svg+xml'],
  ...Object.fromEntries(
    styles.map((name) => [`/sandbox/${name}.css`, [`${name}.css`, 'text/css; charset=utf-8']]),
  ),
  ...Object.fromEntries(
    scripts.map((name) => [`/sandbox/${name}.js`, [`${name}.js`, 'text/javascript; charset=utf-8']]),
  ),
}

/** The local WeChat: its APIs, its console, and the pushes it sends to the product. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { database, clock, doors, baseUrl } = options
  const folder = options.consoleFolder ?? 'functions/sandbox/console'
  const faultBook = createFaultBook(database)
  const register = createRegister(database, doors, clock)
  const pushes = createPushes(database, clock, faultBook, { baseUrl, fetch: options.fetch ?? fetch })
  const world = { database, clock, doors, register, pushes, publicUrl: options.publicUrl ?? baseUrl }

  const routes = new Hono()
  for (const [path, [file, contentType]] of Object.entries(consoleFiles)) {
    routes.get(path, async (context) =>
      context.body(await readFile(join(folder, file)), 200, {
        'content-type': contentType,
        'cache-control': 'no-cache',
      }),
    )
  }
  routes.get('/sandbox/', (context) => context.redirect('/sandbox'))
  // What a phone would open by itself: the console asks whose phone it is.
  routes.get('/sandbox/links/:id', (context) =>
    context.redirect(`/sandbox#link=${encodeURIComponent(context.req.param('id'))}`),
  )
  routes.route('/sandbox/api', createConsoleDoors(world, faultBook, baseUrl))
  routes.route('/sandbox/wechat', createWechatApi(world, faultBook))
  routes.route('/sandbox/sms', createSmsProvider(world, faultBook))

  return {
    routes,
    clock,
    settlePushes: () => pushes.settle(),
    close() {
      pushes.close()
      clock.close()
    },
  }
}
