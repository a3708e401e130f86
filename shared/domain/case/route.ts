import type { Instant } from '../kernel/plain-date'
import { holdsFor } from '../service-item/condition'
import type { ServiceItem, Step, StepOrgan } from '../service-item/item'
import type { CaseState, StepPart, StepRun } from './state'
import { everThere } from './visit/visit-record'

type Where = CaseState['where']
type Answers = Readonly<Record<string, unknown>>

/** The steps this application goes through: those without condition, and those whose condition its answers meet. */
export const stepsFor = (item: ServiceItem, answers: Answers): readonly Step[] =>
  item.steps.filter((step) => step.when === null || holdsFor(step.when, answers))

/** The units that do a step; a village or town is the applicant's. Empty when the place is not known. */
export function unitsOf(organ: StepOrgan, where: Where): readonly string[] {
  switch (organ.kind) {
    case 'village':
      return where.villageId === null ? [] : [where.villageId]
    case 'town':
      return where.townId === null ? [] : [where.townId]
    case 'department':
      return [where.departmentId]
    case 'unit':
      return [organ.unitId]
    case 'parallel':
      return organ.unitIds
  }
}

/** One unit's share of a step that is not open yet. */
const waitingPart = (unitId: string): StepPart => ({
  unitId,
  status: 'waiting',
  openedAt: null,
  doneAt: null,
  outcome: null,
  suspendedAt: null,
  visited: false,
  late: false,
  rectifyBy: null,
  assigneeId: null,
  openedBefore: false,
})

export const waitingRun = (step: Step, where: Where): StepRun => ({
  key: step.key,
  status: 'waiting',
  openedAt: null,
  doneAt: null,
  publishedOn: null,
  parts: unitsOf(step.organ, where).map(waitingPart),
})

/** Who had been at the site goes on seeing what they signed. */
function officersKept(part: StepPart): Pick<StepPart, 'officersBefore'> {
  const officersBefore = everThere(part)
  return officersBefore.length > 0 ? { officersBefore } : {}
}

/** As before it was opened; who it was given to is still the one who knows it. */
export const waitingAgain = (run: StepRun): StepRun => ({
  ...run,
  status: 'waiting',
  openedAt: null,
  doneAt: null,
  publishedOn: null,
  parts: run.parts.map((part) => ({
    ...waitingPart(part.unitId),
    assigneeId: part.assigneeId,
    openedBefore: part.openedAt !== null || part.openedBefore,
    ...officersKept(part),
  })),
})

export function stepOf(item: ServiceItem, key: string): Step {
  const step = item.steps.find((each) => each.key === key)
  if (!step) throw new Error(`${item.id} has no step ${key}`)
  return step
}

export const dependsOn = (step: Step, unitId: string): readonly string[] =>
  step.organ.kind === 'parallel' ? (step.organ.dependsOn[unitId] ?? []) : []

/** Opens the parts of an open step whose forerunners have answered. */
export function openReadyParts(step: Step, run: StepRun, at: Instant): StepRun {
  const done = new Set(run.parts.filter((part) => part.status === 'done').map((part) => part.unitId))
  const parts = run.parts.map((part) =>
    part.status === 'waiting' && dependsOn(step, part.unitId).every((unit) => done.has(unit))
      ? { ...part, status: 'open' as const, openedAt: at }
      : part,
  )
  return { ...run, parts }
}

export const openRun = (step: Step, run: StepRun, at: Instant): StepRun =>
  openReadyParts(step, { ...run, status: 'open', openedAt: at, doneAt: null }, at)

/** The working days that one unit has for a step. */
export const limitDaysOf = (step: Step, unitId: string) =>
  step.organ.kind === 'parallel' ? (step.organ.limitDays[unitId] ?? step.limitDays) : step.limitDays

/** Whether what happens at a share is that unit's own: the others of its step, and the case, go on. */
export const isPartAlone = (item: ServiceItem, { stepKey }: { readonly stepKey: string }) =>
  stepOf(item, stepKey).organ.kind === 'parallel'
