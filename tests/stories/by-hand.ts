import { promiseOnTime } from '#shared/domain/case/clock/broken-promise'
import type { Pool } from '#shared/domain/case/context'
import type { CaseCommand } from '#shared/domain/case/decide'
import type { DeliveryCommand } from '#shared/domain/case/delivery/delivery'
import type { ServedPaper } from '#shared/domain/case/delivery/delivery-state'
import {
  APPLICANT,
  append,
  attempt,
  calendarOf,
  everybody,
  file,
  type Journey,
  onDay,
  passTime,
  staff,
} from '#shared/domain/case/journeys/case-fixture'
import { driveTo, driveToEnd, type Goal } from '#shared/domain/case/journeys/sensible-acts'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { packItems } from '../generated-input'
import { PLACES } from './county'

/** As somebody of 大梁村 filed it on a day; of some items they answer something. */
export function filed(id: string, day: string, more: Parameters<typeof file>[2] = {}): Journey {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day, { places: PLACES, ...more })
}

export type Hand = ReturnType<typeof hand>
/** Somebody of the county by name. */
export const hand = (staffId: string, ...pools: readonly Pool[]) => ({ ...staff(...pools), staffId })

/** Whatever is decided, by whoever may. */
export function done(
  journey: Journey,
  command: CaseCommand,
  actor: Parameters<typeof attempt>[2] = everybody(journey),
): Journey {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(`${tried.error.code} for ${JSON.stringify(command)}`)
  return tried.value
}

/** The office is as it is about to be done by hand: up to a step, and up to the end. */
export const upTo = (stepKey: string) => (journey: Journey) => driveTo(journey, stepKey)
export function untilDecided(journey: Journey, goal: Goal): Journey {
  const found = driveToEnd(journey, goal).find(({ state }) => state.decision !== null)
  if (!found) throw new Error(`${journey.item.id} is never ${goal}`)
  return found
}
export function untilConcluded(journey: Journey, goal: Goal): Journey {
  const found = driveToEnd(journey, goal).find(({ state }) => state.concludedAt !== null)
  if (!found) throw new Error(`${journey.item.id} is never concluded`)
  return found
}

/** A paper of the case, on its way. */
export const post = (journey: Journey, of: ServedPaper, more: { readonly otherwiseDigest?: string } = {}) =>
  done(journey, {
    type: 'post',
    of,
    carrier: 'ems',
    trackingDigest: 'EA123456789CN',
    postedOn: dayIn(journey.now),
    ...more,
  })
export const received = (journey: Journey, of: ServedPaper) =>
  done(journey, { type: 'record-receipt', of, receivedOn: dayIn(journey.now) })
export const cameBack = (journey: Journey, of: ServedPaper) =>
  done(journey, { type: 'record-return', of, returnedOn: dayIn(journey.now), reasonDigest: '查无此人' })
export const handOver = (
  journey: Journey,
  of: ServedPaper,
  takerDigest: string | null = null,
  more: { readonly otherwiseDigest?: string } = {},
) => done(journey, { type: 'hand-over', of, takenOn: dayIn(journey.now), takerDigest, ...more })
export const putUp = (journey: Journey, of: ServedPaper) =>
  done(journey, { type: 'announce', of, placeDigest: '村口公告栏', reasonDigest: '找不到人' })
export const saidPutUp = (journey: Journey, of: ServedPaper) =>
  done(journey, { type: 'record-announced', of })
export const leave = (journey: Journey, of: ServedPaper) =>
  done(journey, { type: 'leave', of, witnessesDigest: '村主任、网格员', refusalDigest: '不肯收' })
export const choose = (
  journey: Journey,
  method: Extract<DeliveryCommand, { type: 'choose-delivery' }>['method'],
  actor: Parameters<typeof attempt>[2] = APPLICANT,
) =>
  done(
    journey,
    { type: 'choose-delivery', method, addressDigest: method === 'post' ? '大梁村 8 号' : null },
    actor,
  )

/** What the job of the deadlines does on a day, a broken promise included. */
export function night(journey: Journey, day: string, minute = 9 * 60 + 42): Journey {
  const on = onDay(journey, day, minute)
  const byDay = passTime(on)
  if (byDay.events.length > on.events.length) return byDay
  const { organUnitId: unitId } = on.state
  const supervisors = () => [{ role: 'supervisor', unitId: '341821' }] as const
  const superiorsOf = () => [{ role: 'dept-approver', unitId }] as const
  const broken = promiseOnTime(on.item, on.state, {
    now: on.now,
    calendar: calendarOf(on),
    superiorsOf,
    supervisors,
  })
  return append(on, broken)
}
