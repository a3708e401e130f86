import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, openCounty, type Person } from './county'

interface Parameter {
  readonly in: string
  readonly name: string
}
type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
>

const ID = '00000000-0000-7000-8000-000000000000'
const HOSTILE = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
  '-'.repeat(36),
  '0'.repeat(36),
  ID.replaceAll('-', ''),
  ID.toUpperCase().replaceAll('0', 'F'),
  `${ID} `,
  `{${ID}}`,
  ID.slice(0, -1),
  'a'.repeat(5_000),
  '长'.repeat(200),
  '\u0000',
  `${ID}\u0000`,
  '\ud83d\ude00',
  "' or 1=1 --",
  '../../etc/passwd',
  '%',
  '\\',
  '0000-01-01',
  '2026-02-30',
  '2026-99-99',
  '99999-01-01',
  ...['2026-99-99', '2026-02-30', '0000-00-00', '0000-01-01', '2026-11-27'].flatMap((on) =>
    ['-'.repeat(36), '0'.repeat(36), ID].flatMap((id) => [`${on}_${id}_accept`, `${on}_${id}`]),
  ),
]

let county: County
let paths: Paths
let people: readonly Person[]
beforeAll(async () => {
  county = await openCounty()
  paths = (await county.visitor.send<{ paths: Paths }>('GET', '/api/openapi.json')).body.paths
  people = [
    county.visitor,
    await county.as('li-jianguo'),
    await county.as('zhao-min'),
    await county.as('he-jing'),
  ]
})
afterAll(() => county.close())

interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly address: string
}

/** Each operation with one hostile parameter after another, the others harmless. */
const requests = (): readonly Asked[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
      parameters
        .filter((each) => each.in === 'query' || each.in === 'path')
        .flatMap((parameter) => HOSTILE.map((value) => addressOf(path, parameter, value)))
        .map((address) => ({ method: method.toUpperCase() as Asked['method'], address })),
    ),
  )

function addressOf(path: string, parameter: Parameter, value: string) {
  const written = encodeURIComponent(value)
  const harmless = (template: string) => template.replaceAll(/\{\w+\}/g, ID)
  return parameter.in === 'query'
    ? `${harmless(path)}?${parameter.name}=${written}`
    : harmless(path.replace(`{${parameter.name}}`, written))
}

test('no value in an address breaks an operation, whoever asks', async () => {
  const broken: string[] = []
  const asked = requests().flatMap((request) => people.map((person) => ({ ...request, person })))
  for (const { person, method, address } of asked) {
    const { status } = await person.send(method, address, method === 'POST' ? { body: {} } : {})
    if (status >= 500) broken.push(`${person.id} ${method} ${address}: ${status}`)
  }
  expect(asked.length).toBeGreaterThan(2_000)
  expect(broken).toEqual([])
}, 180_000)

test('a page that nothing comes after is empty or refused, and never another’s', async () => {
  const [, resident, clerk] = people
  for (const cursor of ['-'.repeat(36), '0'.repeat(36), 'x'])
    expect((await resident?.send('GET', `/api/inbox?cursor=${cursor}`))?.status).toBe(400)
  for (const cursor of [
    ID,
    `2026-11-27_${ID}_a%00b`,
    `2026-99-99_${ID}_accept`,
    `2026-11-27_${'-'.repeat(36)}_accept`,
    '0000-01-01_x_y',
  ])
    expect((await clerk?.send('GET', `/api/work/cases?cursor=${cursor}`))?.status).toBe(400)
})

test('a day or an id that the database does not know is refused in a body too', async () => {
  const [, resident, clerk] = people
  const refused = await resident?.send('POST', '/api/inbox/read', { body: { upTo: '-'.repeat(36) } })
  expect(refused?.status).toBe(400)
  for (const act of [
    { action: 'pay', paidOn: '0000-01-01' },
    { action: 'require-rectification', reason: '说明', recheckOn: '0000-01-01' },
  ]) {
    const answer = await clerk?.send('POST', `/api/cases/${ID}/actions`, {
      body: { ...act, version: 1, stepKey: 'finish', unitId: 'x' },
    })
    expect(answer?.status).toBe(400)
  }
})
