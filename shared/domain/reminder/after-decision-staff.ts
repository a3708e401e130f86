import type { Pool } from '../case/context'
import type { CaseEvent } from '../case/events'
import { decidedBy } from '../case/parallel/own-share'
import { restingOn, stillRestingOn } from '../case/parallel/share-decisions'
import { isPaying } from '../case/result/payout'
import { answeredAlone, leavesAdviceAs } from '../case/revocation/own-decision'
import { ADVISED_WORDS, hasSaidAll, openRevocation, speakUntil } from '../case/revocation/revocation'
import type { Advice, Adviser, Revocation } from '../case/revocation/revocation-state'
import { TAKEN_BACK, unheardOf } from '../case/revocation/unheard'
import { stepOf } from '../case/route'
import type { CaseState, StepTarget } from '../case/state'
import { isBarred } from '../case/whose/barred'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import { cardOf, pageOf } from './staff-task'

/** Nobody else says when the days to speak are over. */
export function decidersLine(open: Revocation, calendar: WorkingCalendar, today: PlainDate) {
  if (open.decided === 'refused') return '原来没批的可能错了，撤不撤现在就能定'
  if (hasSaidAll(open)) return '申请人说完了，可以定撤不撤了'
  const until = speakUntil(open, calendar)
  if (until.kind === 'unserved') return '告知书要先送到申请人手里，从那天数陈述、申辩的日子'
  if (until.kind !== 'on') return '先听申请人陈述、申辩，在手机上说已经说完了，就能定撤不撤'
  return until.on < today
    ? '陈述、申辩的日子过了，可以定撤不撤了'
    : `先听申请人陈述、申辩。过了 ${dayWords(until.on, today)}，或者申请人说已经说完了，就能定撤不撤`
}

/** Who holds these pools and may handle the case: of whose it is now, `holders` has nobody. */
export function handlersOf(state: CaseState, { holders }: PlanContext, pools: readonly Pool[]) {
  const ids = pools.flatMap(({ role, unitId }) => holders(role, unitId).map(({ id }) => id))
  return [...new Set(ids)].filter((id) => !isBarred({ state, ownStaff: [] }, id))
}

const adminPools = ({ units }: PlanContext) =>
  [...units.keys()].map((unitId): Pool => ({ role: 'admin', unitId }))

export const adminsOf = (state: CaseState, context: PlanContext) =>
  handlersOf(state, context, adminPools(context))

/** Whoever is to find somebody where a unit has nobody: the administrators, and its own liaison. */
export const findersOf = (state: CaseState, context: PlanContext, unitId: string) =>
  handlersOf(state, context, [...adminPools(context), { role: 'liaison', unitId }])

/** Of those everybody but who does it. */
const membersOf = ({ actor, after }: ReminderChange, context: PlanContext, pools: readonly Pool[]) =>
  handlersOf(after, context, pools).filter((id) => id !== actor.staffId)

/** The step whose decision it is about, of one of several organs or of the whole. */
const decidedAt = (after: CaseState) =>
  openRevocation(after)?.of?.stepKey ??
  after.decision?.stepKey ??
  after.revocations?.at(-1)?.of?.stepKey ??
  after.advice?.at(-1)?.of?.stepKey ??
  ''

const stepAt = (after: CaseState, event: CaseEvent) =>
  event.type === 'approvers-changed' || event.type === 'approval-requested' ? event.stepKey : decidedAt(after)

