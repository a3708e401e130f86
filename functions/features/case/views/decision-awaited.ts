import type { CaseView } from '#shared/contract/case'
import { superiorWords } from '#shared/domain/case/clock/late-words'
import { daysOfWhole } from '#shared/domain/case/clock/overrun'
import { organsAtWork } from '#shared/domain/case/outcome/now-words'
import { isBarred } from '#shared/domain/case/whose/barred'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import { HARDLY_KEPT } from '#shared/domain/time-limit/promised-deed'
import { type AwaitedDecider, decidersAwaited, isDoubted, sharesToDecide } from '../lists/deciders-awaited'
import type { Subject } from './subject'

/** Whoever waits for a decision that nobody of its organ is there for; none where somebody decides. */
export const awaitedDeciders = ({ item, state, reference, caseRow: { ownStaff }, now }: Subject) =>
  decidersAwaited(sharesToDecide(item, state, reference.calendar), { reference, now, ownStaff })

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

/** Of several organs each is named: the others go on. */
function thereWords(
  { item, state, reference, now }: Subject,
  { unitId, from, isBarred: isTheirs }: AwaitedDecider,
) {
  const who = `${organsAtWork(item, state) > 1 ? organName(reference, unitId) : ''}能作决定的人`
  if (isTheirs) return `${who}都要回避，现在没有别人能定`
  return from === null ? `${who}现在没有在岗的` : `${who} ${dayWords(from, dayIn(now))} 才在`
}

/** From when on somebody is there who decides, and which of the days that endangers. */
export function decisionAwaitsOf(
  subject: Subject,
  { dueOn, newDueOn }: Pick<CaseView, 'dueOn' | 'newDueOn'>,
): Pick<CaseView, 'decisionAwaits' | 'dueDoubted'> {
  const awaited = awaitedDeciders(subject)
  if (awaited.length === 0) return {}
  const { item, state, reference, now } = subject
  const today = dayIn(now)
  const { promised, law } = daysOfWhole(item, state, reference.calendar)
  const isNewDoubted = isDoubted(newDueOn as typeof promised, awaited, today)
  const isPromiseDoubted = isDoubted(promised, awaited, today)
  const days = [
    ...(isNewDoubted ? [`改到的日子${HARDLY_KEPT}`] : []),
    ...(isPromiseDoubted ? [`说好的日子${HARDLY_KEPT}`] : []),
    ...(law !== null && isDoubted(law, awaited, today)
      ? [`法定最晚 ${dayWords(law, today)}${isNewDoubted || isPromiseDoubted ? ' 也' : ' '}${HARDLY_KEPT}`]
      : []),
  ].join('，')
  const superiors = supervisorsTold(subject)
  return {
    ...(isDoubted((newDueOn ?? dueOn) as typeof promised, awaited, today) ? { dueDoubted: true } : {}),
    decisionAwaits: [
      ...awaited.map((each) => thereWords(subject, each)),
      days,
      superiors && `${superiors}也知道了`,
    ]
      .flatMap((each) => (each ? [`${each}。`] : []))
      .join(''),
  }
}
