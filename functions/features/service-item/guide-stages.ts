import type { ServiceGuide } from '#shared/contract/service-item'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { ServiceItem, Step } from '#shared/domain/service-item/item'
import { openWindowState } from '#shared/domain/service-item/open-window'
import {
  apartText,
  type CountedStep,
  type Counting,
  countedSteps,
  lastDayIfFiled,
} from '#shared/domain/service-item/stages'
import { stepLimit } from '#shared/domain/service-item/step-limit'
import { plainStepName, stepDeed } from '#shared/domain/service-item/step-name'
import { type ClockDue, dueOf } from '#shared/domain/time-limit/clock'
import type { Reference } from './reference'

/** Who does a step, told without knowing the reader's village. */
function unitText(step: Step, item: ServiceItem, reference: Reference) {
  switch (step.organ.kind) {
    case 'village':
      return '你所在的村（社区）'
    case 'town':
      return '你所在的镇（街道）'
    case 'department':
      return reference.units.get(item.departmentId)?.name ?? ''
    case 'unit':
      return reference.units.get(step.organ.unitId)?.name ?? ''
    case 'parallel':
      return step.organ.unitIds.map((id) => reference.units.get(id)?.shortName ?? '').join('、')
  }
}

/** Not part of every case. */
const isOfSome = ({ when, onlyIfDisputed }: Step) => when !== null || onlyIfDisputed

interface Stage {
  readonly unitName: string
  readonly counting: Counting
  readonly steps: Step[]
}

/** Neighbouring steps of one unit that count alike are one stage to the resident; what some cases alone have stands alone. */
function joined(stages: readonly Stage[], { step, counting }: CountedStep, unitName: string) {
  const last = stages.at(-1)
  const isAlike = last?.unitName === unitName && last.counting === counting && counting !== 'apart'
  if (!last || !isAlike || isOfSome(step) || last.steps.some(isOfSome) || step.publicity) {
    return [...stages, { unitName, counting, steps: [step] }]
  }
  last.steps.push(step)
  return stages
}

const daysText = (days: number) => (days === 0 ? '当天' : `最多 ${days} 个工作日`)

function timeOf({ steps }: Stage) {
  const [first] = steps
  if (first?.publicity) return stepLimit(first)
  return daysText(steps.reduce((sum, { limitDays }) => sum + limitDays, 0))
}

/** How long a stage takes, and whether the promise counts it. */
function limitText(stage: Stage) {
  const time = timeOf(stage)
  const some = stage.steps.some(isOfSome) ? '有的件才有，' : ''
  switch (stage.counting) {
    case 'beside':
      return `${time}，不另加时间`
    case 'before':
      return `${time}，做完才开始算承诺的时间`
    case 'promise':
      return `${some}${time}`
    case 'apart':
      return `${some}${time}，承诺的时间停着`
    case 'after':
      return `办好以后，${time}`
  }
}

/** What follows upon an application, by who does it and by how its time counts. */
export function stagesOf(item: ServiceItem, reference: Reference): ServiceGuide['steps'] {
  return countedSteps(item)
    .reduce<readonly Stage[]>(
      (stages, counted) => joined(stages, counted, unitText(counted.step, item, reference)),
      [],
    )
    .map((stage) => ({
      name: stage.steps.map(({ name }) => stepDeed(name)).join('、'),
      unitName: stage.unitName,
      counting: stage.counting,
      limitText: limitText(stage),
    }))
}

const dayOfDue = (due: ClockDue) => (due.kind === 'on' ? due.on : null)

/** Outside of the window nothing can be filed today, and there is no day to tell. */
export function dueIfFiled(
  item: ServiceItem,
  reference: Reference,
  now: Instant,
  isOver: boolean,
): ServiceGuide['dueIfFiledToday'] {
  const first = item.steps.find((step) => step.completesApplication)
  const apart = apartText(item)
  if (isOver || !openWindowState(item.openWindow, dayIn(now)).open)
    return { dueOn: null, dueBecause: null, lastOn: null, apart }
  if (first)
    return {
      dueOn: null,
      dueBecause: { kind: 'waits-for', step: first.key, stepName: plainStepName(first.name) },
      lastOn: null,
      apart,
    }
  const due = dueOf(
    { startedAt: now, days: item.promisedDays, unit: 'working', pauses: [] },
    reference.calendar,
  )
  return {
    dueOn: dayOfDue(due),
    dueBecause: due.kind === 'calendar-missing' ? due : null,
    lastOn: dayOfDue(lastDayIfFiled(item, now, reference.calendar)),
    apart,
  }
}
