import { describeAnswer } from '#shared/domain/application/describe-answer'
import { changeWords } from '#shared/domain/case/correction/brought'
import type { ContentChange } from '#shared/domain/case/state'
import type { Field } from '#shared/domain/service-item/item'
import { answerLabels } from '../answer-labels'
import type { LoggedEvent } from '../queries'
import { openContent } from '../texts'
import { publishedOtherwiseAt } from './published-otherwise'
import type { Subject } from './subject'

/** What an event has changed of the content. */
export const changeIn = (event: LoggedEvent): ContentChange | null =>
  'change' in event ? event.change : null
/** Under which text the content stands since an event. */
export const digestIn = (event: LoggedEvent) => ('answersDigest' in event ? event.answersDigest : undefined)

/**
 * What an answer to a notice or an addition has changed: labels; for staff a phone and a card also as they were and as
 * they are, masked. Null where it changed nothing, and where it was not recorded.
 */
export function changeNote(subject: Subject, event: LoggedEvent): string | null {
  const change = changeIn(event)
  if (!change) return null
  const note = changeWords(subject.item, change, wordsFor(subject, event, digestIn(event)))
  return note === '' ? null : note
}

/** Of what a notice had printed, what it printed: whoever reads it sees that nobody could object to what it is since. */
function publishedAs(subject: Subject, event: LoggedEvent, { key }: Field) {
  const printed = publishedOtherwiseAt(subject, event).find((each) => each.key === key)
  return printed ? `（公示的是 ${printed.was}，改成 ${printed.is}）` : ''
}

function wordsFor(subject: Subject, event: LoggedEvent, digest: string | undefined) {
  const { viewer, read, reference, cipher, caseRow } = subject
  const earlier = read.events.slice(0, read.events.indexOf(event))
  const before = earlier.findLast((each) => digestIn(each) !== undefined)
  const beforeDigest = before && digestIn(before)
  if (viewer !== 'staff' || !digest || !beforeDigest) return ({ label }: Field) => label
  const [was, is] = [beforeDigest, digest].map(
    (each) => openContent(cipher, caseRow.id, read.texts, each).answers,
  )
  const labels = answerLabels(reference)
  return (field: Field) => {
    if (field.kind !== 'phone' && field.kind !== 'bankcard')
      return field.label + publishedAs(subject, event, field)
    const [from, to] = [was, is].map((answers) => describeAnswer(field, answers?.[field.key], labels))
    return from && to ? `${field.label} ${from} → ${to}` : field.label
  }
}