export const toStaff =
  (change: ReminderChange, today: PlainDate, { id: eventId, event }: ReminderChange['events'][number]) =>
  (staffId: string, title: string, line: string, urgent = false): PlannedReminder => ({
    kind: event.type,
    urgent,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${change.item.plainName}：${title}`,
    lines: [line, `办件编号 ${change.caseNumber}`],
    page: pageOf(change),
    data: cardOf(change, { stepKey: stepAt(change.after, event), dueOn: null }, today, title),
    eventId,
    recipient: `staff:${staffId}`,
  })

const toldDeciders = (event: CaseEvent): string | undefined => {
  switch (event.type) {
    case 'revocation-proposed':
      return '拟撤销，请你定'
    case 'holder-heard':
      return '申请人说了意见'
    case 'hearing-dated':
      return `申请人说意见的日子${event.instead === undefined ? '定了' : '改了'}`
    default:
      return undefined
  }
}

/** Whose it is to revoke or keep a decision hears that it is proposed, until when the applicant may speak, and that they have. */
export function decidersReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const open = openRevocation(change.after)
  if (!open) return []
  const told = membersOf(change, context, open.deciders)
  const line = decidersLine(open, context.calendar, today)
  return change.events.flatMap((logged) => {
    const { event } = logged
    const title = toldDeciders(event)
    if (title === undefined) return []
    const tell = toStaff(change, today, logged)
    return told.map((id) => tell(id, title, line, event.type === 'holder-heard'))
  })
}

/** Revoked while a record of a death stood that was wrong: whoever may sign for that organ takes it back. 行政许可法 第7条 */
export function unheardReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { after } = change
  const lives = change.events.find(({ event }) => event.type === 'death-record-withdrawn')
  if (!lives) return []
  const tell = toStaff(change, today, lives)
  const pools = unheardOf(after).flatMap(({ deciders }) => deciders)
  return membersOf(change, context, pools).map((id) => tell(id, UNHEARD_TITLE, UNHEARD_LINE, true))
}

/** What whoever takes it back is called to, when it is known and when it comes to others. */
export const UNHEARD_TITLE = '没听申请人说就撤销了'
export const UNHEARD_LINE =
  '当时登记申请人去世是登记错了，撤销以前没有听到申请人的意见，请收回撤销；还要撤销的，收回以后另发拟撤销告知书'

const PAYERS_WAIT = ['先不要发钱', '批准可能撤销，定下来以前不发，定了再告诉你'] as const
const PAYERS_STOP = ['不用发了', '批准撤销了，不再发'] as const

/** That it goes on, and why; of whoever has died nothing does. */
const paidOn = ({ isDeceased }: CaseState, why: string) =>
  isDeceased === true
    ? (['去世以后的不发', `${why}，申请人已登记为去世，去世以前该发的照原来的发，去世以后的不发`] as const)
    : (['接着发钱', `${why}，照原来的发，停下时该发的补发`] as const)

const keptWords = (isTakenBack: boolean) => (isTakenBack ? TAKEN_BACK : '决定不撤销了')

/** What was settled while a record of a death stood, which was wrong: as it is since. */
function settledMeanwhile({ before, after }: ReminderChange) {
  const since = before?.death?.at
  if (since === undefined || openRevocation(after) || after.status === 'revoked') return undefined
  const settled = (after.revocations ?? []).filter(
    ({ revoked, answeredAt, takenBackAt }) => revoked === false && (takenBackAt ?? answeredAt ?? '') >= since,
  )
  return settled.at(-1)
}

const PAYERS_TOLD = [
  'revocation-proposed',
  'decision-kept',
  'decision-revoked',
  'death-record-withdrawn',
] as const
type TellsPayers = Extract<CaseEvent, { type: (typeof PAYERS_TOLD)[number] }>
const tellsPayers = (event: CaseEvent): event is TellsPayers =>
  PAYERS_TOLD.some((type) => type === event.type)

function payersWords(change: ReminderChange, event: TellsPayers): readonly [string, string] | undefined {
  switch (event.type) {
    case 'revocation-proposed':
      return PAYERS_WAIT
    case 'decision-revoked':
      return PAYERS_STOP
    case 'decision-kept':
      return paidOn(change.after, keptWords(event.unheard !== undefined))
    case 'death-record-withdrawn': {
      const settled = settledMeanwhile(change)
      return settled && paidOn(change.after, keptWords(settled.takenBackAt !== undefined))
    }
  }
}

/** Of what fell nobody has a task any more: whoever had it. */
const payingPools = ({ item, after }: ReminderChange): readonly Pool[] =>
  after.steps.flatMap(({ key, parts }) => {
    const { actions, role } = stepOf(item, key)
    return actions.includes('pay')
      ? parts.flatMap(({ unitId, status }) => (status === 'open' ? [{ role, unitId }] : []))
      : []
  })

/** Whoever has it to pay hears that the money waits, that it waits no longer, or that there is none. */
export function payersReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { item, after, held } = change
  if (!isPaying(item) || after.paidOn !== null || after.decision?.kind !== 'granted') return []
  const holders = held.filter(({ stepKey }) => stepOf(item, stepKey).actions.includes('pay'))
  return change.events.flatMap((logged) => {
    const { event } = logged
    const words = tellsPayers(event) ? payersWords(change, event) : undefined
    if (!tellsPayers(event) || !words) return []
    const { type } = event
    const tell = toStaff(change, today, logged)
    const [title, line] = words
    const pools = type === 'decision-revoked' ? payingPools(change) : holders
    // Whoever writes down that they live knows nothing of the money by that.
    const told =
      type === 'death-record-withdrawn'
        ? handlersOf(change.after, context, pools)
        : membersOf(change, context, pools)
    return told.map((id) => ({
      ...tell(id, title, line, true),
      kind: `${type}-paying` as const,
    }))
  })
}

const RESTED_BACK = {
  title: `前面的许可${TAKEN_BACK}`,
  done: '收回了撤销',
  next: '它照样算数，不用再等它',
} as const

const RESTED = {
  'revocation-proposed': { title: '前面的许可拟撤销', done: '拟撤销', next: '先等它定下来再签' },
  'decision-revoked': { title: '前面的许可撤销了', done: '撤销了', next: '不能再批' },
  'decision-kept': { title: '前面的许可不撤销了', done: '不撤销', next: '不用再等它' },
} as const

type Falls = Extract<CaseEvent, { type: keyof typeof RESTED }>
const isFall = (event: CaseEvent): event is Falls => event.type in RESTED

/**
 * Whoever granted what rests on it hears that it was taken back: theirs stands until they revoke it themselves. Whoever has still to
 * decide hears it too, and before that it may fall, or that it does not. 建筑法 第8条
 */
export function restingReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { item, after } = change
  return change.events.flatMap((logged) => {
    const { event } = logged
    if (!isFall(event)) return []
    const fallen = decidedBy(item, after, event.unitId)
    if (!fallen) return []
    const isTakenBack = event.type === 'decision-kept' && event.unheard !== undefined
    const { title, done, next } = isTakenBack ? RESTED_BACK : RESTED[event.type]
    const tell = toStaff(change, today, logged)
    const falls = `${context.unitName(fallen.unitId)}${done}“${fallen.name}”`
    const told = (share: StepTarget, line: string) =>
      membersOf(change, context, [{ role: stepOf(item, share.stepKey).role, unitId: share.unitId }]).map(
        (id) => ({ ...tell(id, title, `${falls}，${line}`, true), kind: `${event.type}-resting` as const }),
      )
    const still = stillRestingOn(item, after, fallen).flatMap((share) =>
      told(share, `“${share.name}”以它为前提，${next}`),
    )
    if (event.type !== 'decision-revoked') return still
    const granted = restingOn(item, after, fallen).flatMap((share) =>
      told(share, `你们批的“${share.name}”以它为前提，看要不要撤销`),
    )
    return [...still, ...granted]
  })
}

const ANSWER_LINES = {
  supervisor: '发拟撤销告知书，或者写明为什么不撤销',
  government: '发拟撤销告知书，听了申请人说再定',
} as const satisfies Record<Adviser, string>

/** Nobody is asked for what the organ cannot do yet. */
const NOBODY_LINE = '本单位没有第二个人能定，已经请管理员安排，安排了再办'
/** Another answers for what they signed themselves, or have asked for. */
const ANOTHERS_LINES = {
  signer: '决定是你签的，不撤销由另一个人答复；查出有错的，你也能发拟撤销告知书',
  adviser: '重新审查是你提的，不撤销由另一个人答复；查出有错的，你也能发拟撤销告知书',
} as const

/** What each of those who are asked from above is to do: who signed it says not that it stands, as long as another may. */
export const answerLines =
  ({ item, after }: Pick<ReminderChange, 'item' | 'after'>, context: PlanContext, advice: Advice) =>
  (id: string): string => {
    const as = advice.by === 'supervisor' ? leavesAdviceAs({ item, state: after }, advice, id, context) : null
    return as === null ? ANSWER_LINES[advice.by] : ANOTHERS_LINES[as]
  }

const WHY = '为什么，点开就看到'
const ANSWERED = {
  'advice-declined': ['机关不撤销', WHY],
  'revocation-proposed': ['机关拟撤销', '已经告知申请人，听了再定'],
  'decision-revoked': ['决定撤销了', '撤销决定书发出去了'],
  'decision-kept': ['决定不撤销了', WHY],
} as const

type Answers = Extract<CaseEvent, { type: keyof typeof ANSWERED }>
/** Nobody else of the organ was there. */
const aloneWords = (event: Answers) => {
  const words =
    event.type === 'advice-declined' || event.type === 'decision-kept' ? answeredAlone(event) : null
  return words === null ? '' : `${words}。`
}

const isAnswer = (event: CaseEvent): event is Answers => event.type in ANSWERED

/** The organ hears what is asked of it from above, and who asked it what came of it: of several organs, of whose decision. */
export function adviceReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { item, after } = change
  const { advice = [] } = after
  return change.events.flatMap((logged) => {
    const { event } = logged
    if (event.type !== 'revocation-advised' && !isAnswer(event)) return []
    const own = decidedBy(item, after, event.unitId)
    const last = advice.filter(({ of }) => of?.unitId === own?.unitId).at(-1)
    if (!last) return []
    const tell = toStaff(change, today, logged)
    const which = own ? `${context.unitName(own.unitId)}的“${own.name}”：` : ''
    if (event.type === 'revocation-advised') {
      const lineFor = answerLines(change, context, last)
      return membersOf(change, context, last.answerers).map((id) =>
        tell(id, ADVISED_WORDS[last.by], which + (event.nobody ? NOBODY_LINE : lineFor(id)), true),
      )
    }
    const isTakenBack = event.type === 'decision-kept' && event.unheard !== undefined
    const [title, line] = isTakenBack ? [TAKEN_BACK, WHY] : ANSWERED[event.type]
    const answer = which + aloneWords(event) + line
    return membersOf(change, context, [last.from]).map((id) => tell(id, title, answer))
  })
}
