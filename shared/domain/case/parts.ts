import type { PlainDate } from '../kernel/plain-date'
import type { SuspendableClock } from '../service-item/item'
import type { CaseState, ClockPause, StepPart, StepRun } from './state'

export const changeRun = (state: CaseState, key: string, change: (run: StepRun) => StepRun): CaseState => ({
  ...state,
  steps: state.steps.map((run) => (run.key === key ? change(run) : run)),
})

export const changePart = (
  state: CaseState,
  target: { stepKey: string; unitId: string },
  change: (part: StepPart) => Partial<StepPart>,
): CaseState =>
  changeRun(state, target.stepKey, (run) => ({
    ...run,
    parts: run.parts.map((part) => (part.unitId === target.unitId ? { ...part, ...change(part) } : part)),
  }))

export const closePauses = (
  state: CaseState,
  because: ClockPause['because'],
  stepKey: string,
  on: PlainDate,
) => ({
  ...state,
  pauses: state.pauses.map((pause) =>
    pause.until === null && pause.because === because && pause.stepKey === stepKey
      ? { ...pause, until: on }
      : pause,
  ),
})

export const pause = (
  state: CaseState,
  clocks: readonly (SuspendableClock | 'step')[],
  {
    on,
    ...from
  }: Pick<ClockPause, 'because' | 'stepKey' | 'unitId' | 'basis' | 'expectedOn'> & { readonly on: PlainDate },
): CaseState => ({
  ...state,
  pauses: [
    ...state.pauses,
    ...clocks.map((clock) => ({
      clock,
      from: on,
      until: null,
      ...from,
    })),
  ],
})
