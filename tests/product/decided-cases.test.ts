import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import type { IdentityChecks } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { ALLOWANCE, allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// A decision is addressed to somebody, and stays theirs.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Problem = { readonly code?: string }

const born = async (name: string, level: 0 | 2 | 3) => ({
  ...(await newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level })),
  name,
})
type Born = Awaited<ReturnType<typeof born>>

async function filedFor(person: Person, applicant: Born, more: object = {}) {
  const body = { ...(await allowanceOf(person, applicant)), ...more }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body
}

async function refused(id: string) {
  expect((await act(await county.as('zhao-min'), id, 'accept')).status).toBe(200)
  const done = await act(await county.as('sun-zhiyuan'), id, 'refuse', { reason: '不是本县户口' })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}

async function granted(id: string) {
  const window = await county.as('zhao-min')
  expect((await checked(window, id)).status).toBe(200)
  expect((await act(window, id, 'accept')).status).toBe(200)
  expect((await act(await county.as('sun-zhiyuan'), id, 'grant')).status).toBe(200)
}

async function concluded(id: string) {
  await granted(id)
  expect((await act(await county.as('zhao-min'), id, 'conclude')).status).toBe(200)
}

const checked = async (staff: Person, id: string) =>
  staff.send<Problem>('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(staff, id)).version, reason: '本人带身份证来的' },
  })

const toldOf = async (person: Person, { caseNumber }: { readonly caseNumber: string }) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )

async function confirm(person: Person, { name, idNumber, personId }: Born) {
  await person.send('POST', '/api/account/identity', { body: { name, idNumber } })
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const answer = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

test('a card that is shown after the decision does not make the decision its holder’s', async () => {
  const mother = await born('冯月娥', 0)
  const { person: son } = await born('冯有才', 3)
  const { id } = await filedFor(son, mother, { agent: true })
  const window = await county.as('zhao-min')
  const found = async () =>
    (
      await window.send<IdentityChecks>('POST', '/api/work/identity-checks', {
        body: { idNumber: mother.idNumber },
      })
    ).body.cases.map((each) => each.id)
  expect(await found()).toEqual([id])
  await refused(id)
  expect(await found()).toEqual([])
  expect((await caseOf(window, id)).staff?.mayConfirmIdentity).toBe(false)
  expect(await checked(window, id)).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
  expect((await caseOf(window, id)).identityConfirmed).toBe(false)
})

test('whoever filed it is not confirmed into a refusal either', async () => {
  const filer = await born('冯自办', 2)
  const { id } = await filedFor(filer.person, filer)
  await refused(id)
  await confirm(filer.person, filer)
  expect((await caseOf(await county.as('zhao-min'), id)).identityConfirmed).toBe(false)
})

const LAWFUL = ['accept', 'decline', 'terminate', 'request-correction'] as const

test('no paper of the law is addressed to nobody: first it is written who applies', async () => {
  const item = packItems().find((each) => each.id === 'LX-032')
  if (!item) throw new Error('no LX-032')
  const { holders } = await county.app.reference.current()
  const window = await county.as(holders('window', 'market')[0]?.id ?? '')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => window.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: ALLOWANCE.village,
  })
  const filed = await window.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: item.id, ...input, agent: false, channel: 'window' },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const { version, staff } = await caseOf(window, id)
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('decline')
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('request-correction')
  for (const action of LAWFUL) {
    const body = {
      action,
      version,
      stepKey: 'accept',
      unitId: 'market',
      reason: action === 'terminate' ? 'deceased' : '不归这里办',
      ...(action === 'request-correction'
        ? { items: [{ kind: 'field', name: 'entName', reason: '重名了' }] }
        : {}),
    }
    expect(await window.send<Problem>('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
      status: 422,
      body: { code: 'case.applicant-unnamed' },
    })
  }
  const owner = await born('冯写名', 0)
  const named = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人带身份证来的', applicant: { name: owner.name, idNumber: owner.idNumber } },
  })
  expect(named.status, JSON.stringify(named.body)).toBe(200)
  expect((await act(window, id, 'accept')).status).toBe(200)
})

test.each([
  ['refused', '高龄津贴没批', refused],
  ['granted', '高龄津贴批准了', granted],
  [
    'declined',
    '高龄津贴没受理',
    async (id: string) => act(await county.as('qian-li'), id, 'decline', { reason: '不归这里办' }),
  ],
] as const)(
  'whoever typed it for somebody without an account hears once that it is %s',
  async (_how, title, end) => {
    const elder = await born('冯无号', 0)
    const typist = await county.as('wang-lixin')
    const filed = await filedFor(typist, elder, { channel: 'village', assisted: true })
    await end(filed.id)
    const told = (await toldOf(typist, filed)).filter((each) => each.title.startsWith(title))
    expect(told).toHaveLength(1)
    expect(told[0]?.page).toBe(`staff/case/case?id=${filed.id}`)
    expect(told[0]?.lines.join()).toContain('告诉')
  },
)

test('where the owner is known she hears it herself, and whoever typed it does not', async () => {
  const elder = await born('冯有号', 3)
  const typist = await county.as('wang-lixin')
  const filed = await filedFor(typist, elder, { channel: 'village', assisted: true })
  await refused(filed.id)
  expect((await toldOf(typist, filed)).filter(({ title }) => title.includes('没批'))).toEqual([])
  expect((await toldOf(elder.person, filed)).map(({ title }) => title)).toContain('高龄津贴没批')
})

