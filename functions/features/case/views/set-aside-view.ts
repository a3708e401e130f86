import type { CaseView } from '#shared/contract/case'
import { unitName } from '#shared/domain/organization/registry'
import { type Subject, textOf } from './subject'

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
        note: reasonDigest === null ? null : textOf(subject, reasonDigest),
        isNo: false,
      },
    ]
  })
}
