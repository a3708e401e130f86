import { type ComponentType, createContext, useContext } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { AnswerContext } from '#shared/domain/application/answers'
import type { Field } from '#shared/domain/service-item/item'
import type { Faults } from './faults'
import type { PhotoBox } from './photos'
import type { RawAnswers } from './raw-answers'

export type Choices = ApplicationForm['choices']

export interface AnswerFieldProps {
  readonly field: Field
  /** `members/0/mId` */
  readonly path: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** What stands above says the label already. */
  readonly isTitled?: boolean | undefined
}

/** What the inputs of one form share. */
export interface FormScope {
  readonly fields: readonly Field[]
  readonly answers: RawAnswers
  readonly setAnswer: (path: string, value: unknown) => void
  readonly faults: Faults
  readonly choices: Choices
  readonly slots: ApplicationForm['slots']
  readonly rules: AnswerContext
  readonly photos: PhotoBox
  /** Where an untouched value comes from, by field key: “来自居民身份证”. */
  readonly sources: ReadonlyMap<string, string>
  /** The known values behind those sources, to go back to. */
  readonly prefilled: RawAnswers
  /** What who fills it in may take over for somebody else, by field key. */
  readonly offers: ReadonlyMap<string, { readonly value: unknown; readonly words: string }>
  /** Draws one question: the rows of a table hold questions of their own. */
  readonly Question: ComponentType<AnswerFieldProps>
}

export const FormContext = createContext<FormScope | undefined>(undefined)

export function useForm(): FormScope {
  const scope = useContext(FormContext)
  if (!scope) throw new Error('an input outside of a form')
  return scope
}

/** The county's lists as the rules and the words of answers want them; `agent` when somebody applies for another. */
export function rulesOf(
  { choices, slots, today }: Pick<ApplicationForm, 'choices' | 'slots' | 'today'>,
  agent = false,
): AnswerContext {
  const bookable = new Set(slots.map(({ on }) => on))
  return {
    today: today as AnswerContext['today'],
    agent,
    villageCodes: new Set(choices.towns.flatMap(({ villages }) => villages.map(({ id }) => id))),
    regionCodes: new Set(choices.regions.map(({ code }) => code)),
    scopeCodes: new Set(choices.scopes.map(({ code }) => code)),
    policyCodes: new Set(choices.policies.map(({ code }) => code)),
    isWorkingDay: (date) => (bookable.has(date) ? true : undefined),
  }
}

export function labelsOf({ towns, regions, scopes, policies }: Choices) {
  const nameIn = (rows: readonly { readonly code: string; readonly name: string }[]) => (code: string) =>
    rows.find((row) => row.code === code)?.name
  return {
    village: (code: string) => {
      const town = towns.find(({ villages }) => villages.some(({ id }) => id === code))
      const village = town?.villages.find(({ id }) => id === code)
      return town && village ? `${town.name} ${village.name}` : undefined
    },
    region: nameIn(regions),
    scope: nameIn(scopes),
    policy: nameIn(policies),
  }
}
