import {
  nowWords,
  withDecidersAwaited,
  withTakingBack,
  wordsText,
} from '#shared/domain/case/outcome/now-words'
import type { Standing } from '#shared/domain/case/outcome/outcome'
import { takingBackBy, takingBackTold } from '#shared/domain/case/revocation/taking-back'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { Claim } from '../standing'
import { awaitedDeciders } from './decision-awaited'
import type { Subject } from './subject'

/** What goes on now, of a unit's own share where whoever reads works in one. */
export const nowTextOf = (subject: Subject, standing: Standing) => {
  const { item, state, reference, principal, viewer, now } = subject
  const words = nowWords(item, state, standing, {
    reader: viewer,
    at: { now, calendar: reference.calendar },
    units: viewer === 'staff' ? principal.pools.map(({ unitId }) => unitId) : [],
  })
  const awaited = awaitedDeciders(subject).map(({ unitId }) => unitId)
  const by = takingBackTold(state, standing.key, reference.calendar)
  const told = withTakingBack(words, by, dayIn(now))
  return wordsText(withDecidersAwaited(told, awaited, reference), reference)
}

/** What waits to be taken back, of one of several organs too; and whether whoever reads is whom it was decided for. */
export function takingBackOf({ state, reference }: Subject, { isHolder: isHolders }: Claim) {
  const by = takingBackBy(state, reference.calendar)
  return by === undefined ? {} : { takingBack: { by, isHolders } }
}
