import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, caseOf, newcomer, openCounty, type Person } from '../product/county'
import { ACTORS, type Actor, APPLICANT, NEWCOMER, TOWN_WINDOW, VILLAGE_AGENT, VISITOR } from './actors'
import { type Filed, ROUTES } from './routes'

const DALIANG = '341821105200'

let county: County
let filed: Filed
const born = new Map<string, string>()

const keys = Object.keys(ROUTES) as (keyof typeof ROUTES)[]
const ENDING = 'DELETE /api/sessions/current'

async function applicationFor(person: Person) {
  const uploads = await Promise.all([person.upload(), person.upload(), person.upload()])
  return {
    serviceItemId: 'LX-005',
    agent: true,
    answers: {
      name: '陈桂兰',
      idNo: '341821194611180024',
      mobile: '15405631620',
      villageCode: DALIANG,
      birth: '1946-11-18',
      bankCard: '6299000043030583308',
      agentRel: '子女',
    },
    materials: ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'].map((name, index) => ({
      name,
      files: [uploads[index]],
    })),
  }
}

const personOf = ({ name, person }: Actor) => person ?? born.get(name) ?? ''

const sessionOf = (actor: Actor): Promise<Person> | Person => {
  if (actor.name === VISITOR) return county.visitor
  return county.as(personOf(actor))
}

/** Who ends a session does so with one of its own. */
const askerOf = (actor: Actor, route: string) =>
  route === ENDING && actor.name !== VISITOR ? county.logIn(personOf(actor)) : sessionOf(actor)

const named = (name: string) => {
  const actor = ACTORS.find((each) => each.name === name)
  if (!actor) throw new Error(`no actor ${name}`)
  return actor
}

async function fileTheCase(applicant: Person) {
  const { status, body } = await applicant.send<CaseCreated>('POST', '/api/cases', {
    body: await applicationFor(applicant),
  })
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.id
}

beforeAll(async () => {
  county = await openCounty()
  for (const { name, person, realNameLevel } of ACTORS) {
    if (person !== null || name === VISITOR) continue
    const { personId } = await newcomer(county, {
      name: '方小满',
      birth: '1999-04-01',
      villageCode: DALIANG,
      level: realNameLevel,
    })
    born.set(name, personId)
  }
  const applicant = await county.as('li-jianguo')
  const caseId = await fileTheCase(applicant)
  const { version, papers } = await caseOf(applicant, caseId)
  const other = await county.logIn('li-jianguo')
  const { body } = await other.send<{ sessions: { id: string; current: boolean }[] }>('GET', '/api/sessions')
  filed = {
    caseId,
    version,
    fileId: papers.flatMap(({ files }) => files)[0]?.id ?? '',
    sessionId: body.sessions.find(({ current }) => current)?.id ?? '',
    application: applicationFor,
  }
}, 60_000)
afterAll(() => county.close())

