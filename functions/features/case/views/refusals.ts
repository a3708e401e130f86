import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { CaseContext } from '#shared/domain/case/context'
import { restingReason, restOn } from '#shared/domain/case/parallel/refused-words'
import {
  type DecidedShare,
  decidedShares,
  isStanding,
  ownDecision,
  restingOn,
} from '#shared/domain/case/parallel/share-decisions'
import { stepOf } from '#shared/domain/case/route'
import { openParts } from '#shared/domain/case/state'
import { awaitsItsOrgan } from '#shared/domain/case/step/actions'
import { isDecidedAt, standsInAt } from '#shared/domain/case/step/who-may-act'
import { organName, unitName } from '#shared/domain/organization/registry'
import { reasonIn, reasonNow, type Subject, textOf } from './subject'

type Allowed = readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[]

const reasonOf = (subject: Subject, { stepKey, unitId, revokedAt }: DecidedShare) => {
  const signed = subject.read.events.findLast(
    (event) =>
      event.type === (revokedAt === undefined ? 'examined' : 'decision-revoked') &&
      event.stepKey === stepKey &&
      event.unitId === unitId,
  )
  if (!signed) return null
  return revokedAt === undefined ? reasonNow(subject, signed, unitId) : textOf(subject, reasonIn(signed))
}

/** What one of several organs has refused and what rests on it, until all is handed over; what it has revoked as long as something rests on it. */
export function refusalsOf(subject: Subject, allowed: Allowed): NonNullable<CaseView['staff']>['refusals'] {
  const { item, state, reference } = subject
  const isOver = state.decision !== null || state.endedAt !== null
  const nameOf = (unitId: string) => organName(reference, unitId)
  return decidedShares(item, state)
    .filter((share) =>
      isOver ? restingOn(item, state, share).length > 0 && !isStanding(share) : !isStanding(share),
    )
    .map((share) => {
      const granted = restingOn(item, state, share).map(
        ({ unitId, name }) => `${nameOf(unitId)}批的“${name}”以它为前提，由${nameOf(unitId)}看要不要撤销。`,
      )
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
        title: `${nameOf(share.unitId)}${share.revokedAt === undefined ? '没有准予' : '撤销了'}“${share.name}”`,
        words: [why === null ? '' : `理由：${why}。`, ...follows, ...granted].join(''),
        reasons: own.flatMap(({ unitId }) => {
          const target = { stepKey: share.stepKey, unitId }
          const reason = restingReason(item, state, target, (unit) => unitName(reference, unit))
          return reason === null ? [] : [{ ...target, reason }]
        }),
      }
    })
}

/** Told to whoever decides in another's place: for whom, and why. */
const decidesFor = ({ item, state, reference }: Subject, context: CaseContext) =>
  openParts(state)
    .map(({ step: run, part }) => ({ stepKey: run.key, unitId: part.unitId }))
    .filter((target) => isDecidedAt(item, target) || stepOf(item, target.stepKey).actions.includes('decline'))
    .flatMap((target) => standsInAt(target, context) ?? [])
    .map(({ inPlaceOf }) => ({
      title: `你代${reference.staffName(inPlaceOf) ?? '不在的人'}决定`,
      words: '本人不在，或者要回避；替班的人写的是你，别人不能代。文书上写明是代行的。',
    }))

/** Told to whoever carries on the work of a unit that has nobody: what its own people have to decide. */
export const organAwaited = (
  subject: Subject,
  context: CaseContext,
): NonNullable<NonNullable<CaseView['staff']>['organsAwaited']> => {
  const { item, state, reference } = subject
  return [
    ...decidesFor(subject, context),
    ...awaitsItsOrgan(item, state, context).map((target) => {
      const names = context
        .standInsAt(target)
        .map(({ staffId }) => reference.staffName(staffId) ?? '替班的人')
      return names.length > 0
        ? { title: `由${names.join('、')}来定`, words: '这个岗位的人不在，替班写的是这个人，别人不能代。' }
        : {
            title: `要${organName(reference, target.unitId)}自己的人来定`,
            words: '这个岗位现在没有能办的人：空着、休假，或者要回避。有了人再决定，别的可以先替着办。',
          }
    }),
  ]
}
