import type { Answer } from '#shared/domain/application/answers'
import type { CaseEvent } from '#shared/domain/case/events'
import { replay } from '#shared/domain/case/evolve'
import type { PublishedOtherwise } from '#shared/domain/case/publicity/published-otherwise'
import type { CaseState } from '#shared/domain/case/state'
import type { LoggedEvent } from '../queries'
import { answersPrinted } from './document-view'
import { contentThen, printedAnswers } from './printed-answers'
import type { Subject } from './subject'

/** A step that was gone back from hangs its notice anew, and what hung before counts no more. */
function standingNotices(state: CaseState, events: readonly LoggedEvent[]) {
  return state.steps.flatMap(({ key, publishedOn }) => {
    if (publishedOn === null) return []
    return events.findLast((event) => event.type === 'notice-published' && event.stepKey === key) ?? []
  })
}

/** In the order of its keys: a form sends them as it likes. */
const inOrder = (answer: Answer | undefined) =>
  JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )

const NOT_SEEN = '（公示里看不出的地方改了）'

function otherwise(
  subject: Subject,
  state: CaseState,
  events: readonly LoggedEvent[],
): readonly PublishedOtherwise[] {
  return standingNotices(state, events).flatMap((notice) => {
    const printed = answersPrinted(subject, notice.id)
    if (printed === null || notice.type !== 'notice-published') return []
    const { digest, keys } = printed
    const [then, now] = [digest, state.answersDigest].map((each) => contentThen(subject, each).answers)
    const told = printedAnswers(subject, { digest: state.answersDigest, keys })
    return printedAnswers(subject, printed).flatMap(({ key, label, words: was }) => {
      if (inOrder(then?.[key]) === inOrder(now?.[key])) return []
      const words = told.find((each) => each.key === key)?.words ?? ''
      const is = words === was ? words + NOT_SEEN : words
      return [{ stepKey: notice.stepKey, key, label, was, is }]
    })
  })
}

/** By the key of its answer what the last notice of the step told, where the answer is the same still. */
export function hungBefore(subject: Subject, stepKey: string, unitId: string): ReadonlyMap<string, string> {
  const last = subject.read.events.findLast(
    (event) => event.type === 'notice-published' && event.stepKey === stepKey && event.unitId === unitId,
  )
  const printed = last ? answersPrinted(subject, last.id) : null
  if (printed === null) return new Map()
  const then = contentThen(subject, printed.digest).answers
  return new Map(
    printedAnswers(subject, printed).flatMap(({ key, words }) =>
      inOrder(then[key]) === inOrder(subject.content.answers[key]) ? [[key, words] as const] : [],
    ),
  )
}

/** What was published and has become another since: nobody could object to what it is now (ADR 0077). */
export const publishedOtherwise = (subject: Subject) => otherwise(subject, subject.state, subject.read.events)

/** As it was when an event had happened. */
export function publishedOtherwiseAt(subject: Subject, event: CaseEvent): readonly PublishedOtherwise[] {
  const { item, read } = subject
  const events = read.events.slice(0, read.events.indexOf(event as LoggedEvent) + 1)
  return events.some(({ type }) => type === 'notice-published')
    ? otherwise(subject, replay(item, events), events)
    : []
}