test('every authorized route has a row, and no row lacks its route', () => {
  const registered = county.app.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`] : [],
  )
  expect([...keys].sort()).toEqual(registered.sort())
})

const rows = keys.flatMap((route) => ROUTES[route]?.map((row) => ({ route, ...row })) ?? [])
const methodOf = (route: string) => route.split(' ')[0] as 'GET' | 'POST' | 'DELETE'
const pathOf = (route: string) => route.split(' ')[1] ?? ''

test.each(rows.map((row) => [`${row.route}: ${row.asks}`, row] as const))(
  '%s',
  async (_, { route, path, body, expected }) => {
    const answers: [string, number][] = []
    for (const actor of ACTORS) {
      const person = await askerOf(actor, route)
      // Five codes wait on one network; here everybody is on it.
      await county.services.database.rows(sql`delete from desk_logins`)
      const sent = await body?.(filed, actor.name === VISITOR ? await county.as('li-jianguo') : person)
      const { status } = await person.send(methodOf(route), path?.(filed) ?? pathOf(route), {
        ...(sent === undefined ? {} : { body: sent }),
      })
      answers.push([actor.name, status])
    }
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(ACTORS.map((actor) => [actor.name, expected(actor)])),
    )
  },
  30_000,
)

interface Listed {
  readonly items: readonly { readonly id?: string; readonly caseId?: string }[]
  readonly nextCursor: string | null
}
/** Whether the case stands on any page of the list; who may not read it finds nothing. */
async function finds(person: Person, path: string, cursor: string | null = null): Promise<boolean> {
  const query = cursor === null ? '' : `?cursor=${cursor}`
  const { body } = await person.send<Partial<Listed>>('GET', `${path}${query}`)
  if (body.items?.some(({ id, caseId }) => (id ?? caseId) === filed.caseId)) return true
  return body.nextCursor ? finds(person, path, body.nextCursor) : false
}

/** Who finds the case in a list that they are given. */
async function findersOf(path: string) {
  const finders: string[] = []
  for (const actor of ACTORS) {
    if (await finds(await sessionOf(actor), path)) finders.push(actor.name)
  }
  return finders
}

test('the case stands in the lists of those whose it is, and in the queues of those whose work it is', async () => {
  expect(await findersOf('/api/cases')).toEqual(
    ACTORS.filter(({ sees }) => sees === 'own').map(({ name }) => name),
  )
  expect(await findersOf('/api/work/cases')).toEqual([VILLAGE_AGENT, TOWN_WINDOW])
}, 30_000)

test('a step that nobody holds is shown to the administrator, who may not act on it', async () => {
  const path = `/api/cases/${filed.caseId}`
  const setUnstaffed = (unstaffed: boolean) =>
    county.services.database.rows(
      sql`update case_tasks set unstaffed = ${unstaffed} where case_id = ${filed.caseId}::uuid`,
    )
  const admin = await county.as('he-jing')
  expect((await admin.send('GET', path)).status).toBe(404)
  await setUnstaffed(true)
  const queue = await admin.send<Listed>('GET', '/api/work/cases?tab=unstaffed')
  expect(queue.body.items.map(({ caseId }) => caseId)).toContain(filed.caseId)
  const { status, body } = await admin.send<CaseView>('GET', path)
  expect(status).toBe(200)
  expect(body.staff?.allowed).toEqual([])
  await setUnstaffed(false)
})

/** 就业登记 is the business of the department of human resources: village and town have no step in it. */
test('a department’s case is seen by the department’s window alone', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '周德福',
    birth: '1980-02-01',
    villageCode: DALIANG,
    level: 3,
  })
  const item = packItems().find(({ id }) => id === 'LX-016')
  if (!item) throw new Error('no LX-016')
  const uploads = [await person.upload(), await person.upload(), await person.upload()]
  const input = validInput(item, createRandom(5), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name: '周德福', idNumber, mobile: '15400000002' },
    villageCode: DALIANG,
  })
  const { body } = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: item.id, ...input },
  })
  const seeing: string[] = []
  for (const actor of ACTORS) {
    const { status } = await (await sessionOf(actor)).send('GET', `/api/cases/${body.id}`)
    if (status === 200) seeing.push(actor.name)
    else expect(status, actor.name).toBe(actor.name === VISITOR ? 401 : 404)
  }
  expect(seeing).toEqual(['window of a department'])
}, 30_000)

const KEYLESS = [
  'POST /api/desk-sessions',
  'POST /api/desk-sessions/confirmation',
  'POST /api/desk-sessions/current/lock',
  'POST /api/desk-sessions/current/unlock',
  'POST /api/desk-sessions/current/second-factor',
  'DELETE /api/desk-sessions/current',
  'POST /api/account/second-factor',
  'POST /api/account/second-factor/confirmation',
  'POST /api/account/second-factor/removal',
  'POST /api/sessions',
  'DELETE /api/sessions/current',
  'DELETE /api/sessions/{id}',
  'POST /api/work/cases/search',
  'POST /api/work/case-numbers',
  'POST /api/work/identity-checks',
]
const BY_SUPERVISORS = /^POST \/api\/work\/(?!calendars\/|reminders\/|applications$)/
const BY_WINDOWS = 'POST /api/work/applications'
const holderOf = (route: string) => {
  if (route === BY_WINDOWS) return 'zhao-min'
  return BY_SUPERVISORS.test(route) ? 'supervisor-1' : 'he-jing'
}
const keyed = rows.filter(
  ({ route }, index) =>
    !route.startsWith('GET ') &&
    !KEYLESS.includes(route) &&
    rows.findIndex((row) => row.route === route) === index,
)

test.each(keyed.map((row) => [row.route, row] as const))(
  '%s needs a key against repetition',
  async (route, { path, body }) => {
    const applicant = await county.as('li-jianguo')
    const sent = await body?.(filed, applicant)
    const sendAs = (person: Person) =>
      person.send(methodOf(route), path?.(filed) ?? pathOf(route), {
        headers: { 'Idempotency-Key': '' },
        ...(sent === undefined ? {} : { body: sent }),
      })
    // Who lacks the role is told that first.
    const asResident = await sendAs(applicant)
    const answer = asResident.status === 403 ? await sendAs(await county.as(holderOf(route))) : asResident
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.idempotency-key-missing' } })
  },
)

test('an ended session opens nothing', async () => {
  const person = await county.logIn('li-jianguo')
  expect((await person.send('DELETE', '/api/sessions/current')).status).toBe(204)
  for (const path of ['/api/account', '/api/cases', `/api/cases/${filed.caseId}`, '/api/inbox']) {
    expect((await person.send('GET', path)).status, path).toBe(401)
  }
})

test('only who has the person before them confirms the identity', async () => {
  const confirm = async (actor: Actor) => {
    const person = await sessionOf(actor)
    const { version } = await caseOf(await county.as('li-jianguo'), filed.caseId)
    return person.send('POST', `/api/cases/${filed.caseId}/identity-confirmation`, {
      body: { version, reason: '本人和身份证都在面前' },
    })
  }
  const others = ACTORS.filter(
    ({ name, sees }) => sees !== 'nothing' && name !== VILLAGE_AGENT && name !== TOWN_WINDOW,
  )
  for (const actor of others) expect((await confirm(actor)).status, actor.name).toBe(409)
  expect((await confirm(named(VILLAGE_AGENT))).status).toBe(200)
})

test('only the owner takes the application back, and not who filed it for them', async () => {
  const withdraw = async (actor: Actor) => withdrawAs(await sessionOf(actor))
  const withdrawAs = async (person: Person) => {
    const { version } = await caseOf(await county.as('li-jianguo'), filed.caseId)
    return person.send('POST', `/api/cases/${filed.caseId}/withdrawal`, { body: { version } })
  }
  for (const actor of ACTORS.filter(({ sees }) => sees === 'work')) {
    expect((await withdraw(actor)).status, actor.name).toBe(409)
  }
  expect((await withdraw(named(NEWCOMER))).status).toBe(404)
  const owner = await county.as('chen-guilan')
  const { version } = await caseOf(owner, filed.caseId)
  const added = await owner.send('POST', `/api/cases/${filed.caseId}/additions`, {
    body: { version, answers: { mobile: '15400000088' } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  expect((await withdraw(named(APPLICANT))).status).toBe(409)
  expect((await withdrawAs(await county.as('chen-guilan'))).status).toBe(200)
})
