import type { CaseView } from '#shared/contract/case'
import type { CaseActor } from '#shared/domain/case/context'
import { settlesWords } from '#shared/domain/case/revocation/settling'
import { stepOf } from '#shared/domain/case/route'
import { nextNudgeAt, sharesToNudge, standingNudge } from '#shared/domain/case/step/nudge'
import { takesBackAt } from '#shared/domain/case/step/nudge-heard'
import { isDecidedAt } from '#shared/domain/case/step/who-may-act'
import { organName } from '#shared/domain/organization/registry'
import type { StepKind } from '#shared/domain/service-item/item'
import { nudgeTold, unitsTold } from '../lists/nudge-told'
import { awaitedDeciders } from './decision-awaited'
import type { Subject } from './subject'

const DEEDS = {
  verify: '核实',
  accept: '办受理',
  examine: '审核',
  inspect: '办现场核查',
  publicise: '办公示',
  decide: '作决定',
  conclude: '办结',
} as const satisfies Record<StepKind, string>

const FOLLOWS = '跟进'

/** Where whoever reads waits for somebody: whom a nudge would remind, and from when on there may be one. Null elsewhere. */
export function nudgeOf(subject: Subject, actor: CaseActor | null): NonNullable<CaseView['nudge']> | null {
  const { item, state, reference, now, read } = subject
  const may = actor?.kind === 'applicant' && actor.mayNudge
  const shares = sharesToNudge(item, state, { now, calendar: reference.calendar })
  if (!may || shares.length === 0) return null
  const told = nudgeTold({ ...subject, tasks: read.tasks })
  const people = new Map(told.map(({ person }) => [person.id, person.name]))
  const awaited = awaitedDeciders(subject)
  // Whoever hears of it where the head is away decides nothing.
  const deedOf = (task: (typeof told)[number]['task']) => {
    if (takesBackAt(shares, task)) return settlesWords('unheard').action
    const { stepKey, partUnitId: unitId } = task
    return awaited.some((each) => each.unitId === unitId) && isDecidedAt(item, { stepKey, unitId })
      ? FOLLOWS
      : DEEDS[stepOf(item, stepKey).kind]
  }
  const deeds = new Set(told.map(({ task }) => deedOf(task)))
  const who = people.size === 1 ? [...people.values()].join('') : '人'
  return {
    to: told.length === 0 ? null : unitNames(subject, unitsTold(told)),
    whom: `正在${deeds.size === 1 ? [...deeds].join('') : '办'}的${who}`,
    nextAllowedAt: nextNudgeAt(item, state, now),
  }
}

const unitNames = ({ reference }: Subject, unitIds: readonly string[]) =>
  unitIds.map((id) => organName(reference, id)).join('、')

/** 提醒了梅渚镇 */
export const nudgedNote = (subject: Subject, { unitIds }: { readonly unitIds: readonly string[] }) => [
  `提醒了${unitNames(subject, unitIds)}`,
]

export function nudgedAt({ item, state }: Pick<Subject, 'item' | 'state'>) {
  const nudged = standingNudge(item, state)
  return nudged ? { nudgedAt: nudged.at } : {}
}
