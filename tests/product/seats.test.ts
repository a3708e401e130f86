import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DraftedPapers } from '#shared/contract/after-decision'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import { act, type County, caseOf, openCounty, type Person } from './county'

// A half day of the tax office takes twelve: what is taken, moved and given back while a case lives.
let county: County
let owner: Person
let window: Person
beforeAll(async () => {
  county = await openCounty()
  owner = await county.as('li-jianguo')
  window = await county.as('window-tax')
})
afterAll(() => county.close())

interface Slot {
  readonly date: string
  readonly half: string
}
const CAPACITY = 12

const freeSlots = async () =>
  (await owner.send<ApplicationForm>('GET', '/api/service-items/LX-052/form')).body.slots
const leftOf = async ({ date, half }: Slot) =>
  (await freeSlots()).find((slot) => slot.on === date && slot.half === half)?.left
/** So many half days on which nobody comes yet. */
async function untaken(count: number) {
  const free = (await freeSlots()).filter(({ left }) => left === CAPACITY)
  const slots = free.slice(0, count).map(({ on, half }): Slot => ({ date: on, half }))
  expect(slots).toHaveLength(count)
  return slots as [Slot, ...Slot[]]
}

/** 办税预约 of 李记小吃店, whose licence is on file. */
async function book(slot: Slot) {
  const filed = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-052',
      answers: {
        entName: '郎溪县梅渚镇李记小吃店',
        uscc: '92341821DEM903328K',
        legalRep: '李建国',
        contact: '李建国',
        mobile: '15400000001',
        service: ['培训'],
        slot,
      },
      materials: [],
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}

const send = async (id: string, door: string, body: object = {}) =>
  owner.send('POST', `/api/cases/${id}/${door}`, {
    body: { version: (await caseOf(owner, id)).version, ...body },
  })
