import type fc from 'fast-check'
import { expect } from 'vitest'
import type { CaseActor } from '#shared/domain/case/context'
import type { CaseEventType } from '#shared/domain/case/events'
import { APPLICANT, everybody, HELPER, type Journey, staff } from '#shared/domain/case/journeys/case-fixture'
import { movedEarlier } from '#shared/domain/case/journeys/deadlines'
import { brokenRules } from '#shared/domain/case/journeys/invariants'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** The approvers of the organ that decides, each by themselves. */
const approver =
  (staffId: string) =>
  ({ state: { organUnitId: unitId } }: Journey) => ({
    ...staff({ role: 'town-approver', unitId }, { role: 'dept-approver', unitId }),
    staffId,
  })

export const APPLICANT_INDEX = 8
export const HELPER_INDEX = 13
/** Those who hold everything here, one office only, nothing, or their own case. */
export const ACTORS: readonly ((journey: Journey) => CaseActor)[] = [
  everybody,
  () => staff({ role: 'village-agent', unitId: 'village' }),
  () => staff({ role: 'town-window', unitId: 'town' }),
  () => staff({ role: 'town-approver', unitId: 'town' }),
  () => staff({ role: 'supervisor', unitId: 'county' }),
  ({ item }) => staff({ role: 'dept-approver', unitId: item.departmentId }),
  ({ item }) => staff({ role: 'window', unitId: item.departmentId }),
  () => staff({ role: 'window', unitId: 'elsewhere' }),
  () => APPLICANT,
  (journey) => ({ ...everybody(journey), isBarred: true }),
  approver('wu'),
  approver('zhao'),
  () => staff({ role: 'county-approver', unitId: 'county' }),
  () => HELPER,
]

/** That a decision is to be revoked, as an onlooker remembers it. */
interface Proposal {
  /** Of several departments that decide each its own part, whose decision it is; null where one organ decides the whole. */
  readonly unitId: string | null
  readonly decided: 'granted' | 'refused'
  readonly by: string | null
  readonly notedBy: readonly string[]
  readonly isAllSaid: boolean
  /** On which it was proposed. */
  readonly on: PlainDate
  /** The last day to speak that was told; null where no calendar has it. */
  readonly told: PlainDate | null
  /** It goes by hand or by post: the days begin with its service. */
  readonly isByHand: boolean
  readonly servedOn: PlainDate | null
}

/** What an onlooker who knows only what was done expects to be true. */
export interface Model {
  decision: 'granted' | 'refused' | null
  ended: boolean
  asked: boolean
  identityConfirmed: boolean
  /** Ended by coming to whom it is for. */
  delivered: boolean
  proposal: Proposal | null
  /** Not answered yet; `of`: of several departments, whose decision it is about, null where one organ decides the whole. */
  advised: readonly { readonly by: 'supervisor' | 'government'; readonly of: string | null }[]
  /** A proposal was weighed, and the decision kept: of the whole, or of these departments' own. */
  kept: boolean
  keptOf: readonly (string | null)[]
  /** Whoever has the number says that they have not applied, and nobody else was named since. */
  disowned: boolean
  /** Decisions that fell and were taken anew. */
  fallen: number
}
export interface Real {
  journey: Journey
}
export type Move = fc.Command<Model, Real>

/** How many moves did something or were refused, over all sequences, and how often each kind of event came of it. */
export const counted = { done: 0, refused: 0, events: {} as Partial<Record<CaseEventType, number>> }

export const nth = <Value>(list: readonly Value[], index: number) => list[index % Math.max(list.length, 1)]
export const actorOf = ({ journey }: Real, index: number) => (ACTORS[index] ?? everybody)(journey)

export function settle(model: Model, real: Real, next: Journey) {
  counted[next === real.journey ? 'refused' : 'done'] += 1
  for (const { type } of next.events.slice(real.journey.events.length))
    counted.events[type] = (counted.events[type] ?? 0) + 1
  expect(brokenRules(real.journey, next)).toEqual([])
  expect(movedEarlier(real.journey, next)).toEqual([])
  expect(next.state.version).toBe(next.events.length)
  expect(next.state.decision?.kind ?? null).toBe(model.decision)
  expect(next.state.endedAt !== null).toBe(model.ended)
  expect(next.state.status === 'correcting').toBe(model.asked)
  expect(next.state.identityConfirmed).toBe(model.identityConfirmed)
  real.journey = next
}
