import { ageOn, birthdayAt, type PlainDate } from '../kernel/plain-date'

/** Below this age a person's data is sensitive, and a guardian consents for them. 个人信息保护法 第28条、第31条 */
const GUARDED_YEARS = 14

/** How somebody under fourteen is checked, whom WeChat does not confirm. */
export const CHILD_CHECK = '由监护人带户口簿到窗口、村里核'

/** 不满十四周岁: the birthday itself is no longer under fourteen. */
export const isUnderFourteen = (birth: PlainDate, today: PlainDate) => ageOn(birth, today) < GUARDED_YEARS

/** The first day on which a person under fourteen needs no guardian any more; null for whoever needs none today. */
export const guardianUntil = (birth: PlainDate, today: PlainDate) =>
  isUnderFourteen(birth, today) ? birthdayAt(birth, GUARDED_YEARS) : null