async function askForSlot(id: string, name = 'slot') {
  const asked = await act(window, id, 'request-correction', {
    reason: '换一天',
    items: [{ kind: 'field', name, reason: '换一天' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
}
const bookedOf = async ({ date, half }: Slot) => {
  const [row] = await county.services.database.rows<{ booked: number }>(
    sql`select booked from slot_counters where slot_on = ${date}::date and half = ${half}`,
  )
  return row?.booked
}

test('an answer that moves to a full half day is refused and changes nothing; one to a free half day moves the seat', async () => {
  const [before, full, free] = (await untaken(3)) as [Slot, Slot, Slot]
  const id = await book(before)
  const guests: string[] = []
  for (let guest = 0; guest < CAPACITY; guest += 1) guests.push(await book(full))
  await askForSlot(id)
  const asked = await caseOf(owner, id)
  const refused = await send(id, 'supplement', { answers: { slot: full } })
  expect(refused).toMatchObject({ status: 409, body: { code: 'application.slot-full' } })
  expect(await caseOf(owner, id)).toEqual(asked)
  expect([await leftOf(before), await leftOf(full)]).toEqual([CAPACITY - 1, 0])

  expect((await send(id, 'supplement', { answers: { slot: free } })).status).toBe(200)
  expect([await leftOf(before), await leftOf(full), await leftOf(free)]).toEqual([CAPACITY, 0, CAPACITY - 1])
  // The seat that it has now is the one that goes back.
  expect((await send(id, 'withdrawal')).status).toBe(200)
  expect([await leftOf(before), await leftOf(full), await leftOf(free)]).toEqual([CAPACITY, 0, CAPACITY])
  // Whoever gives a seat of the full half day back makes room for one.
  const second = await book(before)
  await askForSlot(second)
  expect((await send(guests[0] ?? '', 'withdrawal')).status).toBe(200)
  expect((await send(second, 'supplement', { answers: { slot: full } })).status).toBe(200)
  expect([await leftOf(before), await leftOf(full)]).toEqual([CAPACITY, 0])
})

test('the same half day answered again is neither taken twice nor lost', async () => {
  const [slot] = await untaken(1)
  const id = await book(slot)
  await askForSlot(id)
  expect((await send(id, 'supplement', { answers: { slot } })).status).toBe(200)
  expect(await leftOf(slot)).toBe(CAPACITY - 1)
})

test('declined, refused, withdrawn: the seat comes back; granted and concluded: it stays', async () => {
  const [slot] = await untaken(1)
  const [declined, refused, withdrawn, granted] = [
    await book(slot),
    await book(slot),
    await book(slot),
    await book(slot),
  ]
  const left = async () => CAPACITY - ((await leftOf(slot)) ?? 0)
  expect(await left()).toBe(4)
  const done = async (id: string, action: Parameters<typeof act>[2], more: object = {}) =>
    expect((await act(window, id, action, { ...more })).status).toBe(200)
  await done(declined, 'decline', { reason: '在电子税务局上就能办' })
  expect(await left()).toBe(3)
  await done(refused, 'accept')
  await done(refused, 'refuse', { reason: '资料不全' })
  expect(await left()).toBe(2)
  expect((await send(withdrawn, 'withdrawal')).status).toBe(200)
  expect(await left()).toBe(1)
  await done(granted, 'accept')
  await done(granted, 'grant')
  await done(granted, 'conclude')
  expect(await left()).toBe(1)
})

test('terminated for want of an answer: the seat comes back', async () => {
  const [slot] = await untaken(1)
  const id = await book(slot)
  await askForSlot(id, 'mobile')
  expect(await bookedOf(slot)).toBe(1)
  await county.door('POST', 'clock', { advanceWorkingDays: 18 })
  expect((await caseOf(owner, id)).status).toBe('terminated')
  expect(await bookedOf(slot)).toBe(0)
})

async function after(staffId: string, id: string, body: object) {
  const staff = await county.as(staffId)
  const { version } = await caseOf(staff, id)
  return staff.send('POST', `/api/cases/${id}/after-decision`, { body: { version, ...body } })
}
async function refusedBooking(slot: Slot) {
  const id = await book(slot)
  for (const [action, more] of [
    ['accept', {}],
    ['refuse', { reason: '资料不全' }],
  ] as const)
    expect((await act(window, id, action, more)).status).toBe(200)
  const proposal = { action: 'propose-revocation', basis: 'other', reason: '资料是全的' }
  const proposed = await after('window-tax', id, proposal)
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(200)
  return id
}
const REVOKE = { action: 'revoke-decision', reason: '核了，资料是全的' }

test('a refusal that was wrong falls though its half day is full by now: another is asked for, and none is taken or given back', async () => {
  const [full, free] = await untaken(2)
  const id = await refusedBooking(full)
  const papersOf = async () => {
    const staff = await county.as('reviewer-tax-1')
    const { version } = await caseOf(staff, id)
    const path = `/api/cases/${id}/after-decision/papers`
    return (await staff.send<DraftedPapers>('POST', path, { body: { version, ...REVOKE } })).body.papers
  }
  expect(JSON.stringify(await papersOf())).not.toContain('撤回来重新约')
  for (let guest = 0; guest < CAPACITY; guest += 1) await book(full)
  // What is read before it is signed knows it, as what is signed does.
  const [drafted] = await papersOf()
  expect(drafted?.paragraphs.join('')).toContain('撤回来重新约')
  const done = await after('reviewer-tax-1', id, REVOKE)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const view = await caseOf(owner, id)
  expect(view).toMatchObject({ status: 'examining', booked: null })
  expect(view.outcome.word).toContain('原来约的时段约满了，要来就撤回来重新约')
  expect(view.seatGone).toBe(true)
  const allowed = (await caseOf(window, id)).staff?.allowed
  expect(allowed?.find(({ action }) => action === 'grant')?.warning).toContain('约满了')
  const paper = view.documents.findLast(({ kind }) => kind === 'revocation')
  const read = await owner.send<{ paragraphs: string[] }>('GET', `/api/cases/${id}/documents/${paper?.id}`)
  expect(read.body.paragraphs).toEqual(drafted?.paragraphs)
  expect((await send(id, 'withdrawal')).status).toBe(200)
  expect([await bookedOf(full), await leftOf(full)]).toEqual([CAPACITY, 0])
  await book(free as Slot)
  expect(await leftOf(free as Slot)).toBe(CAPACITY - 1)
})

test('where there is room its half day is its own again', async () => {
  const [slot] = await untaken(1)
  const id = await refusedBooking(slot)
  expect(await leftOf(slot)).toBe(CAPACITY)
  expect((await after('reviewer-tax-1', id, REVOKE)).status).toBe(200)
  expect(await leftOf(slot)).toBe(CAPACITY - 1)
  expect((await caseOf(owner, id)).booked).toMatchObject({ on: slot.date, half: slot.half })
})
