import { dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { provisionalDueOf } from '../../time-limit/clock'
import { acceptanceClock, stepClock, taskDue } from '../clock/clocks'
import type { CaseContext, CaseError } from '../context'
import { stepOf } from '../route'
import type { CaseState, CorrectionDraft, CorrectionItem, DepartmentWords, StepPart, StepRun } from '../state'
import type { WordedItem } from './asked'
import { fixedIdentityKeys } from './brought'
import { draftRun, isDrafting, isOut, noticeLookedAt } from './draft-step'

type At = Pick<CaseContext, 'now' | 'calendar'>

/**
 * Departments whose days to look are not over, and that have said nothing yet, or nothing of what came since. A draft that was given
 * back stands until it is written anew: nobody waits for that. A year without calendar works on weekdays. The last day of the law is
 * left to whoever accepts.
 */
export const awaitedDrafts = (item: ServiceItem, state: CaseState, at: At): readonly StepPart[] =>
  isDrafting(item, state) ? stillLooking(item, state, at) : []

function stillLooking(item: ServiceItem, state: CaseState, { now, calendar }: At): readonly StepPart[] {
  const run = draftRun(item, state)
  if (run?.status !== 'open') return []
  const today = dayIn(now)
  const law = acceptanceClock(item, state)
  if (law && today >= provisionalDueOf(law, calendar, today)) return []
  return run.parts.filter((part) => {
    if (part.status !== 'open' || isOut(item, state, { stepKey: run.key, unitId: part.unitId })) return false
    const due = taskDue(item, state, run, part, calendar)
    if (due.kind === 'on') return today <= due.on
    const days = due.kind === 'calendar-missing' ? stepClock(item, state, run, part) : null
    return days !== null && today <= provisionalDueOf(days, calendar, today)
  })
}

/**
 * What a department has asked for and nobody need be asked for any more: the name and the number that are confirmed since, and what
 * was brought since by itself, once the department has had its days for it (`awaitedDrafts`).
 */
export function isSettled(
  item: ServiceItem,
  state: CaseState,
  { at }: CorrectionDraft,
  asked: CorrectionItem,
) {
  const { kind, name } = asked
  if (isConfirmed(item, state, asked)) return true
  return state.changes.some(
    (change) => change.at > at && (kind === 'field' ? change.fields : change.papers).includes(name),
  )
}

/** A name or a number that is confirmed: nobody is asked for it. */
const isConfirmed = (
  item: ServiceItem,
  state: CaseState,
  { kind, name }: Pick<CorrectionItem, 'kind' | 'name'>,
) => kind === 'field' && fixedIdentityKeys(item, state).includes(name)

const nameOf = ({ kind, name }: Pick<CorrectionItem, 'kind' | 'name'>) => `${kind}:${name}`

/**
 * What the drafts still ask for together, each thing once, with the units that ask for it and their reasons, in the order of the
 * drafts.
 */
export interface JoinedItem extends Pick<CorrectionItem, 'kind' | 'name'> {
  readonly asked: readonly DepartmentWords[]
}

export const joinedItems = (item: ServiceItem, state: CaseState): readonly JoinedItem[] =>
  joinedOf(state.drafts ?? [], (draft, asked) => isSettled(item, state, draft, asked))

function joinedOf(
  drafts: readonly CorrectionDraft[],
  isOver: (draft: CorrectionDraft, asked: CorrectionItem) => boolean,
): readonly JoinedItem[] {
  const joined = new Map<string, JoinedItem>()
  for (const draft of drafts) {
    const { unitId } = draft
    for (const each of draft.items.filter((asked) => !isOver(draft, asked))) {
      const { kind, name, reasonDigest } = each
      const asked = [...(joined.get(nameOf({ kind, name }))?.asked ?? []), { unitId, reasonDigest }]
      joined.set(nameOf({ kind, name }), { kind, name, asked })
    }
  }
  return [...joined.values()]
}

/**
 * 行政许可法 第26、32条: the one notice is complete. It waits for each department until its day, and so does acceptance, by
 * which the departments ask no more; what a department needs is asked before it is accepted. A second notice waits for those who look
 * at what came to the first: acceptance then waits for nobody.
 */
export function whyNotJoined(
  {
    item,
    state,
    run,
    context,
  }: {
    readonly item: ServiceItem
    readonly state: CaseState
    readonly run: Pick<StepRun, 'key'>
    readonly context: At
  },
  action: 'accept' | 'request-correction',
): CaseError | null {
  if (stepOf(item, run.key).kind !== 'accept') return null
  const isSecond = action === 'request-correction' && noticeLookedAt(state) !== undefined
  if (!isSecond && !isDrafting(item, state)) return null
  if (stillLooking(item, state, context).length > 0) return { code: 'case.drafts-awaited' }
  return action === 'accept' && joinedItems(item, state).length > 0 ? { code: 'case.drafts-unsent' } : null
}

/** What each department has said of the papers, and of what came to its notice. */
export const departmentsSaid = ({ drafts = [], ...state }: CaseState): readonly CorrectionDraft[] => [
  ...drafts,
  ...(noticeLookedAt(state)?.looks ?? []),
]

/**
 * What the next notice has to hold: what the drafts ask together, and once that notice was answered what came and is not right yet,
 * in the words of who looked at it: what is brought after that is looked at by nobody anew, and settles nothing. 行政许可法 第32条
 */
export const wantedItems = (item: ServiceItem, state: CaseState): readonly JoinedItem[] =>
  isDrafting(item, state)
    ? joinedItems(item, state)
    : joinedOf(noticeLookedAt(state)?.looks ?? [], (_look, { kind, name }) =>
        isConfirmed(item, state, { kind, name }),
      )

/**
 * The items of a notice with who asks for each, as far as drafts do, and what each wrote where the notice says it otherwise; null
 * where it leaves out what a department has asked, or has found not right yet. 行政许可法 第32条: all of it is told.
 */
export function joinedNotice(
  item: ServiceItem,
  state: CaseState,
  worded: readonly WordedItem[],
): readonly CorrectionItem[] | null {
  const items = worded.map(({ holds: _holds, ...each }): CorrectionItem => each)
  const wanting = wantedItems(item, state)
  const names = new Set(items.map(nameOf))
  if (wanting.some((each) => !names.has(nameOf(each)))) return null
  return items.map((each, at) => {
    const said = wanting.filter((one) => nameOf(one) === nameOf(each)).flatMap(({ asked }) => asked)
    const holds = [each.reasonDigest, ...(worded[at]?.holds ?? [])]
    const asked = said.filter(({ reasonDigest }) => !holds.includes(reasonDigest))
    return {
      ...each,
      ...(said.length > 0 ? { from: said.map(({ unitId }) => unitId) } : {}),
      ...(asked.length > 0 ? { asked } : {}),
    }
  })
}

/** The number of the newest draft: a page that has not read it joins nothing. */
export const draftedVersion = (state: CaseState) =>
  Math.max(0, ...departmentsSaid(state).map(({ version }) => version))
