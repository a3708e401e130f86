import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, plainDate } from '../../kernel/plain-date'
import { decidersInPlace, holderPools } from '../../organization/pools'
import type { Registry, StaffMember, Unit } from '../../organization/registry'
import type { Pool } from '../context'
import { act, file, type Journey, refusal } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'

// 行政许可法 第22条: an organ decides by its own people.

const TODAY = plainDate('2026-11-24')
const unit = (id: string, kind: Unit['kind']): Unit => ({
  id,
  kind,
  name: id,
  shortName: id,
  parentId: kind === 'county' ? null : 'county',
  creditCode: '',
  documentPrefix: null,
  reviewAuthority: null,
  court: null,
})
const UNITS = [unit('county', 'county'), unit('transport', 'department'), unit('civil', 'department')]
const ROLES = ['dept-approver', 'dept-reviewer', 'window', 'liaison'] as const
const PEOPLE = ['head', 'second', 'clerk', 'other', 'stranger'] as const
type Name = (typeof PEOPLE)[number]

interface Organ {
  readonly roles: Readonly<Partial<Record<Name, readonly string[]>>>
  /** Whom the leave of who is away names. */
  readonly away: Readonly<Partial<Record<Name, Name | null>>>
  readonly barred: readonly Name[]
}

function registryOf({ roles, away }: Organ): Registry {
  const people = PEOPLE.map(
    (id): StaffMember => ({
      id,
      name: id,
      partTime: false,
      dutyHours: [],
      leave: id in away ? [{ from: TODAY, to: addDays(TODAY, 60), substituteId: away[id] ?? null }] : [],
      substituteId: null,
    }),
  )
  const rolesOf = (id: string) =>
    (roles[id as Name] ?? []).map((held) => {
      const [role = '', unitId = ''] = held.split('@')
      return { role, unitId }
    })
  const all: readonly StaffMember[] = [
    ...people,
    { id: 'boss', name: 'boss', partTime: false, dutyHours: [], leave: [], substituteId: null },
  ]
  return {
    units: new Map(UNITS.map((each) => [each.id, each])),
    staff: new Map(all.map((each) => [each.id, each])),
    rolesOf: (id) => (id === 'boss' ? [{ role: 'supervisor', unitId: 'county' }] : rolesOf(id)),
    holders: (role, unitId) =>
      all.filter(({ id }) =>
        (id === 'boss' ? [{ role: 'supervisor', unitId: 'county' }] : rolesOf(id)).some(
          (held) => held.role === role && held.unitId === unitId,
        ),
      ),
  }
}
const question = ({ barred }: Organ) => ({
  role: 'dept-approver',
  unitId: 'transport',
  decides: true,
  span: { from: { day: TODAY, minute: 600 }, until: addDays(TODAY, 5) },
  isWorkingDay: () => true,
  isBarred: ({ id }: StaffMember) => barred.some((each) => each === id),
})

/** Each of two heads may name another of one office. */
const whoIsAway = (names: Name | null | undefined, secondAway: boolean) => ({
  ...(names === undefined ? {} : { head: names }),
  ...(secondAway ? { second: names === 'clerk' ? ('other' as const) : (names ?? null) } : {}),
})

/** Small organs of every kind: a head or two, on leave or barred, who name somebody of the organ, of another, or nobody. */
const organs = (): readonly Organ[] =>
  [[], ['dept-approver@transport']].flatMap((second) =>
    ROLES.slice(1).flatMap((role) =>
      ([undefined, null, 'clerk', 'stranger', 'second'] as const).flatMap((names) =>
        [false, true].flatMap((secondAway) =>
          ([[], ['clerk'], ['head'], ['second']] as const).map((barred) => ({
            roles: {
              head: ['dept-approver@transport'],
              second,
              clerk: [`${role}@transport`],
              other: [`${role}@transport`],
              stranger: ['dept-reviewer@civil'],
            },
            away: whoIsAway(names, secondAway),
            barred,
          })),
        ),
      ),
    ),
  )

test('in every small organ only whom the leave names, of the organ and not barred, decides, and only while nobody else does', () => {
  let stoodIn = 0
  for (const organ of organs()) {
    const registry = registryOf(organ)
    const asked = question(organ)
    const isThere = (id: Name) => !(id in organ.away) && !organ.barred.some((each) => each === id)
    const heads = PEOPLE.filter((id) => organ.roles[id]?.includes('dept-approver@transport'))
    const deciders = decidersInPlace(registry, asked)
    const { pools, unstaffed } = holderPools(registry, asked)
    if (heads.some(isThere)) {
      expect(deciders).toEqual([])
      expect(pools).toEqual([{ role: 'dept-approver', unitId: 'transport', because: 'own' }])
      continue
    }
    for (const { staffId, inPlaceOf } of deciders) {
      stoodIn += 1
      expect(registry.rolesOf(staffId).some((held) => held.unitId === 'transport')).toBe(true)
      expect(isThere(staffId as Name)).toBe(true)
      expect(organ.away[inPlaceOf as Name]).toBe(staffId)
    }
    // Who is told that it waits where nobody decides.
    expect([unstaffed, pools.some(({ role }) => role === 'supervisor')]).toEqual([
      deciders.length === 0,
      deciders.length === 0,
    ])
    // One row of an office, however many of it are named.
    const offices = pools.map(({ role, unitId }) => `${role}@${unitId}`)
    expect(new Set(offices).size).toBe(offices.length)
    for (const { role, unitId } of deciders) expect(offices).toContain(`${role}@${unitId}`)
  }
  expect(stoodIn).toBeGreaterThan(10)
})

