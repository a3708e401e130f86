import type { CaseView } from '#shared/contract/case'
import { isPartAlone } from '#shared/domain/case/route'
import { inHandAt } from '#shared/domain/case/step/in-hand'
import { isDisowned } from '#shared/domain/case/whose/identity'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { heldAt } from '../lists/share-pools'
import { holdersAt } from '../lists/tasks'
import type { Subject } from './subject'

/** The part that somebody has in hand; undefined where nobody works on it. */
export function partInHand({ item, state }: Pick<Subject, 'item' | 'state'>) {
  if (state.endedAt !== null || isDisowned(state)) return undefined
  return inHandAt(item, state)[0]
}

/** Who has it in hand, for whoever waits for it; a pool of several has no name, and several units stand by theirs alone. Null where nobody works on it. */
export function holderOf(subject: Subject): CaseView['holder'] {
  const { reference, read, caseRow } = subject
  const open = partInHand(subject)
  if (!open) return null
  const all = inHandAt(subject.item, subject.state)
  if (all.length > 1) {
    const names = all.map(({ part }) => organName(reference, part.unitId)).join('、')
    return { unitName: names, shortName: names, name: null }
  }
  const { unitId } = open.part
  const share = { stepKey: open.step.key, unitId }
  // Work of who has left is the pool's again, while the case still tells to whom it was given.
  const given = heldAt(read.tasks, share).flatMap(({ assigneeId }) => assigneeId ?? [])[0]
  const name =
    given === undefined
      ? onlyNameOf(holdersAt(reference, caseRow, read.tasks, share))
      : reference.staff.get(given)?.name
  return {
    unitName: unitName(reference, unitId),
    shortName: organName(reference, unitId),
    name: name ?? null,
  }
}

const onlyNameOf = (holders: readonly { readonly name: string }[]) =>
  holders.length === 1 ? holders[0]?.name : undefined

/** 行政许可法 第45条: the days that the notice of the stop names, from its day on. */
export function expectedOnOf({ item, state, read }: Subject): CaseView['expectedOn'] {
  if (state.status !== 'suspended') return null
  const stopped = read.events.findLast(
    (event) => event.type === 'clock-suspended' && !isPartAlone(item, event),
  )
  return stopped?.type === 'clock-suspended' ? addDays(dayIn(stopped.at), stopped.expectedDays) : null
}
