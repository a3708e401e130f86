import type { WhomToAsk } from '#shared/contract/primitives'
import { OFFICE_HOURS } from '#shared/domain/kernel/office-hours'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { answeringAt } from '#shared/domain/organization/answering'
import { organName } from '#shared/domain/organization/registry'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from './reference'

const DAY_NAMES: Readonly<Record<string, string>> = {
  mon: '一',
  tue: '二',
  wed: '三',
  thu: '四',
  fri: '五',
  sat: '六',
  sun: '日',
}

/** As every page says an hour: 8:30—17:30 of 08:30-17:30. */
const periodText = (period: string) => period.replace(/\b0(?=\d:)/g, '').replace('-', '—')

/** 周一、周二 8:30—17:30；没有固定时间 */
export function hoursText(
  hours: readonly { readonly days: readonly string[]; readonly periods: readonly string[] }[],
) {
  if (hours.length === 0) return '没有固定时间，先打电话'
  return hours
    .map(({ days, periods }) => `${daysText(days)} ${periods.map(periodText).join('、')}`)
    .join('；')
}

const daysText = (days: readonly string[]) => {
  const names = days.map((day) => DAY_NAMES[day] ?? '')
  const [first, last] = [names[0], names.at(-1)]
  return days.length > 2 && isRun(days) ? `周${first}到周${last}` : `周${names.join('、')}`
}

const isRun = (days: readonly string[]) => {
  const order = Object.keys(DAY_NAMES)
  const start = order.indexOf(days[0] ?? '')
  return days.every((day, index) => order[start + index] === day)
}

/** Whether somebody is there now: by the hours of its service point, else by those of the offices. */
export function answeredAt(reference: Reference, unitId: string, now: Instant) {
  const hours = reference.servicePoints.get(unitId)?.hours ?? 'office'
  const told = answeringAt(now, hours, provisionalWorkingDay(reference.calendar))
  return told && { open: told.isOpen, hours: told.words }
}

function weeklyHours(reference: Reference, unitId: string) {
  const hours = reference.servicePoints.get(unitId)?.hours
  return hours === undefined ? OFFICE_HOURS : hours.length === 0 ? null : hoursText(hours)
}

/** A unit by a number of it, in its own hours. */
export const unitToAsk = (reference: Reference, unitId: string, phone: string | null, now: Instant) => ({
  shortName: organName(reference, unitId),
  phone,
  weekly: weeklyHours(reference, unitId),
  answered: phone === null ? null : answeredAt(reference, unitId, now),
})

/** Whom to ask about what a unit has in hand; the organ behind it, where it has no phone. */
export function whomToAsk(reference: Reference, unitId: string, behind: string, now: Instant): WhomToAsk {
  const own = (reference.units.get(unitId)?.phone ?? reference.servicePoints.get(unitId)?.phone) || null
  return own === null
    ? unitToAsk(reference, behind, reference.units.get(behind)?.phone ?? null, now)
    : unitToAsk(reference, unitId, own, now)
}