test('of two heads who name the same person it is the same one whom paper, page and history name, in whichever order they are read', () => {
  const organ: Organ = {
    roles: {
      head: ['dept-approver@transport'],
      second: ['dept-approver@transport'],
      clerk: ['dept-reviewer@transport'],
    },
    away: { head: 'clerk', second: 'clerk' },
    barred: [],
  }
  const registry = registryOf(organ)
  const reversed: Registry = {
    ...registry,
    holders: (role, unitId) => [...registry.holders(role, unitId)].reverse(),
  }
  for (const read of [registry, reversed])
    expect(decidersInPlace(read, question(organ))).toEqual([
      { role: 'dept-reviewer', unitId: 'transport', staffId: 'clerk', inPlaceOf: 'head' },
    ])
})

const item = packItems().find(({ id }) => id === 'LX-038')
const acting = (staffId: string, pool: Pool) =>
  ({ kind: 'staff', staffId, pools: [pool], isBarred: false }) as const

describe('a decision', () => {
  if (!item) throw new Error('no LX-038')
  const review: Pool = { role: 'dept-reviewer', unitId: 'transport' }
  const there = driveTo(file(item, '2026-11-02'), 'decide')
  const away: Journey = {
    ...there,
    standIns: [{ staffId: 'clerk', inPlaceOf: 'head' }],
    alsoHeldBy: [review],
  }

  test('is signed by whom the leave names, and it says for whom', () => {
    for (const action of ['grant', 'refuse'] as const) {
      expect(refusal(away, action, 'decide', acting('other', review))).toBe('case.not-your-organ')
      expect(refusal(away, action, 'decide', acting('clerk', review))).toBeUndefined()
      const decided = act(away, action, { actor: acting('clerk', review) })
      expect(decided.events.at(-1)).toMatchObject({ staffId: 'clerk', inPlaceOf: 'head' })
    }
  })

  test('is the head’s again, and who stood in has it no more', () => {
    const back: Journey = { ...away, standIns: [] }
    expect(refusal(back, 'grant', 'decide', acting('clerk', review))).toBe('case.not-your-organ')
    const decided = act(back, 'grant', {
      actor: acting('head', { role: 'dept-approver', unitId: 'transport' }),
    })
    expect(decided.events.at(-1)).not.toHaveProperty('inPlaceOf')
  })

  test('of the unit’s own liaison is none', () => {
    const liaison: Pool = { role: 'liaison', unitId: 'transport' }
    const held: Journey = { ...there, alsoHeldBy: [liaison] }
    expect(refusal(held, 'grant', 'decide', acting('liaison', liaison))).toBe('case.not-your-organ')
  })
})

test('a new day is named by whom the break was told to for that unit, and by 督查 where nobody of it answers or it broke again', () => {
  if (!item) throw new Error('no LX-038')
  const there = driveTo(file(item, '2026-11-02'), 'decide')
  const broken = (told: Pool, more: Partial<Journey> = {}, again = false): Journey => ({
    ...there,
    ...more,
    state: {
      ...there.state,
      broken: {
        at: there.now,
        promisedOn: TODAY,
        told: [told],
        ...(again ? { again: { at: there.now } } : {}),
      },
    },
  })
  const mayName = (journey: Journey, pool: Pool) =>
    refusal(journey, 'promise-anew', 'decide', acting('one', pool)) !== 'case.not-your-task'
  const civil: Pool = { role: 'dept-approver', unitId: 'civil' }
  const supervisor: Pool = { role: 'supervisor', unitId: 'county' }
  expect(mayName(broken(civil), civil)).toBe(false)
  expect(mayName(broken(supervisor), supervisor)).toBe(false)
  expect(mayName(broken(supervisor, { isHeadless: true }), supervisor)).toBe(true)
  expect(mayName(broken(supervisor, {}, true), supervisor)).toBe(true)
  const standIn = { role: 'dept-reviewer', unitId: 'transport', staffId: 'one' } as const
  expect(mayName(broken(standIn), standIn)).toBe(false)
  expect(mayName(broken(standIn, { isHeadless: true }), standIn)).toBe(true)
})