test.each([
  ['高龄津贴没批', '理由和不服怎么办都写在决定书里', refused],
  ['高龄津贴批准了', '还没办结，办好了再告诉你', granted],
  ['高龄津贴办好了', '决定书在手机上看', concluded],
] as const)('who is confirmed after the decision hears the decision: %s', async (title, said, decided) => {
  const mother = await born('冯后来', 0)
  const filed = await filedFor(await county.as('wang-lixin'), mother, { channel: 'village' })
  await decided(filed.id)
  await confirm(mother.person, mother)
  const [told, ...more] = await toldOf(mother.person, filed)
  expect(more).toEqual([])
  expect(told).toMatchObject({ title, page: `features/case/result?id=${filed.id}` })
  expect(told?.lines[0]).toContain(said)
  expect(told?.lines.join()).not.toContain('撤回')
  await confirm(mother.person, mother)
  expect(await toldOf(mother.person, filed)).toHaveLength(1)
})

const disown = async (person: Person, id: string, version: number, key?: string) =>
  person.send<Problem>('POST', `/api/cases/${id}/disownment`, {
    body: { version },
    ...(key ? { key } : {}),
  })

test.each([
  ['before the decision', async () => undefined, true],
  ['after the decision', refused, false],
] as const)(
  'a number that others typed is disowned %s: the case names nobody, and everybody is told once',
  async (_when, go, mayWithdraw) => {
    const elder = await born('冯不认', 3)
    const { person: son } = await born('冯代填', 2)
    const filed = await filedFor(son, elder, { agent: true })
    const { id } = filed
    await go(id)
    const { version, mayDisown } = await caseOf(elder.person, id)
    expect(mayDisown).toBe(true)
    expect(await disown(son, id, version)).toMatchObject({
      status: 409,
      body: { code: 'case.action-not-allowed' },
    })
    const key = `disown-${id}`
    const first = await disown(elder.person, id, version, key)
    expect(first.status, JSON.stringify(first.body)).toBe(200)
    expect((await disown(elder.person, id, version, key)).body).toEqual(first.body)
    expect((await elder.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
    const list = await elder.person.send<{ items: { id: string }[] }>('GET', '/api/cases')
    expect(list.body.items.map((each) => each.id)).not.toContain(id)
    const window = await county.as('zhao-min')
    const seen = await caseOf(window, id)
    expect(seen).toMatchObject({
      identityConfirmed: false,
      staff: { disowned: true, mayConfirmIdentity: false },
    })
    expect(seen.timeline[0]).toMatchObject({ title: '本人说不是自己申请的', who: '号码的主人' })
    expect(await checked(window, id)).toMatchObject({ status: 409 })
    const toSon = (await toldOf(son, filed)).filter(({ title }) => title.includes('不是自己申请的'))
    expect(toSon).toHaveLength(1)
    expect(await caseOf(son, id)).toMatchObject({ mayWithdraw, mayAdd: false, mayDisown: false })
    const toStaff = (await toldOf(await county.as('zhao-min'), filed)).filter(({ title }) =>
      title.includes('不是自己申请的'),
    )
    expect(toStaff).toHaveLength(1)
    const [row] = await county.services.database.rows<Record<string, string | null>>(
      sql`select applicant_index as owner, identity_index as identity, state->'applicant'->>'numberIndex' as number,
      (select count(*)::int from audit_entries where action = 'case.disowned' and subject = ${`case:${id}`}) as audited
      from cases where id = ${id}::uuid`,
    )
    expect(row).toEqual({ owner: null, identity: null, number: null, audited: 1 })
  },
)

test('who filed it is not confirmed into what its number’s owner has disowned', async () => {
  const elder = await born('冯不是', 3)
  const filer = await born('冯冒填', 2)
  const { id, version } = await filedFor(filer.person, elder, { agent: true })
  expect((await disown(elder.person, id, version)).status).toBe(200)
  await confirm(filer.person, filer)
  const seen = await caseOf(filer.person, id)
  expect(seen).toMatchObject({ identityConfirmed: false, identityAwaited: null })
  await refused(id)
  expect((await caseOf(filer.person, id)).decision?.recipient).toBe('提交申请的人')
})

test('what she has acted on, and what was confirmed for her, is not disowned', async () => {
  const elder = await born('冯已认', 3)
  const { person: son } = await born('冯帮填', 2)
  const first = await filedFor(son, elder, { agent: true })
  const added = await elder.person.send<{ version: number }>('POST', `/api/cases/${first.id}/additions`, {
    body: { version: first.version, answers: { mobile: '15400000088' } },
  })
  expect(await disown(elder.person, first.id, added.body.version)).toMatchObject({ status: 409 })
  const second = await filedFor(son, elder, { agent: true })
  await checked(await county.as('zhao-min'), second.id)
  const { version, mayDisown } = await caseOf(elder.person, second.id)
  expect(mayDisown).toBe(false)
  expect(await disown(elder.person, second.id, version)).toMatchObject({ status: 409 })
})

test('the paper of a refusal says that nobody has checked who applied', async () => {
  const filer = await born('冯未核', 2)
  const { id } = await filedFor(filer.person, filer)
  await refused(id)
  expect((await caseOf(filer.person, id)).decision?.recipient).toContain('（申请人身份未经核实）')
  const sure = await born('冯核过', 3)
  const other = await filedFor(sure.person, sure)
  await refused(other.id)
  expect((await caseOf(sure.person, other.id)).decision?.recipient).not.toContain('未经核实')
})
