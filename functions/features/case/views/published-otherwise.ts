import type { CaseEvent } from '#shared/domain/case/events'
import { replay } from '#shared/domain/case/evolve'
import type { PublishedOtherwise } from '#shared/domain/case/published-otherwise'
import type { CaseState } from '#shared/domain/case/state'
import type { LoggedEvent } from '../queries'
import { answersPrinted, toldInPublic } from './document-view'
import type { Subject } from './subject'

/** A step that was gone back from hangs its notice anew, and what hung before counts no more. */
function standingNotices(state: CaseState, events: readonly LoggedEvent[]) {
  return state.steps.flatMap(({ key, publishedOn }) => {
    if (publishedOn === null) return []
    return events.findLast((event) => event.type === 'notice-published' && event.stepKey === key) ?? []
  })
}

function otherwise(
  subject: Subject,
  state: CaseState,
  events: readonly LoggedEvent[],
): readonly PublishedOtherwise[] {
  return standingNotices(state, events).flatMap((notice) => {
    const printed = answersPrinted(subject, notice.id)
    if (printed === null || notice.type !== 'notice-published') return []
    const now = toldInPublic(subject, { ...printed, digest: state.answersDigest })
    return toldInPublic(subject, printed).flatMap(({ key, label, words }) => {
      const is = now.find((each) => each.key === key)?.words ?? ''
      return is === words ? [] : [{ stepKey: notice.stepKey, key, label, was: words, is }]
    })
  })
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
