import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { CaseCreated } from '#shared/contract/application'
import { isUnkept } from '../../functions/platform/http/problem'
import { applicationOf } from '../services/applications'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

const DALIANG = '341821105200'
const ID = '00000000-0000-7000-8000-000000000000'
const HALF = '\ud800'
const NUL = '\u0000'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

interface Schema {
  readonly safeParse: (value: unknown) => { readonly success: boolean }
  readonly _zod: { readonly def: Readonly<Record<string, unknown>> & { readonly type: string } }
}

/** Every string of a schema, by its place. */
function stringsOf(schema: Schema, place: string): readonly (readonly [string, Schema])[] {
  const { type, shape, element, innerType, options, in: first, valueType } = schema._zod.def
  if (type === 'string') return [[place, schema]]
  if (type === 'object') {
    return Object.entries(shape as Record<string, Schema>).flatMap(([key, each]) =>
      stringsOf(each, `${place}/${key}`),
    )
  }
  const inner = [element, innerType, first, valueType, ...((options as readonly Schema[] | undefined) ?? [])]
  return (inner as readonly (Schema | undefined)[]).flatMap((each) => (each ? stringsOf(each, place) : []))
}

interface Route {
  readonly method: string
  readonly path: string
  readonly request?: { readonly body?: { readonly content: Readonly<Record<string, { schema: Schema }>> } }
}

test('every text of every body refuses what no paper can print and no database keep', () => {
  const routes = county.app.app.openAPIRegistry.definitions.flatMap((each) =>
    each.type === 'route' ? [each.route as unknown as Route] : [],
  )
  const texts = routes.flatMap(({ method, path, request }) =>
    Object.values(request?.body?.content ?? {}).flatMap(({ schema }) =>
      stringsOf(schema, `${method} ${path}`),
    ),
  )
  const lengths = Array.from({ length: 64 }, (_, length) => '9'.repeat(length))
  const taking = texts.filter(([, schema]) =>
    lengths.some((before) => [HALF, NUL].some((bad) => schema.safeParse(before + bad).success)),
  )
  expect(texts.length).toBeGreaterThan(30)
  expect(taking.map(([place]) => place)).toEqual([])
})

const fileWithLicence = async (person: Person, seed: number) => {
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: await applicationOf(person, 'LX-017', seed),
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}

const UNFIT: readonly unknown[] = [
  { toString: 1 },
  { valueOf: 1, toString: null },
  [[[[]]]],
  Array.from({ length: 500 }).reduce<unknown>((inner) => [inner], 'x'),
  [{ toString: 1 }],
  null,
  7,
  HALF,
  NUL,
  '__proto__',
]

test.each(['additions', 'supplement'] as const)('no name of a paper breaks %s', async (door) => {
  const resident = await county.as('li-jianguo')
  const id = await fileWithLicence(resident, door === 'additions' ? 1 : 2)
  if (door === 'supplement') {
    await act(await county.as('zhao-min'), id, 'request-correction', {
      reason: '还要补几样',
      items: [{ kind: 'field', name: 'mobile', reason: '再对一遍' }],
    })
  }
  const { version } = await caseOf(resident, id)
  const bodies = UNFIT.flatMap((name) => [
    { materials: [{ name, files: [] }] },
    { materials: [{ name: '居民身份证', files: [name] }] },
    { materials: [{ name: '居民身份证', files: name }] },
    { materials: name },
    { answers: { mobile: name } },
    { answers: { [String(JSON.stringify(name))]: name, [HALF]: 1 } },
    { answers: name },
  ])
  const answers = await Promise.all(
    bodies.map(async (body) => {
      const { status } = await resident.send('POST', `/api/cases/${id}/${door}`, {
        body: { version, ...body },
      })
      return `${status} ${JSON.stringify(body).slice(0, 60)}`
    }),
  )
  expect(answers.filter((each) => !/^4(00|22|09)/.test(each))).toEqual([])
})

test('no text breaks a rating', async () => {
  const resident = await county.as('li-jianguo')
  const answers = await Promise.all(
    [{ reasons: [HALF] }, { reasons: [NUL] }, { reasons: [' '] }, { comment: HALF }].map((more) =>
      resident.send('POST', `/api/cases/${ID}/rating`, { body: { level: 5, ...more } }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
})

test('a typed name can be printed, and stands without blanks around it', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '周德印',
    birth: '1980-02-01',
    villageCode: DALIANG,
    level: 1,
  })
  const type = (name: string) => person.send('POST', '/api/account/identity', { body: { name, idNumber } })
  const unfit = [`周${NUL}印`, `周\n印`, '   ', `周${HALF}印`, '周\u202e印', ' 周 ']
  for (const name of unfit) {
    expect((await type(name)).status, JSON.stringify(name)).toBe(400)
  }
  expect((await type(' 周德印 ')).status).toBe(200)
  expect((await person.send<Account>('GET', '/api/account')).body.name).toBe('周德印')
})

test('what the database keeps nowhere is the request’s fault, in a text, in JSON and as a number', async () => {
  const { database } = county.services
  const statements = [
    sql`select ${JSON.stringify({ reason: HALF })}::jsonb`,
    sql`select ${JSON.stringify({ reason: NUL })}::jsonb`,
    sql`select ${NUL}::text`,
    sql`select ${'99999999999'}::int`,
  ]
  for (const statement of statements) {
    expect(isUnkept(await database.rows(statement).catch((cause: unknown) => cause))).toBe(true)
  }
})
