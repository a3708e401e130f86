import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { addDays, dayIn, plainDate } from '#shared/domain/kernel/plain-date'
import { addWorkingDays } from '#shared/domain/time-limit/calendar'
import { run as endWork } from '../../functions/commands/end-work'
import { DALIANG, file } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// When the applicant is expected, and who has the case in hand: for whoever waits.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function filed(itemId: string) {
  people += 1
  const name = `凌秋${'甲乙丙丁戊己'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}
const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)

function inputOf(itemId: string, uploads: string[], name: string, idNumber: string, at = county) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  return validInput(item, createRandom(5), {
    ...packContext(dayIn(at.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
}

/** A firm's booking, whose filer holds its power: it can be granted. */
async function filedForFirm(at: County, change: object = {}) {
  const person = await at.as('li-jianguo')
  const { materials, answers } = inputOf(
    'LX-052',
    [await person.upload()],
    '李建国',
    '341821196805121238',
    at,
  )
  const firm = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K', legalRep: '李建国' }
  const created = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-052', answers: { ...answers, ...firm, ...change }, materials },
  })
  expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201 })
  const { id } = created.body
  return { person, id }
}

async function nextWorkingDay() {
  const { calendar } = await county.app.reference.current()
  const next = addWorkingDays(calendar, dayIn(county.services.clock.now()), 1)
  return next.kind === 'on' ? next.on : ''
}

test('a booked half day stands in the case and in the list, with the place, until the case is over', async () => {
  const { person, id } = await filed('LX-052')
  const { booked, answers } = await caseOf(person, id)
  expect(booked?.half).toMatch(/^(上午|下午)$/)
  const [, month, date] = (booked?.on ?? '').split('-').map(Number)
  const answer = answers.find(({ key }) => key === 'slot')?.text
  expect(answer).toContain(`${month}月${date}日`)
  expect(answer).toContain(booked?.half)
  expect(booked?.place).toContain('税务')
  expect((await listed(person, id))?.booked).toEqual(booked)
  // In a row that an earlier version wrote.
  await county.services.database.rows(sql`update cases set line_version = null where id = ${id}::uuid`)
  expect((await listed(person, id))?.booked).toEqual(booked)
  const { version } = await caseOf(person, id)
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  expect(await caseOf(person, id)).toMatchObject({ booked: null, bookedBefore: null })
  expect(await listed(person, id)).toMatchObject({ booked: null, bookedBefore: null })
})

test('of a booking it is promised that it stands, not that the visit of a later day is done', async () => {
  const { person, id } = await filed('LX-052')
  const { booked, dueOn } = await caseOf(person, id)
  expect(dueOn !== null && booked !== null && dueOn < booked.on).toBe(true)
  const guide = (await person.send<ServiceGuide>('GET', '/api/service-items/LX-052')).body
  expect(guide).toMatchObject({ books: true, promisedText: '当天定下来' })
  const { running } = (await person.send<Home>('GET', '/api/home')).body.me ?? {}
  expect(running).toMatchObject([{ caseId: id, booked }])
  await act(await county.as('window-tax'), id, 'accept')
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  const accepted = items.find(({ kind }) => kind === 'accepted')
  expect(accepted?.lines[0]).toMatch(/，最晚 .+ 定下来。/)
  expect(accepted?.lines.join()).not.toContain('办好')
  const other = (await person.send<ServiceGuide>('GET', '/api/service-items/LX-006')).body
  expect(other).toMatchObject({ books: false, promisedText: '当天办好' })
})

test('a booking that is granted before its day tells the half day until then: lists, message, decision', async () => {
  const { person, id } = await filedForFirm(county)
  const { booked } = await caseOf(person, id)
  const [, month, date] = (booked?.on ?? '').split('-').map(Number)
  const when = `${month}月${date}日`
  const window = await county.as('window-tax')
  await act(window, id, 'accept')
  const drafted = (await caseOf(window, id)).staff?.decisionDrafts.find(({ action }) => action === 'grant')
  await act(window, id, 'grant')
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'electronic' })
  expect((await listed(person, id))?.booked).toEqual(booked)
  const { todos } = (await person.send<Home>('GET', '/api/home')).body.me ?? {}
  expect(todos?.find(({ caseId }) => caseId === id)?.note).toBe(`约好 ${when} ${booked?.half}来`)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  expect(items.find(({ kind }) => kind === 'concluded')?.lines[0]).toContain(`约好 ${when} ${booked?.half}来`)
  const { decision } = await caseOf(person, id)
  expect(drafted?.booked).toContain(`${when}${booked?.half}`)
  expect(decision?.paragraphs.join()).toContain(`预约时间：${drafted?.booked}。`)
  await county.door('POST', 'clock', { advanceWorkingDays: 12 })
  expect((await listed(person, id))?.booked).toBeNull()
})

test('a half day is over by the hour on every list and page, and in what is decided afterwards', async () => {
  const { person, id } = await filedForFirm(county, { slot: { date: await nextWorkingDay(), half: '上午' } })
  const { booked } = await caseOf(person, id)
  if (!booked) throw new Error('not booked')
  const shown = async () => {
    const { running } = (await person.send<Home>('GET', '/api/home')).body.me ?? {}
    const told = [
      await caseOf(person, id),
      await listed(person, id),
      running?.find(({ caseId }) => caseId === id),
    ]
    return told.map((each) => ({ booked: each?.booked, bookedBefore: each?.bookedBefore }))
  }
  await county.door('POST', 'clock', { set: `${booked.on}T11:59:00+08:00` })
  expect(await shown()).toEqual(Array(3).fill({ booked, bookedBefore: null }))
  await county.door('POST', 'clock', { set: `${booked.on}T12:00:00+08:00` })
  expect(await shown()).toEqual(Array(3).fill({ booked: null, bookedBefore: booked }))
  const window = await county.as('window-tax')
  await act(window, id, 'accept')
  const drafted = (await caseOf(window, id)).staff?.decisionDrafts.find(({ action }) => action === 'grant')
  expect(drafted?.booked).toContain('上午')
  await act(window, id, 'grant')
  await act(window, id, 'conclude')
  expect(await caseOf(person, id)).toMatchObject({ booked: null, bookedBefore: null })
  const { decision } = await caseOf(person, id)
  expect(decision?.paragraphs.join()).not.toMatch(/请在.+来/)
  expect(decision?.howToGet).toBe('')
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  expect(items.find(({ kind }) => kind === 'concluded')?.lines[0]).toBe('决定书点开就看到。')
})

test('that the decision is read on the phone is said once, and what was handed over is fetched by nobody', async () => {
  const { person, id } = await filed('LX-006')
  const agent = await county.as('wang-lixin')
  for (const action of ['accept', 'grant', 'conclude'] as const)
    expect((await act(agent, id, action)).status).toBe(200)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  const line = items.find(({ kind }) => kind === 'concluded')?.lines[0] ?? ''
  expect(line.match(/决定书/g)).toHaveLength(1)
  expect((await caseOf(person, id)).decision?.howToGet).toContain('拿')
  expect((await act(agent, id, 'deliver', { method: 'pickup' })).status).toBe(200)
  expect((await caseOf(person, id)).decision).toMatchObject({ howToGet: '', deliveredBy: '窗口或村里拿' })
})

test('whoever types a booking reads the half day in the answer', async () => {
  const window = await county.as('window-tax')
  const born = await county.door<{ idNumber: string }>('POST', 'people', {
    name: '凌窗口',
    birth: '1970-03-05',
    villageCode: DALIANG,
  })
  const input = inputOf('LX-052', [await window.upload()], '凌窗口', born.body.idNumber)
  const filed = await window.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-052', channel: 'window', assisted: true, ...input },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  const { booked } = await caseOf(window, filed.body.id)
  expect(booked).not.toBeNull()
  expect(filed.body.booked).toEqual(booked)
})

test('what books nothing tells nothing', async () => {
  const { person, id } = await filed('LX-005')
  expect((await caseOf(person, id)).booked).toBeNull()
  expect((await listed(person, id))?.booked).toBeNull()
})

test('whoever waits is not told the name of who has left', async () => {
  const { person, id } = await filed('LX-045')
  const holder = async () => (await caseOf(person, id)).holder?.name
  await act(await county.as('zhou-min'), id, 'assign', { staffId: 'project-officer-2' })
  expect(await holder()).toBe('郭燕')
  const leaves = { services: county.services, words: ['project-officer-2'], print: () => undefined }
  expect(await endWork(leaves)).toBe(0)
  expect(await holder()).not.toBe('郭燕')
})

test('whoever waits reads who has it, and at which number they are asked', async () => {
  const { person, id } = await filed('LX-005')
  const phone = expect.stringMatching(/^0563-/)
  // Two windows hold it: no name is told of a pool.
  expect(await caseOf(person, id)).toMatchObject({ holder: { name: null }, ask: { phone } })
  await act(await county.as('zhao-min'), id, 'accept')
  await county.door('POST', 'clock', { advanceWorkingDays: 11 })
  const late = await caseOf(person, id)
  expect(late.outcome).toMatchObject({ key: 'late' })
  expect(late).toMatchObject({
    holder: { unitName: '梅渚镇' },
    // An hour has no zero before it.
    ask: { shortName: '梅渚镇', phone, weekly: '周一到周五 8:30—17:30', answered: { open: true } },
  })
  const { version } = late
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  expect((await caseOf(person, id)).holder).toBeNull()
})

test('a booked half day that is over is told as past until the case is over, and is still no day of 办好', async () => {
  const { person, id } = await filed('LX-052')
  const on = (await caseOf(person, id)).booked?.on ?? ''
  await county.door('POST', 'clock', { advanceWorkingDays: 15 })
  const { now } = (await county.door<{ now: string }>('GET', 'clock')).body
  expect(on < now.slice(0, 10), `${on} ${now}`).toBe(true)
  const late = await caseOf(person, id)
  expect(late.outcome.key).toBe('late')
  // A phone of before has words only for what is to come.
  expect(late).toMatchObject({ booked: null, bookedBefore: { on } })
  expect(await listed(person, id)).toMatchObject({ booked: null, bookedBefore: late.bookedBefore })
  await county.services.database.rows(sql`update cases set line_version = null where id = ${id}::uuid`)
  expect(await listed(person, id)).toMatchObject({ booked: null, bookedBefore: late.bookedBefore })
  const { version } = await caseOf(person, id)
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  expect((await caseOf(person, id)).booked).toBeNull()
  expect((await listed(person, id))?.booked).toBeNull()
})

test('a half day that is over is granted by no oversight: whoever signs is warned, and the decision names it', async () => {
  const late = await openCounty()
  try {
    const { person, id } = await filedForFirm(late)
    const window = await late.as('window-tax')
    const warnings = async () =>
      ((await caseOf(window, id)).staff?.allowed ?? []).flatMap(({ action, warning }) =>
        action === 'settle' || action === 'grant' || warning !== null ? [[action, warning]] : [],
      )
    const { booked } = await caseOf(person, id)
    const warned = expect.stringMatching(`约的是.*${booked?.half}，已经过了`)
    expect(await warnings()).toEqual([['settle', null]])
    await late.door('POST', 'clock', { set: `${addDays(plainDate(booked?.on ?? ''), 1)}T09:00:00+08:00` })
    expect(await warnings()).toEqual([['settle', warned]])
    await act(window, id, 'accept')
    expect(await warnings()).toEqual([['grant', warned]])
    await act(window, id, 'grant')
    expect(await warnings()).toEqual([])
    const said = (await caseOf(person, id)).decision?.paragraphs.join('')
    expect(said).toMatch(new RegExp(`预约时间：\\d{4}年\\d+月\\d+日${booked?.half}。`))
    expect(said).not.toContain('请在')
  } finally {
    await late.close()
  }
})
