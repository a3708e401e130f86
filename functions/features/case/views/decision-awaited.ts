import type { CaseView } from '#shared/contract/case'
import { superiorWords } from '#shared/domain/case/clock/late-words'
import { daysOfWhole } from '#shared/domain/case/clock/overrun'
import { openParts } from '#shared/domain/case/state'
import { isBarred } from '#shared/domain/case/whose/barred'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { deciderAwaited } from '../lists/signers'
import type { Subject } from './subject'

/** Whoever waits for a decision that nobody of its organ is there for; undefined where somebody decides. */
export function awaitedDecider({ item, state, reference, caseRow, now }: Subject) {
  if (state.decision !== null || state.endedAt !== null) return undefined
  const staffed = { ...caseRow, item, state, reference, now }
  return openParts(state)
    .filter(({ part }) => part.suspendedAt === null)
    .flatMap(({ step, part }) => deciderAwaited(staffed, { stepKey: step.key, unitId: part.unitId }) ?? [])[0]
}

/** 督查 has it in its list from then on: the county's supervisors whom it waits before. */
function supervisorsTold({ read: { tasks }, reference, caseRow }: Subject) {
  const rows = tasks.filter(
    ({ role, approval, unstaffed }) => role === 'supervisor' && unstaffed && !approval,
  )
  return superiorWords(
    rows.map(({ role, unitId }) => ({
      role,
      unitId,
      names: reference
        .holders(role, unitId)
        .filter(({ id }) => !isBarred(caseRow, id))
        .map(({ name }) => name),
    })),
    false,
  )
}

/** From when on somebody is there who decides, and which of the days that endangers. */
export function decisionAwaitsOf(subject: Subject): Pick<CaseView, 'decisionAwaits'> {
  const awaited = subject.viewer === 'applicant' ? awaitedDecider(subject) : undefined
  if (!awaited) return {}
  const { item, state, reference, now } = subject
  const today = dayIn(now)
  const { from } = awaited
  const { promised, law } = daysOfWhole(item, state, reference.calendar)
  const isEndangered = (day: typeof promised) => day !== null && day >= today && (from === null || from > day)
  const days = [
    ...(isEndangered(promised) ? ['说好的日子怕赶不上'] : []),
    ...(law !== null && isEndangered(law)
      ? [`法定最晚 ${dayWords(law, today)}${isEndangered(promised) ? ' 也' : ' '}怕赶不上`]
      : []),
  ].join('，')
  const superiors = supervisorsTold(subject)
  const there = from === null ? '能作决定的人现在没有在岗的' : `能作决定的人 ${dayWords(from, today)} 才在`
  return {
    decisionAwaits: [there, days, superiors && `${superiors}也知道了`]
      .flatMap((each) => (each ? [`${each}。`] : []))
      .join(''),
  }
}
