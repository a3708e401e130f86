import { withoutNumbers } from '../kernel/digits'
import type { Field, ServiceItem } from '../service-item/item'
import type { Answer, AnswerByKind, Answers } from './answers'
import { type AnswerLabels, describeAnswer } from './describe-answer'
import { applicantFieldsOf } from './item-answers'

/** What is named in a row beside a number of its own: whoever the row is about. */
function namesInRows(item: Pick<ServiceItem, 'fields'>, answers: Answers): readonly string[] {
  return item.fields.flatMap((field) => {
    const rows = answers[field.key]
    if (field.kind !== 'table' || rows === undefined) return []
    if (!field.columns.some(({ kind }) => kind === 'idcard')) return []
    const named = field.columns.filter(({ kind }) => kind === 'text')
    const written = (rows as AnswerByKind['table']).flatMap((row) => named.map(({ key }) => row[key]))
    return written.filter((name) => typeof name === 'string')
  })
}

/** The people whom an application names: a notice is put up of a thing, and names none of them. 个人信息保护法 第6条 */
export function namesIn(
  item: Pick<ServiceItem, 'fields'>,
  { answers, applicantName }: { readonly answers: Answers; readonly applicantName: string | null },
): readonly string[] {
  const isPerson = applicantFieldsOf(item).kind === 'person'
  const names = [...(isPerson && applicantName ? [applicantName] : []), ...namesInRows(item, answers)]
  return names.filter((name) => name.length > 1)
}

const NOBODY = '某某'

/**
 * An answer as everybody reads it where it hangs: its words without the people of the application and without any number
 * that may be somebody's, however it was typed; empty when there is none. There is no map beside it.
 */
export function publicAnswer(
  field: Field,
  answer: Answer | undefined,
  labels: AnswerLabels,
  names: readonly string[],
): string {
  const shown =
    field.kind === 'location' && answer !== undefined
      ? { address: (answer as AnswerByKind['location']).address }
      : answer
  // What can be said of a longer name is not left behind by a shorter one in it.
  const longestFirst = [...names].sort((left, right) => right.length - left.length)
  const unnamed = longestFirst.reduce(
    (words, name) => words.split(name).join(NOBODY),
    describeAnswer(field, shown, labels, { unmasked: !field.sensitive }),
  )
  return withoutNumbers(unnamed)
}
