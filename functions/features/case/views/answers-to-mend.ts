import type { Answer, AnswerByKind, Answers } from '#shared/domain/application/answers'
import { isSensitive } from '#shared/domain/application/describe-answer'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { isOwnersAnswer } from '#shared/domain/case/correction/brought'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import type { Field } from '#shared/domain/service-item/item'
import { bearsOwnName } from '../standing'
import { type Subject, stringsIn } from './subject'

const NUMBER_SOURCES: readonly (string | null)[] = [
  'identity.idNo',
  'identity.mobile',
  'licence:LIC-SSCARD.bankNo',
]

const holdsNumber = (field: Field, answer: Answer) =>
  isSensitive(field) ||
  NUMBER_SOURCES.includes(field.prefill) ||
  stringsIn(answer).some((words) => maskNumbersIn(words) !== words)

function withoutNumbers(field: Field, answer: Answer): Answer | undefined {
  if (field.kind !== 'table' || field.sensitive) return holdsNumber(field, answer) ? undefined : answer
  return (answer as AnswerByKind['table']).map((row) => {
    const kept = field.columns.filter(({ key }) => row[key] !== undefined)
    return Object.fromEntries(
      kept.flatMap((column) => {
        const cell = row[column.key] as Answer
        return holdsNumber(column, cell) ? [] : [[column.key, cell]]
      }),
    )
  }) as Answer
}

/** By whom the answer was given as it stands. */
const isTypedByReader = ({ read, principal }: Subject, key: string) =>
  read.events.findLast(
    (event) => event.type === 'filed' || ('change' in event && event.change?.fields.includes(key)),
  )?.actor === `profile:${principal.profileId}`

export const isWithheld = ({ ownAlone, state }: Subject, key: string) =>
  ownAlone && isOwnersAnswer(state, key)

/**
 * Whether the answer is the name of a person whom the reader is not: beside their number somebody else wrote it. In full it
 * is read by staff, by whom it names, and by whoever typed it.
 */
export function isOthersName(subject: Subject, key: string) {
  const { viewer, item, caseRow, principal } = subject
  const { kind, name } = applicantFieldsOf(item)
  if (viewer === 'staff' || kind === 'firm' || key !== name) return false
  return !bearsOwnName(caseRow, principal) && !isTypedByReader(subject, key)
}

/**
 * What was answered, for whoever answers anew. The applicant's number is given back to the applicant, any other to whoever
 * typed that very answer and may read it: to anybody else it is masked on every page, and they type it again.
 */
export function answersToMend(subject: Subject, fields: readonly Field[]): Answers {
  const { viewer, readsNumbers, content, item } = subject
  if (viewer !== 'applicant') return {}
  const { number } = applicantFieldsOf(item)
  const known = fields.flatMap((field) => {
    const answer = content.answers[field.key]
    if (answer === undefined || isWithheld(subject, field.key) || isOthersName(subject, field.key)) return []
    const isTheirs = readsNumbers && (field.key === number || isTypedByReader(subject, field.key))
    const given = isTheirs ? answer : withoutNumbers(field, answer)
    return given === undefined ? [] : [[field.key, given] as const]
  })
  return Object.fromEntries(known)
}

/** What another application begins with: what the reader typed themselves, and nothing that was typed in their name. */
export const answersForAgain = (subject: Subject, fields: readonly Field[]) =>
  answersToMend(
    subject,
    fields.filter(({ key }) => isTypedByReader(subject, key)),
  )
