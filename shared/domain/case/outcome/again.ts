import type { Answer, AnswerByKind, Answers } from '../../application/answers'
import type { Paper } from '../../application/validate-materials'
import type { Field, ServiceItem } from '../../service-item/item'
import { noticesGiven } from '../correction/notices-given'
import type { CaseEvent } from '../events'
import type { CaseState, CorrectionItem } from '../state'
import { isDisowned } from '../whose/identity'
import type { OutcomeKey } from './outcome-words'

const WITHOUT_IT: readonly OutcomeKey[] = [
  'refused',
  'declined',
  'withdrawn',
  'lapsed',
  'terminated',
  'revoked',
]

/**
 * It ended without what was applied for, and whoever is asked about it may apply for the same once more: not for the dead, nor
 * in the name of who says that they have not applied (个人信息保护法 第8条). `events`: those that stand.
 */
export const mayApplyAgain = (
  { key }: { readonly key: OutcomeKey },
  state: Pick<CaseState, 'applicant' | 'isDeceased'>,
  events: readonly CaseEvent[],
) =>
  WITHOUT_IT.includes(key) &&
  state.isDeceased !== true &&
  !isDisowned(state) &&
  !events.some((event) => event.type === 'terminated' && event.cause !== null)

/** When the same may be applied for once more: an item that opens for some weeks of the year is not to be had at any time. */
export const againWords = ({ openWindow }: Pick<ServiceItem, 'openWindow'>) =>
  openWindow === null ? '随时能再申请' : '开放的时候能再申请'

/** Photos of a paper (`material`, by its name) or of a question that asks for them (`field`, by its key). */
interface KeptFiles {
  readonly kind: 'material' | 'field'
  readonly name: string
  /** Ids of uploads of the case that ended. */
  readonly files: readonly string[]
}

export interface Kept {
  readonly answers: Answers
  readonly files: readonly KeptFiles[]
  readonly asked: readonly Pick<CorrectionItem, 'kind' | 'name'>[]
}

/** Another half day is chosen anew; photos are the files' matter. */
const isKept = ({ kind }: Pick<Field, 'kind'>) => kind !== 'slot' && kind !== 'image'

function keptAnswer(field: Field, answer: Answer): Answer {
  if (field.kind !== 'table') return answer
  const columns = new Set(field.columns.filter(isKept).map(({ key }) => key))
  return (answer as AnswerByKind['table']).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => columns.has(key))),
  )
}

/** What the last notice asked for and nobody brought: it was found wanting, and nothing of it answers anything. */
const askedInVain = (state: Pick<CaseState, 'corrections' | 'disownments'>) => {
  const last = noticesGiven(state).at(-1)
  return last?.suppliedAt === null ? last.items : []
}

/**
 * What an application that ended leaves for the next one of the same item: its answers and photos, as far as the guide of
 * today asks the same, without what the last notice asked for in vain. Ours: no rule of law takes them from the applicant.
 */
export function keptForAgain(
  before: Pick<ServiceItem, 'fields'>,
  today: Pick<ServiceItem, 'fields' | 'materials'>,
  state: Pick<CaseState, 'corrections' | 'disownments'>,
  content: { readonly answers: Answers; readonly papers: readonly Pick<Paper, 'name' | 'files'>[] },
): Kept {
  const asked = askedInVain(state)
  const isAsked = (name: string) => asked.some((each) => each.name === name)
  const same = today.fields.filter(
    ({ key, kind }) =>
      !isAsked(key) && before.fields.some((field) => field.key === key && field.kind === kind),
  )
  const answers = same.filter(isKept).flatMap((field) => {
    const answer = content.answers[field.key]
    return answer === undefined ? [] : [[field.key, keptAnswer(field, answer)] as const]
  })
  const photos = same.flatMap(({ key, kind }): KeptFiles[] => {
    const ids = kind === 'image' ? content.answers[key] : undefined
    return ids === undefined ? [] : [{ kind: 'field', name: key, files: ids as AnswerByKind['image'] }]
  })
  const papers = content.papers.flatMap(({ name, files }): KeptFiles[] =>
    files.length > 0 && !isAsked(name) && today.materials.some((each) => each.name === name)
      ? [{ kind: 'material', name, files }]
      : [],
  )
  return { answers: Object.fromEntries(answers), files: [...papers, ...photos], asked }
}
