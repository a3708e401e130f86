import type { CaseView } from '#shared/contract/case'
import { unitName } from '#shared/domain/organization/registry'
import { type Subject, textOf } from './subject'

/** In the place of words that are for whoever checks them. */
export const TYPED_UNREAD = '网上提的，原话只给核实的人看'

/** Whoever settled what was typed on the public page, or has the case before them now: nobody else reads its words. */
export const readsTyped = ({ principal: { staffId, pools }, read }: Subject, settledBy: string) =>
  settledBy === `staff:${staffId}` ||
  read.tasks.some((task) => pools.some(({ role, unitId }) => role === task.role && unitId === task.unitId))

/** What was typed against its notice and counted as no objection: by whom and why, for staff alone (ADR 0099). */
export function setAsideIn(subject: Subject): CaseView['timeline'] {
  const { read, reference } = subject
  return read.typed.flatMap(({ id, settled }) => {
    if (settled === null) return []
    const { at, by, reasonDigest } = settled
    const [role] = reference.rolesOf(by)
    return [
      {
        id,
        type: 'objection-set-aside',
        title: '网上提的，没有算异议',
        who: [role && unitName(reference, role.unitId), reference.staffName(by)].filter(Boolean).join(' '),
        at,
        note:
          reasonDigest === null
            ? null
            : readsTyped(subject, `staff:${by}`)
              ? textOf(subject, reasonDigest)
              : TYPED_UNREAD,
        isNo: false,
      },
    ]
  })
}
