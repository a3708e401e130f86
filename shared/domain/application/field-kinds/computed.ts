import { ageOn, birthdayAt, findPlainDate, type PlainDate } from '../../kernel/plain-date'
import type { Check, FieldOf } from './check'
import { dayInWords } from './day'

type Computed = NonNullable<FieldOf<'select'>['computed']>

function ageFault({ bands }: Computed, birth: PlainDate, age: number, check: Check) {
  const next = bands.map((band) => band.min).filter((min) => min > age)
  if (next.length === 0) return check.fault('field.age-outside', `现在 ${age} 岁，没有对应的年龄段`)
  const min = Math.min(...next)
  const day = birthdayAt(birth, min)
  return check.fault('field.age-outside', `${dayInWords(day)} 满 ${min} 岁，到那天才能办。现在 ${age} 岁`)
}

/**
 * The option that follows from a date of birth, whatever was chosen by hand.
 * Undefined when the date is no day of the past, or no band fits the age.
 */
export function optionByAge(computed: Computed, rawBirth: unknown, check: Check): string | undefined {
  const birth = typeof rawBirth === 'string' ? findPlainDate(rawBirth.trim()) : undefined
  // The date of birth has a fault of its own then.
  if (birth === undefined || birth > check.context.today) return undefined
  const age = ageOn(birth, check.context.today)
  const band = computed.bands.find(({ min, max }) => age >= min && (max === null || age <= max))
  return band ? band.option : ageFault(computed, birth, age, check)
}
