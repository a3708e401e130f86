import type { CaseView } from '#shared/contract/case'
import { acceptanceClock, ownDue } from '#shared/domain/case/clock/clocks'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { askedBy, draftRun, noticeLookedAt } from '#shared/domain/case/correction/draft-step'
import type { Correction, CorrectionItem, StepRun } from '#shared/domain/case/state'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import type { StepAction } from '#shared/domain/service-item/item'
import { dueOf } from '#shared/domain/time-limit/clock'
import { lightOf } from '#shared/domain/time-limit/light'
import { type Subject, textOf } from './subject'
import { whoOf } from './timeline-view'

type Looks = NonNullable<NonNullable<NonNullable<CaseView['staff']>['departmentDrafts']>['looks']>
type Unit = Looks['units'][number]

/** The last day to accept, by law, and how many working days are left. */
function untilOf({ item, state, reference: { calendar }, now }: Subject): Pick<Looks, 'acceptBy' | 'left'> {
  const clock = acceptanceClock(item, state)
  const due = clock && dueOf(clock, calendar)
  if (!clock || due?.kind !== 'on') return { acceptBy: null, left: null }
  const light = lightOf(due, clock.days, dayIn(now), calendar)
  const left = 'daysLeft' in light ? `还剩 ${light.daysLeft} 个工作日` : '今天到期'
  return { acceptBy: due.on, left }
}

/** What the department wrote itself, where the notice says it otherwise. */
const ownWords = (item: CorrectionItem, unitId: string) =>
  item.asked?.find((each) => each.unitId === unitId) ?? item

function unitOf(subject: Subject, run: StepRun, notice: Correction, unitId: string): Unit {
  const { item, state, reference, read, now } = subject
  const part = run.parts.find((each) => each.unitId === unitId)
  const look = notice.looks?.find((each) => each.unitId === unitId)
  const event = read.events.findLast((each) => each.type === 'correction-drafted' && each.unitId === unitId)
  const due = part && ownDue(item, state, run, part, reference.calendar).due
  const dueOn = due?.kind === 'on' ? due.on : null
  const isOver = part?.status !== 'open' || (dueOn !== null && dueOn < dayIn(now))
  const said = look && (look.items.length > 0 ? 'lacking' : 'enough')
  return {
    unitId,
    unitName: unitName(reference, unitId),
    shortName: organName(reference, unitId),
    state: said ?? (isOver ? 'silent' : 'awaited'),
    dueOn,
    who: look && event ? whoOf(subject, event) : null,
    at: look?.at ?? null,
    items: askedBy(notice, unitId).map((asked) => {
      const lacking = look?.items.find(({ kind, name }) => kind === asked.kind && name === asked.name)
      return {
        kind: asked.kind,
        name: asked.name,
        label: askedLabel(item, asked),
        reason: textOf(subject, (lacking ?? ownWords(asked, unitId)).reasonDigest) ?? '',
        isEnough: look === undefined ? null : lacking === undefined,
      }
    }),
  }
}

/** What those who asked say of what came to the notice, each by name; null until it is answered, and once it is accepted. */
export function looksOf(subject: Subject): Looks | null {
  const { item, state } = subject
  const notice = noticeLookedAt(state)
  const run = draftRun(item, state)
  if (!notice?.lookers || !run) return null
  return {
    ...untilOf(subject),
    units: notice.lookers.map((unitId) => unitOf(subject, run, notice, unitId)),
  }
}

const itemNames = ({ items }: Unit) =>
  items.flatMap(({ isEnough, label }) => (isEnough === false ? [label] : [])).join('、')

/** To whoever accepts while one of them has said that it is not right yet, or has not looked; null where all have what they need. */
export function looksWarning(subject: Subject): string | null {
  const looks = looksOf(subject)
  const said = (looks?.units ?? []).flatMap((unit) => {
    if (unit.state === 'lacking') return [`${unit.shortName}说还不行：${itemNames(unit)}。`]
    if (unit.state === 'silent') return [`${unit.shortName}到期没有看。`]
    if (unit.state !== 'awaited') return []
    const by = unit.dueOn === null ? '' : `，最晚 ${dayWords(unit.dueOn as PlainDate, dayIn(subject.now))}`
    return [`${unit.shortName}还没看完${by}。`]
  })
  if (!looks || said.length === 0) return null
  const until =
    looks.acceptBy === null
      ? ''
      : `受理最晚 ${dayWords(looks.acceptBy as PlainDate, dayIn(subject.now))}，${looks.left}，过了视为受理。`
  return `${said.join('')}受理以后再要，就是再次补正。${until}`
}

type Choices = NonNullable<CaseView['staff']>['correctionChoices']
type Allowed = readonly { readonly action: StepAction; readonly unitId: string }[]

/** What may be asked for; of what came to the notice a department says no more than of what it had asked for. `fixed`: never. */
export function correctionChoices(
  { item, state }: Subject,
  allowed: Allowed,
  fixed: readonly string[],
): Choices {
  const notice = noticeLookedAt(state)
  const looking = allowed.find(({ action }) => action === 'draft-correction')
  if (notice && looking && !allowed.some(({ action }) => action === 'request-correction'))
    return askedBy(notice, looking.unitId).map(({ kind, name }) => ({
      kind,
      name,
      label: askedLabel(item, { kind, name }),
    }))
  return [
    ...item.materials
      .filter(({ kind }) => kind === 'upload')
      .map(({ name }) => ({ kind: 'material' as const, name, label: name })),
    ...item.fields
      .filter(({ key }) => !fixed.includes(key))
      .map(({ key, label }) => ({ kind: 'field' as const, name: key, label })),
  ]
}
