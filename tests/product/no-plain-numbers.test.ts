import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import { isCreditCode } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { STAFF_ROLES } from '#shared/domain/organization/staff'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person, PHOTO } from './county'

// No answer holds an ID number, a mobile phone or a card in full, but one's own and what the county publishes.
let county: County
const cases: string[] = []
const published = new Set<string>()

const DALIANG = '341821105200'
const OWNER = { name: '陈桂兰', idNumber: '341821194611180024' }
const PHONE = '15405631620'
const CARD = '6299000043030583308'

/** Runs of digits that could be an ID number, a mobile phone or a card; parts of an id or a date are none. */
const NUMBERS = /(?<![\dA-Za-z-])(\d{17}[\dXx]|1[3-9]\d{9}|\d{13,19})(?![\dA-Za-z-])/g

interface Known {
  readonly id: string
}
const people = ['staff', 'residents'].flatMap(
  (list) => JSON.parse(readFileSync(`drizzle/packs/langxi/${list}.json`, 'utf8')) as Known[],
)
/** Every number of the pack that is a person's own. */
const numbersOf = (id: string) =>
  people
    .filter((each) => each.id === id)
    .flatMap((each) => [...JSON.stringify(each).matchAll(NUMBERS)].map(([number]) => number))

function plainIn(body: unknown, own: readonly string[] = []) {
  return [...JSON.stringify(body ?? null).matchAll(NUMBERS)]
    .map(([number]) => number)
    .filter((number) => !published.has(number) && !own.includes(number) && !isCreditCode(number))
}

async function fileOf(person: Person, itemId: string, identity: { name: string; idNumber: string }) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const named = `身份证${identity.idNumber}.png`
  const uploads = await Promise.all(Array.from({ length: 8 }, () => person.upload(PHOTO, 'image/png', named)))
  const input = validInput(item, createRandom(3), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { ...identity, mobile: PHONE },
    villageCode: DALIANG,
  })
  const { status, body } = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input },
  })
  expect({ itemId, status, body }).toMatchObject({ status: 201 })
  return body.id
}

/** Whoever holds the step that is open. */
async function holderOf(caseId: string) {
  const [row] = await county.services.database.rows<{ id: string }>(sql`select r.staff_id as id
    from case_tasks t join staff_roles r on r.role = t.role and r.unit_id = t.unit_id
    where t.case_id = ${caseId}::uuid and t.step_key = 'accept' order by 1 limit 1`)
  return county.as(row?.id ?? '')
}

async function askForEverything(id: string) {
  const member = await holderOf(id)
  const { staff } = await caseOf(member, id)
  const items = (staff?.correctionChoices ?? [])
    .filter(({ kind }) => kind === 'field')
    .map(({ kind, name }) => ({ kind, name, reason: `和 ${PHONE} 核对过，卡号 ${CARD} 不对` }))
  const asked = await act(member, id, 'request-correction', { reason: `请重填 ${OWNER.idNumber}`, items })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  return asked
}

beforeAll(async () => {
  county = await openCounty()
  const rows = await county.services.database.rows<{ phone: string }>(
    sql`select phone from units where phone is not null union select phone from service_points`,
  )
  for (const { phone } of rows) published.add(phone.replace(/\D/g, ''))
  const filer = await county.as('li-jianguo')
  const helper = await newcomer(county, {
    name: '方小满',
    birth: '1999-04-01',
    villageCode: DALIANG,
    level: 2,
  })
  for (const [person, itemId] of [
    [filer, 'LX-005'],
    [helper.person, 'LX-017'],
    [filer, 'LX-016'],
    [helper.person, 'LX-012'],
    [filer, 'LX-026'],
    [helper.person, 'LX-050'],
    [filer, 'LX-034'],
  ] as const) {
    const id = await fileOf(person, itemId, OWNER)
    cases.push(id)
    published.add((await caseOf(person, id)).caseNumber)
    expect(plainIn((await askForEverything(id)).body)).toEqual([])
  }
}, 120_000)
afterAll(() => county.close())

const gets = () =>
  county.app.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' && definition.route.method === 'get' ? [definition.route.path] : [],
  )

function addressesOf(path: string): string[] {
  if (path.includes('{fileId}')) return []
  if (path.startsWith('/api/cases/{id}')) return cases.map((id) => path.replace('{id}', id))
  if (path.includes('{id}')) return [path.replace('{id}', 'LX-005')]
  if (path === '/api/work/cases')
    return ['to-do', 'waits-for-applicant', 'paused', 'unstaffed'].map((tab) => `${path}?tab=${tab}`)
  return [path]
}

async function everyAnswerOf(person: Person, own: readonly string[] = []) {
  const found: [string, string[]][] = []
  for (const address of gets().flatMap(addressesOf)) {
    const { status, body } = await person.send('GET', address)
    if (status === 200) found.push([address, plainIn(body, own)])
  }
  return found
}

test.each(STAFF_ROLES)('%s reads no number in full', async (role) => {
  const holders = await county.services.database.rows<{ id: string }>(
    sql`select distinct staff_id as id from staff_roles where role = ${role} order by 1`,
  )
  // Of those who work on one of the cases, and some who do not.
  const asking = ['wang-lixin', 'zhao-min', 'sun-zhiyuan']
  const chosen = holders.filter(
    ({ id }, at) => at < 2 || asking.includes(id) || /-(hrss|disabled|forest|justice|market)/.test(id),
  )
  expect(chosen.length).toBeGreaterThan(0)
  for (const { id } of chosen) {
    const person = await county.as(id)
    if (role === 'supervisor')
      for (const each of cases)
        await person.send('POST', `/api/work/cases/${each}/looks`, { body: { reason: '群众来信反映' } })
    const answers = await everyAnswerOf(person, numbersOf(id))
    expect(answers.filter(([, numbers]) => numbers.length > 0)).toEqual([])
    const check = await person.send('POST', '/api/work/identity-checks', {
      body: { idNumber: OWNER.idNumber },
    })
    expect(plainIn(check.body)).toEqual([])
  }
})

test('whoever filed for another reads their numbers as staff do, and the owner reads them in full', async () => {
  const filer = await county.as('li-jianguo')
  const named = await county.services.database.rows<{ id: string }>(
    sql`select id from cases where applicant_index is not null`,
  )
  const answers = await everyAnswerOf(filer, numbersOf('li-jianguo'))
  const plain = answers.filter(([, numbers]) => numbers.length > 0).map(([address]) => address)
  // What asks for nobody's number is the application of whoever files it.
  for (const { id } of named) expect(plain).not.toContain(`/api/cases/${id}`)
  expect(plain.every((address) => address.startsWith('/api/cases/'))).toBe(true)
  const owner = await county.as('chen-guilan')
  const [allowance = ''] = cases
  const { correction, papers } = await caseOf(owner, allowance)
  expect(correction?.answers).toMatchObject({ idNo: OWNER.idNumber })
  // Whoever filed typed a phone that may be theirs.
  expect(correction?.answers).not.toHaveProperty('mobile')
  expect(papers.flatMap(({ files }) => files)[0]?.name).toContain(OWNER.idNumber)
  const filed: CaseView = await caseOf(filer, allowance)
  expect(Object.keys(filed.correction?.answers ?? {})).toEqual(
    expect.arrayContaining(['name', 'villageCode']),
  )
  expect(Object.keys(filed.correction?.answers ?? {})).not.toContain('idNo')
})
