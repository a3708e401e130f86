import { dayWords } from '../kernel/day-words'
import { ageOn, birthdayAt, type PlainDate } from '../kernel/plain-date'
import type { ConditionCheck, ServiceItem } from './item'
import { openWindowState } from './open-window'

/** What is known of who applies; null where nobody knows it. */
interface ApplicantFacts {
  readonly today: PlainDate
  readonly birth: PlainDate | null
  /** The village they gave, by its name. */
  readonly villageName: string | null
  /** A value of a valid credential on file; of the confirmed alone. */
  readonly credential: (code: string, field: string | null) => string | undefined
  /** The day of the last grant of the same item to them. */
  readonly grantedOn: PlainDate | null
}

/** Nothing but the day of birth, which a typed number tells. */
export const knownByBirth = (birth: PlainDate | null, today: PlainDate): ApplicantFacts => ({
  today,
  birth,
  villageName: null,
  credential: () => undefined,
  grantedOn: null,
})

interface JudgedCondition {
  readonly text: string
  readonly state: 'met' | 'unmet' | 'unknown'
  /** By what it is judged: “80 岁”; null while it is not. */
  readonly why: string | null
}

type Judged = Omit<JudgedCondition, 'text'>
const UNKNOWN: Judged = { state: 'unknown', why: null }
const met = (why: string): Judged => ({ state: 'met', why })
const unmet = (why: string): Judged => ({ state: 'unmet', why })

function ofAge(atLeast: number, { birth, today }: Pick<ApplicantFacts, 'birth' | 'today'>): Judged {
  if (birth === null || birth > today) return UNKNOWN
  const age = ageOn(birth, today)
  if (age >= atLeast) return met(`${age} 岁`)
  return unmet(`现在 ${age} 岁，${dayWords(birthdayAt(birth, atLeast), today)} 满 ${atLeast} 岁`)
}

function ofCredential(
  { code, field, startsWith }: Extract<ConditionCheck, { kind: 'credential' }>,
  { credential }: ApplicantFacts,
): Judged {
  const value = credential(code, field)
  if (value === undefined) return UNKNOWN
  // What another register says is for the office to judge.
  return startsWith === null || value.startsWith(startsWith) ? met('县里查得到') : UNKNOWN
}

function judged(check: ConditionCheck, item: Pick<ServiceItem, 'openWindow'>, facts: ApplicantFacts): Judged {
  const { today, villageName, grantedOn } = facts
  switch (check.kind) {
    case 'age':
      return ofAge(check.atLeast, facts)
    case 'credential':
      return ofCredential(check, facts)
    case 'village':
      return villageName === null ? UNKNOWN : met(`你选的是${villageName}`)
    case 'not-granted':
      // That nothing stands here does not say that nothing was granted elsewhere.
      return grantedOn === null ? UNKNOWN : unmet(`${dayWords(grantedOn, today)} 批过一次`)
    case 'open-window': {
      const state = openWindowState(item.openWindow, today)
      return state.open ? met('现在能办') : unmet(`下一次 ${dayWords(state.opensOn, today)} 开始`)
    }
  }
}

/**
 * The item's conditions, each held against what is known of who applies. Outside of its window none is said to be met:
 * what holds today says nothing of the day on which it opens.
 */
export function judgeConditions(
  item: Pick<ServiceItem, 'acceptConditions' | 'openWindow'>,
  facts: ApplicantFacts,
): readonly JudgedCondition[] {
  const isOpen = openWindowState(item.openWindow, facts.today).open
  return item.acceptConditions.map(({ text, check }) => {
    const each = check === null ? UNKNOWN : judged(check, item, facts)
    return { text, ...(each.state === 'met' && !isOpen ? UNKNOWN : each) }
  })
}
