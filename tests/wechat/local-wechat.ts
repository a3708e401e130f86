import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { addDays, type Instant, type PlainDate, weekdayOf } from '#shared/domain/kernel/plain-date'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import type { Database } from '../../functions/platform/ports/database'
import { createSandbox } from '../../functions/sandbox'
import { miniProgram, officialAccount } from '../../functions/sandbox/accounts'
import type { Doors } from '../../functions/sandbox/doors'
import { openSandboxClock } from '../../functions/sandbox/open-clock'
import { openBareDatabase } from '../empty-database'

/** A resident who follows the account, and a member of staff; both invented. */
export const resident = {
  id: 'test-resident',
  name: '陈桂兰',
  roles: ['resident'],
  unit: '大梁村',
  idNumber: '341821194611180028',
  phone: '15405630001',
  staff: false,
}
export const agent = {
  id: 'test-agent',
  name: '王立新',
  roles: ['village-agent'],
  unit: '大梁村',
  idNumber: '34182119740210327X',
  phone: '15405630002',
  staff: true,
}
export const unnamed = { ...resident, id: 'test-unnamed', name: '李木', idNumber: null, phone: '15405630003' }

const weekdaysLater = (from: PlainDate, days: number): PlainDate => {
  const next = addDays(from, 1)
  if (days === 0) return from
  return weekdaysLater(next, weekdayOf(next) < 5 ? days - 1 : days)
}

/** The product's side of the sandbox, as small as it can be. */
const createTestDoors = (): Doors & { readonly moves: string[] } => {
  const moves: string[] = []
  return {
    moves,
    people: async () => [resident, agent, unnamed],
    messages: async () => [],
    pages: () => ['pages/home/index', 'pages/case/detail', 'features/service-item/home'],
    villages: () => [{ code: '341821105200', name: '大梁村' }],
    addWorkingDays: weekdaysLater,
    advance: async (target, moveTo) => {
      await moveTo(target)
      moves.push(target)
    },
    recent: async () => [],
    story: async () => null,
    waiting: async (people) => Object.fromEntries(people.map(({ id, staff }) => [id, staff ? 2 : 1])),
    reminderDay: async () => ({
      now: '2026-11-24T01:42:00.000Z' as Instant,
      reminders: [],
      pushes: [],
      people: [],
      ...USUAL_LIMITS,
    }),
    nextDeadline: async () => null,
  }
}

export interface ReceivedPush {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: string
}

export interface LocalWechatOptions {
  readonly database?: Database
  readonly startAt?: Instant
  readonly onPush?: (push: ReceivedPush) => Response | undefined | Promise<Response | undefined>
}

/** The sandbox alone on a port of its own, with what it pushes collected beside it. */
export async function startLocalWechat(options: LocalWechatOptions = {}) {
  const database = options.database ?? (await openBareDatabase())
  const clock = await openSandboxClock(database, options.startAt ? { startAt: options.startAt } : {})
  const doors = createTestDoors()
  const received: ReceivedPush[] = []
  let origin = ''
  const sandbox = createSandbox({ database, clock, doors, baseUrl: () => origin })
  const app = new Hono()
  app.route('/', sandbox.routes)
  app.post('/api/wechat/:account', async (context) => {
    const push = { path: context.req.path, query: context.req.query(), body: await context.req.text() }
    received.push(push)
    return (await options.onPush?.(push)) ?? context.text('success')
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      origin = `http://127.0.0.1:${port}`
      resolve(listening)
    })
  })

  const door = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const response = await fetch(`${origin}/sandbox/api${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      json: text ? JSON.parse(text) : null,
    }
  }
  const wechat = async (
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string> = {},
    body?: unknown,
  ) => {
    const response = await fetch(`${origin}/sandbox/wechat${path}?${new URLSearchParams(query)}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
  }
  const token = async (account: { appid: string; secret: string }, force = false): Promise<string> => {
    const { appid, secret } = account
    const body = { grant_type: 'client_credential', appid, secret, force_refresh: force }
    return (await wechat('POST', '/cgi-bin/stable_token', {}, body)).json.access_token
  }

  return {
    base: `${origin}/sandbox/wechat`,
    origin,
    database,
    clock,
    doors,
    received,
    sandbox,
    door,
    wechat,
    token,
    code: async (person: string, purpose: 'login' | 'phone' | 'real-name' = 'login'): Promise<string> =>
      (await door('POST', '/login-codes', { person, purpose })).json.code,
    async close() {
      sandbox.close()
      await new Promise((resolve) => server.close(resolve))
      await database.close()
    },
  }
}

export type LocalWechat = Awaited<ReturnType<typeof startLocalWechat>>

export { miniProgram, officialAccount }

/** Values that fit every field of the given template's keywords. */
export const fitting: Readonly<Record<string, string>> = {
  thing1: '高龄津贴',
  character_string2: '3418212611240001',
  phrase3: '已受理',
  thing3: '补一张照片',
  date4: '2026年12月8日',
  time4: '2026年12月8日 09:00',
  thing5: '最晚12月8日办好',
  const5: '办好了',
}
export const valuesFor = (...keys: string[]) =>
  Object.fromEntries(keys.map((key) => [key, { value: fitting[key] ?? '' }]))
export const progressKeys = ['thing1', 'character_string2', 'phrase3', 'date4', 'thing5']
