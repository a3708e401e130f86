import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { createApp } from '../../functions/app'
import { parseEnvironment } from '../../functions/platform/config/environment'
import { openServices } from '../../functions/services'
import { openOnServices } from './counties'
import { createPostgresTap, type RoundTrip } from './postgres-tap.mjs'

/** Round trips to the database that a request may take. */
export const ROUND_TRIPS = { login: 2, read: 1, list: 1, home: 1, submit: 2, decide: 2 } as const
export type Measured = keyof typeof ROUND_TRIPS

interface Sent<Body> {
  readonly status: number
  readonly body: Body
  readonly text: string
  readonly trips: readonly RoundTrip[]
}

const ITEM = 'LX-019'
const secret = () => randomBytes(32).toString('base64url')

/**
 * The product behind a tap on its database, without its timer: nothing but requests reaches the database. A county of
 * its own lends it WeChat and people.
 */
export async function openMeasured() {
  const keys = { DATA_KEYS: `k1:${secret()}`, INDEX_KEY: secret() }
  const { county, databaseUrl } = await openOnServices('PostgreSQL and Redis', keys)
  const tap = await createPostgresTap(databaseUrl)
  const variables = {
    ...keys,
    DATA_DIR: join(tmpdir(), `measured-${randomUUID()}`),
    LOG_LEVEL: 'silent',
    WECHAT_API_BASE: `${county.url}/sandbox/wechat`,
    ALLOW_LOCAL_WECHAT: '1',
  }
  const services = await openServices({
    environment: parseEnvironment({ ...variables, DATABASE_URL: tap.url }),
    ownUrl: county.url,
    root: process.cwd(),
  })
  const { app, jobs, reference } = createApp(services, () => undefined)
  await reference.current()

  async function send<Body>(path: string, token: string | null, body?: unknown): Promise<Sent<Body>> {
    const before = tap.trips.length
    const response = await app.request(path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
    })
    const text = await response.text()
    // The local clock looks every second whether another process has moved it.
    const trips = tap.trips.slice(before).filter((trip) => !trip.text.includes('"sandbox"."'))
    return { status: response.status, body: JSON.parse(text), text, trips }
  }

  async function logIn(person: string) {
    const { body } = await county.door<{ code: string }>('POST', 'login-codes', { person })
    return send<{ token: string }>('/api/sessions', null, { code: body.code })
  }

  let filed = 0
  /**
   * 灵活就业社保补贴 of a confirmed resident whose paper is on file: it can be filed again for each other period, and
   * every check of the product falls due.
   */
  const newApplication = () => {
    filed += 1
    const from = addDays(plainDate('2020-01-01'), filed % 1_800)
    return {
      serviceItemId: ITEM,
      answers: {
        name: '李建国',
        idNo: '341821196805123019',
        mobile: '15405632714',
        villageCode: '341821105200',
        period: { from, to: addDays(from, Math.floor(filed / 1_800)) },
        paidPension: '1200.00',
        paidMedical: '300.00',
        bankCard: '6299000043030583308',
      },
      materials: [],
    }
  }

  const holderOf = (role: 'window' | 'dept-reviewer') => {
    const known = reference.known()
    const unitId = known.latest(ITEM)?.item.departmentId ?? ''
    return known.holders(role, unitId)[0]?.id ?? ''
  }

  async function act(
    token: string,
    caseId: string,
    action: string,
    more: Readonly<Record<string, string>> = {},
  ) {
    const view = (await send<CaseView>(`/api/cases/${caseId}`, token)).body
    const allowed = view.staff?.allowed.find((each) => each.action === action)
    const { version } = view
    const body = { action, version, stepKey: allowed?.stepKey, unitId: allowed?.unitId, ...more }
    return send(`/api/cases/${caseId}/actions`, token, body)
  }

  return {
    county,
    databaseUrl,
    /** The environment of this product, for another process on the same database. */
    variables: { ...variables, DATABASE_URL: databaseUrl },
    send,
    logIn,
    newApplication,
    act,
    holderOf,
    cipher: services.cipher,
    /** What `work`, which is no request, sends to the database. */
    async tripsOf(work: (run: typeof jobs) => Promise<unknown>): Promise<readonly RoundTrip[]> {
      const before = tap.trips.length
      await work(jobs)
      return tap.trips.slice(before)
    },
    /** Each measured request once, as it was answered. */
    async walk(): Promise<Readonly<Record<Measured, Sent<unknown>>> & { readonly caseId: string }> {
      const login = await logIn('li-jianguo')
      const { token } = login.body
      const submit = await send<CaseCreated>('/api/cases', token, newApplication())
      const caseId = submit.body.id
      const [window, reviewer] = [await logIn(holderOf('window')), await logIn(holderOf('dept-reviewer'))]
      await act(window.body.token, caseId, 'accept')
      return {
        login,
        submit,
        decide: await act(reviewer.body.token, caseId, 'grant'),
        read: await send(`/api/cases/${caseId}`, token),
        list: await send('/api/cases', token),
        home: await send('/api/home', token),
        caseId,
      }
    },
    async close() {
      for (const close of services.closers) await close()
      await tap.stop()
      await county.close()
    },
  }
}
