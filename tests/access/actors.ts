/** What the law and the office let somebody be to the one case of this test; written down by hand, never asked of the code. */
export interface Actor {
  /** What stands in a failing row. */
  readonly name: string
  /** A person of the pack; null for who is no member of it, and is born with this level. */
  readonly person: string | null
  readonly realNameLevel: 0 | 1 | 2 | 3
  /** What the case, which has just been filed, is to them: nothing, their own, or a step of it that is open. */
  readonly sees: 'nothing' | 'own' | 'work'
  readonly staff: boolean
  /** Has people before them, be it anywhere in the county. */
  readonly counter: boolean
}

const resident = (name: string, person: string | null, realNameLevel: Actor['realNameLevel']): Actor => ({
  name,
  person,
  realNameLevel,
  sees: 'nothing',
  staff: false,
  counter: false,
})
const staff = (name: string, person: string, sees: Actor['sees'] = 'nothing'): Actor => ({
  name,
  person,
  realNameLevel: 3,
  sees,
  staff: true,
  counter: false,
})
const counter = (...of: Parameters<typeof staff>): Actor => ({ ...staff(...of), counter: true })

export const VISITOR = 'visitor'
export const NEWCOMER = 'resident, level 0'
export const APPLICANT = 'applicant'
export const VILLAGE_AGENT = 'village agent of the village'
export const TOWN_WINDOW = 'town window of the town'
/** Sees nothing of the case, and may confirm who stands before the counter. */
export const ITEM_WINDOW = 'window of the item’s department'
export const SUPERVISOR = 'supervisor'
export const ADMIN = 'admin'
export const CHIEF_LIAISON = 'chief liaison'

/** Every role of the house, in the case's place and in another one. */
export const ACTORS: readonly Actor[] = [
  resident(VISITOR, null, 0),
  resident(NEWCOMER, null, 0),
  resident('resident, level 1', null, 1),
  resident('resident, level 2', 'wang-xiaolei', 2),
  resident('resident, level 3, stranger', 'liang-zhiqiang', 3),
  { ...resident(APPLICANT, 'li-jianguo', 3), sees: 'own' },
  { ...resident('whom the application is for', 'chen-guilan', 3), sees: 'own' },
  counter(VILLAGE_AGENT, 'wang-lixin', 'work'),
  counter('village agent of another village', 'zhao-xiaoyan'),
  counter(TOWN_WINDOW, 'zhao-min', 'work'),
  counter('town window of another town', 'town-window-341821001-1'),
  staff('reviewer of the town', 'sun-zhiyuan'),
  staff('reviewer of another town', 'town-reviewer-341821001-1'),
  staff('approver of the town', 'wu-deming'),
  staff('approver of another town', 'town-approver-341821001-1'),
  staff('liaison of the town', 'liaison-341821105'),
  staff('liaison of another town', 'sun-xuemei'),
  counter('window of a department', 'window-hrss'),
  counter(ITEM_WINDOW, 'window-civil'),
  staff('reviewer of the item’s department', 'reviewer-civil-1'),
  staff('approver of the item’s department', 'approver-civil-1'),
  counter('project officer', 'zhou-min'),
  staff(CHIEF_LIAISON, 'chen-zhiyuan'),
  staff(SUPERVISOR, 'supervisor-1'),
  staff(ADMIN, 'he-jing'),
  staff('auditor', 'auditor-1'),
  staff('leader and county approver', 'county-leader'),
  staff('hotline', 'hotline-1'),
]
