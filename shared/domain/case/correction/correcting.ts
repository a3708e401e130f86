import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { CaseStatus } from '../case-status'
import type { CaseEvent } from '../events'
import { changePart, pause } from '../parts'
import { receive } from '../receipt'
import { type CaseState, type Correction, openParts } from '../state'
import { signedAnew } from '../step/joint-signing'

export function askForCorrection(
  state: CaseState,
  event: CaseEvent & { type: 'correction-requested' },
): CaseState {
  const asked: CaseState = {
    ...state,
    status: 'correcting',
    corrections: [
      ...state.corrections,
      {
        stepKey: event.stepKey,
        unitId: event.unitId,
        askedAt: event.at,
        items: event.items,
        beforeAcceptance: state.accepted === null,
        rule: event.rule,
        ...toldBy(event),
        remindedAt: null,
        suppliedAt: null,
        lapsedAt: null,
      },
    ],
  }
  const from = { because: 'correction', on: dayIn(event.at) } as const
  const paused = pause(asked, ['promised', 'step'], { ...from, stepKey: event.stepKey, unitId: event.unitId })
  if (state.accepted !== null) return paused
  // A pre-check beside it waits for the same answer.
  return openParts(state)
    .filter(({ step, part }) => step.key !== event.stepKey || part.unitId !== event.unitId)
    .reduce(
      (others, { step, part }) =>
        pause(others, ['step'], { ...from, stepKey: step.key, unitId: part.unitId }),
      paused,
    )
}

/** The last day to answer, where it was told. */
export const toldBy = ({ answerBy }: { readonly answerBy?: PlainDate | undefined }) =>
  answerBy === undefined ? {} : { answerBy }

/**
 * The last day of the notice as it was told and still holds; undefined where none was. The reminder begins days of grace: the day of
 * before it says nothing of them, and they had none of their own where their year had no calendar yet.
 */
export function answerByTold({ answerBy, remindedAt, beforeAcceptance }: Correction): PlainDate | undefined {
  const isOfBefore = remindedAt !== null && beforeAcceptance && (answerBy ?? '') <= dayIn(remindedAt)
  return isOfBefore ? undefined : answerBy
}

export const withLastCorrection = (
  state: CaseState,
  change: Partial<CaseState['corrections'][number]>,
): CaseState => ({
  ...state,
  corrections: state.corrections.map((each, at) =>
    at === state.corrections.length - 1 ? { ...each, ...change } : each,
  ),
})

/** Back to the step that asked. */
export function goOn(state: CaseState, at: Instant): CaseState {
  const going = {
    ...state,
    pauses: state.pauses.map((each) =>
      each.until === null && each.because === 'correction' ? { ...each, until: dayIn(at) } : each,
    ),
  }
  return { ...going, status: statusUnderWay(going) }
}

const statusUnderWay = (state: CaseState): CaseStatus => {
  if (state.accepted === null) return 'submitted'
  const examined = state.steps.some((run) =>
    run.parts.some((part) => ['passed', 'failed'].includes(part.outcome ?? '')),
  )
  return examined ? 'examining' : 'accepted'
}

export function supplement(item: ServiceItem, state: CaseState, at: Instant): CaseState {
  const supplied = goOn(withLastCorrection(signedAnew(state), { suppliedAt: at }), at)
  const asked = state.corrections.at(-1)
  if (state.accepted !== null || !asked) return supplied
  // Before acceptance the supplement is a new receipt: promise, acceptance and the step's own days start anew.
  const reopened = changePart(supplied, asked, ({ status }) => (status === 'open' ? { openedAt: at } : {}))
  return receive(item, reopened, at)
}
