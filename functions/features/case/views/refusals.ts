import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { restingReason, restOn } from '#shared/domain/case/refused-words'
import { type DecidedShare, decidedShares, ownDecision } from '#shared/domain/case/share-decisions'
import { organName, unitName } from '#shared/domain/organization/registry'
import { reasonIn, type Subject, textOf } from './subject'

type Allowed = readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[]

const reasonOf = (subject: Subject, { stepKey, unitId }: DecidedShare) => {
  const signed = subject.read.events.findLast(
    (event) => event.type === 'examined' && event.stepKey === stepKey && event.unitId === unitId,
  )
  return signed ? textOf(subject, reasonIn(signed)) : null
}

/** What one of several organs has refused and what rests on it, until all of it is handed over. */
export function refusalsOf(subject: Subject, allowed: Allowed): NonNullable<CaseView['staff']>['refusals'] {
  const { item, state, reference } = subject
  if (state.decision !== null || state.endedAt !== null) return []
  const nameOf = (unitId: string) => organName(reference, unitId)
  return decidedShares(item, state)
    .filter(({ isGranted }) => !isGranted)
    .map((share) => {
      const resting = restOn(item, state, share).filter(({ status }) => status !== 'done')
      const own = resting.filter(({ unitId }) =>
        allowed.some((each) => each.action === 'fail' && each.unitId === unitId),
      )
      const follows = resting.map((part) => {
        const name = ownDecision(item, { ...share, unitId: part.unitId })?.name ?? ''
        return own.includes(part)
          ? `“${name}”要以它为前提，不能准予，写明理由不予。`
          : `${nameOf(part.unitId)}的“${name}”要以它为前提，也不能准予。`
      })
      const why = reasonOf(subject, share)
      return {
        title: `${nameOf(share.unitId)}没有准予“${share.name}”`,
        words: [why === null ? '' : `理由：${why}。`, ...follows].join(''),
        reasons: own.flatMap(({ unitId }) => {
          const target = { stepKey: share.stepKey, unitId }
          const reason = restingReason(item, state, target, (unit) => unitName(reference, unit))
          return reason === null ? [] : [{ ...target, reason }]
        }),
      }
    })
}
