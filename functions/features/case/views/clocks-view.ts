import type { CaseView } from '#shared/contract/case'
import {
  acceptanceClock,
  noticeDays,
  ownDue,
  runningLaw,
  runningPromise,
  stepClock,
} from '#shared/domain/case/clock/clocks'
import { isDraftStep, shareDays } from '#shared/domain/case/correction/draft-step'
import { awaitedServices, deliversPermits, deliveryClock } from '#shared/domain/case/delivery/delivery-clock'
import { PAPER_WORDS } from '#shared/domain/case/paper/service-words'
import { stepOf } from '#shared/domain/case/route'
import { openParts, type StepPart, type StepRun } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { dueOf, type LegalClock } from '#shared/domain/time-limit/clock'
import { lightOf } from '#shared/domain/time-limit/light'
import { clockBecause, explanationOf, lawStartedBy, statutoryBasis } from '../due-view'
import type { Subject } from './subject'

type ClockView = NonNullable<CaseView['staff']>['clocks'][number]

function clockView(
  subject: Subject,
  kind: ClockView['kind'],
  label: string,
  clock: LegalClock | null,
  told: Parameters<typeof explanationOf>[2],
): ClockView[] {
  if (!clock) return []
  const due = dueOf(clock, subject.reference.calendar)
  return [
    {
      kind,
      label,
      dueOn: due.kind === 'on' ? due.on : null,
      dueBecause: clockBecause(due),
      light: lightOf(due, clock.days, dayIn(subject.now), subject.reference.calendar),
      explanation: explanationOf(clock, subject.reference.calendar, told),
    },
  ]
}

/** 行政许可法 第32条 is the law of permits alone. */
const acceptanceBasis = ({ typeCode }: ServiceItem) =>
  typeCode === '01' ? '行政许可法 第三十二条' : '县里公布的受理时限'

/** While it is published nobody can do the step: what counts is when it may be closed. */
function publicityView(
  { item, state, reference, now }: Subject,
  run: StepRun,
  part: StepPart,
): ClockView[] | null {
  const notice = noticeDays(item, run, reference.calendar)
  if (notice === null) return null
  const { due, days } = ownDue(item, state, run, part, reference.calendar)
  return [
    {
      kind: 'publicity',
      label: stepOf(item, run.key).name,
      dueOn: due.kind === 'on' ? due.on : null,
      dueBecause: clockBecause(due),
      lastOn: notice.lastOn,
      light: lightOf(due, days, dayIn(now), reference.calendar),
      explanation: null,
    },
  ]
}

const isOwn = ({ item, principal }: Subject, stepKey: string, unit: string) =>
  !isDraftStep(stepOf(item, stepKey)) || principal.pools.some(({ unitId }) => unitId === unit)

/** The clocks that run, as staff are shown them: of each open share, of the receipt, the promise and the law. */
export function clocksOf(subject: Subject): ClockView[] {
  const { item, state, principal } = subject
  // What other departments still have to look at by is told with their drafts.
  const open = openParts(state).filter(({ step, part }) => isOwn(subject, step.key, part.unitId))
  const isMine = (unitId: string) => principal.pools.some((pool) => pool.unitId === unitId)
  const isOthers = ({ step, part }: (typeof open)[number]) =>
    !isMine(part.unitId) && open.some((each) => each.step === step && isMine(each.part.unitId))
  const parts = open.flatMap((share) => {
    const { step, part } = share
    const clocks =
      publicityView(subject, step, part) ??
      clockView(
        subject,
        'step',
        open.filter((each) => each.step === step).length > 1
          ? `${plainStepName(stepOf(item, step.key).name)}，${organName(subject.reference, part.unitId)}`
          : stepOf(item, step.key).name,
        stepClock(item, state, step, part),
        {
          basis: `这一步 ${shareDays(item, state, step, part.unitId)} 个工作日`,
          startedBy: 'opened',
        },
      )
    const { unitId } = part
    return clocks.map((clock) => ({ ...clock, unitId, ...(isOthers(share) ? { others: true } : {}) }))
  })
  return [
    ...parts,
    ...clockView(subject, 'acceptance', '受理', acceptanceClock(item, state), {
      basis: acceptanceBasis(item),
      startedBy: 'received',
    }),
    ...clockView(subject, 'promised', '承诺', runningPromise(item, state), {
      basis: '县里公布的承诺时限',
      startedBy: 'received',
    }),
    ...clockView(subject, 'statutory', '法定', runningLaw(item, state), {
      basis: statutoryBasis(item),
      startedBy: lawStartedBy(item, state),
    }),
    ...clockView(subject, 'delivery', '送达', deliveryClock(item, state), {
      basis: deliversPermits(item) ? '行政许可法 第四十四条' : '县里公布的送达时限',
      startedBy: 'signed',
    }),
    ...awaitedServices(item, state).flatMap(({ of }) =>
      clockView(subject, 'delivery', `送达${PAPER_WORDS[of]}`, deliveryClock(item, state, of), {
        basis: '县里公布的送达时限',
        startedBy: 'signed',
      }),
    ),
  ]
}
