import type { ServiceItem } from '../../service-item/item'
import type { CaseActor, CaseContext } from '../context'
import type { CaseEvent } from '../events'
import { changePart } from '../parts'
import { stepOf } from '../route'
import { type CaseState, openParts, type StepPart, type StepTarget } from '../state'

// 会签: at some steps everybody who holds the role in the unit passes, each for themselves; one of them who does not ends it.

type Signed = Pick<StepPart, 'signedBy'>
type Passed = Extract<CaseEvent, { type: 'examined' }>

/** Whether all holders of a share have to pass it; elsewhere whoever does passes it for all. */
export const isJointlySigned = (item: ServiceItem, stepKey: string) => stepOf(item, stepKey).sign === 'all'

/** Of those who have to sign now, who has not. */
export const awaitedSigners = (signers: readonly string[], { signedBy = [] }: Signed): readonly string[] =>
  signers.filter((id) => !signedBy.includes(id))

export const hasSigned = ({ signedBy = [] }: Signed, actor: CaseActor) =>
  actor.kind === 'staff' && signedBy.some((id) => id === actor.staffId)

const partAt = ({ steps }: CaseState, { stepKey, unitId }: StepTarget) =>
  steps.find(({ key }) => key === stepKey)?.parts.find((part) => part.unitId === unitId)

/** What comes of a pass: the end of the step, or one signature while somebody else's is missing. */
export function signedOr(
  item: ServiceItem,
  state: CaseState,
  passed: Passed,
  context: CaseContext,
): CaseEvent {
  const { at, stepKey, unitId, reasonDigest } = passed
  if (!isJointlySigned(item, stepKey)) return passed
  const { actor } = context
  const staffId = actor.kind === 'staff' ? (actor.staffId ?? null) : null
  const before = partAt(state, passed)?.signedBy ?? []
  const signedBy = staffId === null ? before : [...before, staffId]
  const left = awaitedSigners(context.signersAt(passed), { signedBy })
  return left.length === 0 || staffId === null
    ? { ...passed, signedBy }
    : { type: 'signed', at, stepKey, unitId, staffId, reasonDigest }
}

/** Open shares that somebody has signed, and where nobody is left who has to: whoever was awaited has gone. */
export const signedByAll = (
  item: ServiceItem,
  state: CaseState,
  signersAt: CaseContext['signersAt'],
): readonly StepTarget[] =>
  openParts(state).flatMap(({ step: { key: stepKey }, part }) => {
    const target = { stepKey, unitId: part.unitId }
    const isSigned = part.signedBy !== undefined && isJointlySigned(item, stepKey)
    return isSigned && awaitedSigners(signersAt(target), part).length === 0 ? [target] : []
  })

export const applySignature = (state: CaseState, event: Extract<CaseEvent, { type: 'signed' }>): CaseState =>
  changePart(state, event, ({ signedBy = [] }) => ({ signedBy: [...signedBy, event.staffId] }))

const unsigned = ({ signedBy: _former, ...part }: StepPart): StepPart => part

/** What was signed reads otherwise now: whoever signs has it before them as it stands. */
export const signedAnew = (state: CaseState): CaseState => ({
  ...state,
  steps: state.steps.map((run) => ({
    ...run,
    parts: run.parts.map((part) => (part.status === 'done' ? part : unsigned(part))),
  })),
})

/** 已签 2 人，还等 1 人：王五 */
export const signingWords = (signed: number, awaited: readonly string[]) =>
  awaited.length === 0
    ? `${signed} 人都签了`
    : `已签 ${signed} 人，还等 ${awaited.length} 人：${awaited.join('、')}`
