import type { CaseView } from '#shared/contract/case'
import { ownDue } from '#shared/domain/case/clock/clocks'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { draftRun, isDrafting, returnOf } from '#shared/domain/case/correction/draft-step'
import { awaitedDrafts, isSettled, wantedItems } from '#shared/domain/case/correction/joined-notice'
import { returnableDrafts } from '#shared/domain/case/correction/return-draft'
import type { CorrectionItem, StepPart, StepRun } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { lightOf } from '#shared/domain/time-limit/light'
import { looksOf } from './looks-view'
import { type Subject, textOf } from './subject'
import { whoOf } from './timeline-view'

type Drafts = NonNullable<NonNullable<CaseView['staff']>['departmentDrafts']>
type Unit = Drafts['units'][number]

const askedOf = (subject: Subject, item: CorrectionItem) => ({
  kind: item.kind,
  name: item.name,
  label: askedLabel(subject.item, item),
  reason: textOf(subject, item.reasonDigest) ?? '',
})

/** Whose days are over last: of two that are awaited the one that was given something to look at later. */
const lastOf = (parts: readonly StepPart[]) =>
  parts.reduce<StepPart | undefined>(
    (last, part) => (last && (last.openedAt ?? '') >= (part.openedAt ?? '') ? last : part),
    undefined,
  )

function returnedOf(subject: Subject, run: StepRun, part: StepPart): Unit['returned'] {
  const { item, reference, read, state } = subject
  const { unitId } = part
  const returned = returnOf(item, state, { stepKey: run.key, unitId })
  if (!returned) return null
  const { due } = ownDue(item, state, run, part, reference.calendar)
  const event = read.events.findLast((each) => each.type === 'draft-returned' && each.toUnitId === unitId)
  return {
    reason: textOf(subject, returned.reasonDigest) ?? '',
    who: event ? whoOf(subject, event) : null,
    at: returned.at,
    dueOn: due.kind === 'on' ? due.on : null,
  }
}

function unitOf(subject: Subject, run: StepRun, part: StepPart, isAwaited: boolean): Unit {
  const { item, reference, read, state } = subject
  const { unitId } = part
  const draft = state.drafts?.find((each) => each.unitId === unitId && each.stepKey === run.key)
  const event = read.events.findLast((each) => each.type === 'correction-drafted' && each.unitId === unitId)
  const said = draft && (draft.items.length > 0 ? 'asks' : 'nothing')
  return {
    unitId,
    unitName: unitName(reference, unitId),
    shortName: organName(reference, unitId),
    state: isAwaited ? 'awaited' : (said ?? 'silent'),
    who: draft && event ? whoOf(subject, event) : null,
    at: draft?.at ?? null,
    returned: returnedOf(subject, run, part),
    returnable: returnableDrafts(item, state).includes(unitId),
    items: (draft ? draft.items : []).map((each) => ({
      ...askedOf(subject, each),
      settled: draft !== undefined && isDrafting(item, state) && isSettled(item, state, draft, each),
    })),
  }
}

/** 自规局：标出退让红线的距离；水利局：标出雨水排口, each clause whole; of one department its own words alone. */
const joinedWords = (asked: readonly { readonly unit: string; readonly reason: string }[]) =>
  asked.length === 1
    ? (asked[0]?.reason ?? '')
    : asked.map(({ unit, reason }) => `${unit}：${reason}`).join('；')

const joinedOf = (subject: Subject): Drafts['joined'] =>
  wantedItems(subject.item, subject.state).map(({ asked, ...item }) => ({
    ...item,
    label: askedLabel(subject.item, item),
    reason: joinedWords(
      asked.map(({ unitId, reasonDigest }) => ({
        unit: organName(subject.reference, unitId),
        reason: textOf(subject, reasonDigest) ?? '',
      })),
    ),
    units: asked.map(({ unitId }) => organName(subject.reference, unitId)),
  }))

/** What the departments say before acceptance; null where the guide asks none. */
export function departmentDrafts(subject: Subject): Drafts | null {
  const { item, state, reference, now } = subject
  const run = draftRun(item, state)
  const waitedFor = awaitedDrafts(item, state, { now, calendar: reference.calendar })
  const last = lastOf(waitedFor) ?? run?.parts[0]
  if (!run || !last) return null
  const { due, days } = ownDue(item, state, run, last, reference.calendar)
  const awaited = waitedFor.map(({ unitId }) => unitId)
  return {
    dueOn: due.kind === 'on' ? due.on : null,
    light: lightOf(due, days, dayIn(now), reference.calendar),
    awaited: awaited.length,
    open: isDrafting(item, state),
    units: run.parts.map((part) => unitOf(subject, run, part, awaited.includes(part.unitId))),
    joined: joinedOf(subject),
    looks: looksOf(subject),
  }
}
