import type { PlainDate } from '../kernel/plain-date'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type Weekday = (typeof WEEKDAYS)[number]

export const STAFF_ROLES = [
  'village-agent',
  'town-window',
  'town-reviewer',
  'town-approver',
  'window',
  'dept-window',
  'dept-reviewer',
  'dept-approver',
  'county-approver',
  'project-officer',
  'liaison',
  'chief-liaison',
  'supervisor',
  'hotline',
  'admin',
  'auditor',
  'leader',
] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Roles that no step of an item names: their work comes to them when nobody else is there. */
export const OVERSEES: readonly StaffRole[] = [
  'liaison',
  'chief-liaison',
  'supervisor',
  'hotline',
  'admin',
  'auditor',
  'leader',
]

/** Hours of the week; closed on days off of the working calendar. */
export interface DutyHours {
  readonly days: readonly Weekday[]
  /** `HH:MM-HH:MM` in Asia/Shanghai */
  readonly periods: readonly string[]
  /** The unit served in these hours, where somebody serves several. */
  readonly unitId?: string
}

export interface Leave {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly substituteId: string | null
}
