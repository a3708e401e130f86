import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import { ALLOWANCE, allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { applicationOf } from './filing'

// Whoever comes without a phone agrees at the counter, and it is typed for them.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

interface Whom {
  readonly name: string
  readonly idNumber: string
}
type Answered = CaseCreated & { code?: string; title?: string; errors?: { pointer: string }[] }

const DOOR = '/api/work/applications'
const SIGNED = { consent: { how: 'signed' } } as const
const ZHAO_MIN = { name: '赵敏', idNumber: '341821199005161344' }
const WHY = '手机坏了，儿子在外地'

/** Whom the county knows nothing of: no account, no number. */
async function stranger(name: string, birth: string = ALLOWANCE.born) {
  const { body } = await county.door<{ id: string; idNumber: string }>('POST', 'people', {
    name,
    birth,
    villageCode: ALLOWANCE.village,
  })
  return { name, idNumber: body.idNumber, personId: body.id }
}

const enter = (staff: Person, body: object, key?: string) =>
  staff.send<Answered>('POST', DOOR, { body, ...(key === undefined ? {} : { key }) })
async function entered(staff: Person, whom: Whom, more: object = SIGNED) {
  const answer = await enter(staff, { ...(await allowanceOf(staff, whom)), ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const filedIn = async (reader: Person, id: string) =>
  (await caseOf(reader, id)).timeline.find(({ type }) => type === 'filed')
const countOf = async (whom: Whom) => {
  const index = county.services.cipher.blindIndex('id-number', whom.idNumber)
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int as count from cases where applicant_index = ${index}`,
  )
  return row?.count
}

/** The first log-in of somebody who gets a phone, and is confirmed with the number. */
async function getsPhone({ name, idNumber, personId }: Whom & { readonly personId: string }) {
  const person = await county.logIn(personId)
  const own = await person.send('POST', '/api/account/identity', { body: { name, idNumber } })
  expect(own.status, JSON.stringify(own.body)).toBe(200)
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items).toEqual([])
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const confirmed = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  return person
}

test('what a window and a village type says where, by whom and how it was agreed to, and stands in the list of whom it is for', async () => {
  const whom = await stranger('凌月娥')
  const [window, village] = [await county.as('zhao-min'), await county.as('wang-lixin')]
  const typed = await entered(window, whom, { ...SIGNED, visitReason: ` ${WHY} ` })
  expect(typed).toMatchObject({ caseNumber: expect.stringMatching(/^341821/), identityAwaited: true })
  const there = await entered(village, whom, { consent: { how: 'spoken' } })
  expect((await caseOf(window, typed.id)).staff).toMatchObject({
    channel: 'window',
    src: null,
    assisted: true,
    standsIn: true,
    enteredBy: { name: '赵敏', unit: '梅渚镇' },
  })
  expect((await caseOf(village, there.id)).staff).toMatchObject({
    channel: 'village',
    enteredBy: { name: '王立新' },
  })
  expect(await filedIn(window, typed.id)).toMatchObject({
    who: '梅渚镇 赵敏',
    note: `本人看过后口头同意代录。来现场的原因：${WHY}`,
  })
  expect((await filedIn(village, there.id))?.note).toBe('本人口头同意代录')

  const person = await getsPhone(whom)
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  expect(items.map(({ id }) => id).sort()).toEqual([typed.id, there.id].sort())
  // Why she came is for the desk.
  expect(await filedIn(person, typed.id)).toMatchObject({
    title: '帮你提交了申请',
    note: '本人看过后口头同意代录',
  })
  expect(await filedIn(person, there.id)).toMatchObject({ note: '本人口头同意代录' })
})

test('for a child under fourteen it is the guardian who agreed', async () => {
  const { name, idNumber } = await stranger('凌小宝', '2019-03-05')
  const village = await county.as('wang-lixin')
  const body = { ...(await applicationOf(county, village, 'LX-015', { name, idNumber })), ...SIGNED }
  const typed = await enter(village, body)
  expect(typed.status, JSON.stringify(typed.body)).toBe(201)
  expect((await filedIn(village, typed.body.id))?.note).toBe('监护人看过后口头同意代录')
})

test('consent stays with the case, and why somebody came stands nowhere in clear', async () => {
  const whom = await stranger('凌秀兰')
  const window = await county.as('zhao-min')
  const { id } = await entered(window, whom, { ...SIGNED, visitReason: WHY })
  expect((await act(window, id, 'accept')).status).toBe(200)
  const kept = await county.services.database.rows<{ kept: string }>(sql`
    select c.state ->> 'consent' as kept from cases c where c.id = ${id}::uuid
    union all select e.payload::jsonb ->> 'consent' from case_events e where e.case_id = ${id}::uuid and e.type = 'filed'`)
  expect(kept).toEqual([{ kept: 'signed' }, { kept: 'signed' }])
  const told = await county.services.database.rows<{ row: string }>(sql`
    select c::text as row from cases c where id = ${id}::uuid
    union all select e::text from case_events e where case_id = ${id}::uuid
    union all select t::text from case_texts t where case_id = ${id}::uuid
    union all select a::text from audit_entries a where a::text like ${`%${id}%`}`)
  expect(told.length).toBeGreaterThan(4)
  expect(told.filter(({ row }) => row.includes(WHY))).toEqual([])
})

test('sent again it is the same case; under another key it goes as on the phone', async () => {
  const whom = await stranger('凌玉珍')
  const window = await county.as('zhao-min')
  const body = { ...(await allowanceOf(window, whom)), ...SIGNED }
  const first = await enter(window, body, 'typed-once-at-the-window')
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  const again = await enter(window, body, 'typed-once-at-the-window')
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect(await countOf(whom)).toBe(1)
  const reused = { ...body, consent: { how: 'spoken' } }
  expect(await enter(window, reused, 'typed-once-at-the-window')).toMatchObject({
    status: 422,
    body: { code: 'request.key-reused' },
  })
  // The photos are in the first one.
  expect(await enter(window, body)).toMatchObject({ status: 422, body: { code: 'upload.missing' } })
  // What staff type bars nobody and is barred by nothing: they see the other one.
  const second = await entered(window, whom)
  expect((await caseOf(window, second.id)).staff?.duplicates.map(({ id }) => id)).toEqual([first.body.id])
})

test('whichever door it goes by, the key is one: who came may be told otherwise before the first try is answered', async () => {
  const window = await county.as('zhao-min')
  const doors = [
    [DOOR, SIGNED],
    ['/api/cases', { agent: true, channel: 'window', assisted: true, ...SIGNED }],
  ] as const
  for (const [[first, said], [second, otherwise]] of [doors, doors.toReversed()] as const) {
    const whom = await stranger('凌素英')
    const key = `who-came-${first.length}`
    const body = { ...(await allowanceOf(window, whom)), ...said }
    const arrived = await window.send<Answered>('POST', first, { body, key })
    expect(arrived.status, JSON.stringify(arrived.body)).toBe(201)
    const changed = { ...(await allowanceOf(window, whom)), ...otherwise }
    expect(await window.send('POST', second, { body: changed, key }), second).toMatchObject({
      status: 422,
      body: { code: 'request.key-reused' },
    })
    expect(await window.send('POST', first, { body, key })).toMatchObject({ status: 201, body: arrived.body })
    expect(await countOf(whom)).toBe(1)
  }
})

test('who came with a power is asked too, and it is told that they agreed', async () => {
  const whom = await stranger('凌秋菊')
  const village = await county.as('wang-lixin')
  const { id } = await entered(village, whom, { ...SIGNED, agent: true })
  expect((await filedIn(village, id))?.note).toBe('来办的人看过后口头同意代录')
})

test('by no door does staff file what nobody agreed to, and nobody files for themselves as agreed to', async () => {
  const whom = await stranger('凌冬梅')
  const village = await county.as('wang-lixin')
  const unasked = { ...(await allowanceOf(village, whom)), agent: true, channel: 'village', assisted: true }
  const refused = { status: 422, body: { code: 'application.invalid', errors: [{ pointer: '/consent' }] } }
  expect(await village.send('POST', '/api/cases', { body: unasked })).toMatchObject(refused)
  const own = { ...(await allowanceOf(village, whom)), ...SIGNED }
  expect(await village.send('POST', '/api/cases', { body: own })).toMatchObject(refused)
  expect(await countOf(whom)).toBe(0)
  const agreed = await village.send<Answered>('POST', '/api/cases', { body: { ...unasked, ...SIGNED } })
  expect(agreed.status, JSON.stringify(agreed.body)).toBe(201)
})

test('what is not told, or told in blanks, is asked for; what is not known is refused', async () => {
  const window = await county.as('zhao-min')
  const { consent, ...typed } = { ...(await allowanceOf(window, await stranger('凌桂枝'))), ...SIGNED }
  const refusals: readonly (readonly [object, string])[] = [
    [typed, '/consent'],
    [{ ...typed, consent: {} }, '/consent/how'],
    [{ ...typed, consent: { how: 'nodded' } }, '/consent/how'],
    [{ ...typed, consent: { ...consent, by: '儿子' } }, '/consent'],
    [{ ...typed, consent, visitReason: '' }, '/visitReason'],
    [{ ...typed, consent, visitReason: ' \n　' }, '/visitReason'],
    [{ ...typed, consent, channel: 'window' }, ''],
    [{ ...typed, consent, assisted: true }, ''],
  ]
  for (const [body, pointer] of refusals) {
    const { status, body: said } = await enter(window, body)
    expect({ status, code: said.code }, JSON.stringify(body)).toEqual({
      status: 400,
      code: 'request.invalid',
    })
    expect(said.errors?.map((each) => each.pointer).join(), JSON.stringify(said)).toContain(pointer)
    expect(said.title).toMatch(/\p{Script=Han}/u)
  }
  const answers = { ...typed.answers, idNo: '341821194403050000' }
  expect(await enter(window, { ...typed, consent, answers })).toMatchObject({
    status: 422,
    body: {
      code: 'application.invalid',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/answers/idNo' })]),
    },
  })
})

test('who sits at no village and no window types for nobody, whatever else they are', async () => {
  const whom = await stranger('凌大妹')
  const { person: resident } = await newcomer(county, {
    name: '凌有才',
    birth: '1970-05-06',
    villageCode: ALLOWANCE.village,
    level: 3,
  })
  const others = await Promise.all(['sun-zhiyuan', 'supervisor-1', 'he-jing', 'hotline-1'].map(county.as))
  for (const person of [resident, ...others]) {
    const answer = await enter(person, { ...(await allowanceOf(person, whom)), ...SIGNED })
    expect(answer, person.id).toMatchObject({ status: 403, body: { code: 'account.role-needed' } })
  }
  expect((await enter(county.visitor, SIGNED)).status).toBe(401)
  expect(await countOf(whom)).toBe(0)
})

test('a member’s own case and a relative’s are typed, and decided by others', async () => {
  const [window, colleague] = [await county.as('zhao-min'), await county.as('qian-li')]
  const refused = async (id: string) => {
    const { version } = await caseOf(colleague, id)
    return window.send('POST', `/api/cases/${id}/actions`, {
      body: { action: 'accept', stepKey: 'accept', unitId: '341821105', version },
    })
  }
  const own = await enter(window, { ...(await applicationOf(county, window, 'LX-017', ZHAO_MIN)), ...SIGNED })
  expect(own.status, JSON.stringify(own.body)).toBe(201)
  const relation = [{ staffId: 'zhao-min', kind: 'child' }]
  const aunt = await entered(window, await stranger('凌姑妈'), { ...SIGNED, relation })
  expect(await refused(own.body.id)).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
  // By the relative's word it is as if she had never typed it.
  expect(await refused(aunt.id)).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  for (const id of [own.body.id, aunt.id]) expect((await act(colleague, id, 'accept')).status).toBe(200)
})

test('the document of the API demands consent', async () => {
  const { body } = await county.visitor.send<{
    components: {
      schemas: Record<string, { required: string[]; properties: object; additionalProperties: boolean }>
    }
  }>('GET', '/api/openapi.json')
  const schema = body.components.schemas['EnterApplication']
  expect(schema?.required.toSorted()).toEqual(['answers', 'consent', 'materials', 'serviceItemId'])
  expect(schema?.additionalProperties).toBe(false)
})
