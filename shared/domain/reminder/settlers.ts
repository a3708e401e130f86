import { decidedBy } from '../case/parallel/own-share'
import { ADVISED_WORDS, openAdvices, openRevocation } from '../case/revocation/revocation'
import type { Advice } from '../case/revocation/revocation-state'
import { unheardOf } from '../case/revocation/unheard'
import type { PlainDate } from '../kernel/plain-date'
import { organName } from '../organization/registry'
import {
  answerLines,
  decidersLine,
  findersOf,
  handlersOf,
  toStaff,
  UNHEARD_LINE,
  UNHEARD_TITLE,
} from './after-decision-staff'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'

type Logged = ReminderChange['events'][number]

const NOBODY_TITLE = '没有人能定，要安排人'
const TO_BE_FOUND = '给它安排一个能审批或者审核的人，就能接着办'

/** Of one of several organs its own, of the whole what is asked of the whole. */
const adviceOn = ({ after }: ReminderChange, of: string | undefined, among: readonly Advice[]) =>
  (after.advice ?? []).filter((each) => among.includes(each) && each.of?.unitId === of)

/** What stands still, for whoever finds somebody. */
function standsStill(settles: 'revocation' | 'unheard' | 'advice', asked: Advice | undefined, organ: string) {
  if (settles === 'unheard') return `没听申请人说就撤销的决定，${organ}没有人能收回。${TO_BE_FOUND}`
  if (asked?.by === 'government')
    return `${ADVISED_WORDS.government}，${organ}没有第二个人：一个人提，要另一个人定。${TO_BE_FOUND}`
  return asked
    ? `${ADVISED_WORDS.supervisor}，${organ}没有人能答复。${TO_BE_FOUND}`
    : `拟撤销的决定，${organ}没有人能定撤不撤。${TO_BE_FOUND}`
}

/** What is proposed now is what they had asked for. */
const isTakenUp =
  (after: ReminderChange['after']) =>
  ({ answeredAt }: Advice) =>
    answeredAt !== null && answeredAt === openRevocation(after)?.proposedAt

/** The administrator and the organ's liaison hear that somebody is to be found, and who is above that it waits for that. */
function toldOfNobody(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
  logged: Logged & { readonly event: { readonly unitId: string } },
  settles: 'revocation' | 'unheard' | 'advice',
): PlannedReminder[] {
  const { after, item } = change
  const { unitId } = logged.event
  const of = decidedBy(item, after, unitId)?.unitId
  const asked = settles === 'advice' ? adviceOn(change, of, openAdvices(after))[0] : undefined
  const waits = { revocation: openRevocation(after), unheard: unheardOf(after)[0], advice: asked }[settles]
  // What was settled in the same move waits for nobody any more.
  if (!waits) return []
  const above = asked ? [asked] : adviceOn(change, of, after.advice ?? []).filter(isTakenUp(after))
  const organ = organName(context, unitId)
  const tell = toStaff(change, today, logged)
  const kind = 'settlers-missing' as const
  const finders = findersOf(after, context, unitId).map((id) => ({
    ...tell(id, NOBODY_TITLE, standsStill(settles, asked, organ), true),
    kind,
    // Whoever finds somebody need not see the case.
    page: 'staff/case/queue',
  }))
  const told = new Set(finders.map(({ recipient }) => recipient))
  const toBeFound = `${organ}没有人能定，已经请管理员安排一个人，安排了就接着办`
  return [
    ...finders,
    ...handlersOf(
      after,
      context,
      above.map(({ from }) => from),
    )
      .map((id) => ({ ...tell(id, '机关没有人能定', toBeFound), kind }))
      .filter(({ recipient }) => !told.has(recipient)),
  ]
}

/** Who has what waits from now on hears of it: who came beside those who had it, or all of them where nobody could do it before. */
function toldOfWork(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
  logged: Logged & { readonly event: { readonly type: 'settlers-changed' } },
): PlannedReminder[] {
  const { after, item } = change
  const { event } = logged
  const own = decidedBy(item, after, event.unitId)
  const tell = toStaff(change, today, logged)
  const which = own ? `${context.unitName(own.unitId)}的“${own.name}”：` : ''
  if (event.settles === 'unheard') {
    const unheard = unheardOf(after).find(({ of }) => of?.unitId === own?.unitId)
    const pools = event.added.length > 0 ? event.added : (unheard?.deciders ?? [])
    return handlersOf(after, context, pools).map((id) => tell(id, UNHEARD_TITLE, which + UNHEARD_LINE, true))
  }
  if (event.settles === 'revocation') {
    const open = openRevocation(after)
    if (!open) return []
    const pools = event.added.length > 0 ? event.added : open.deciders
    const line = which + decidersLine(open, context.calendar, today)
    return handlersOf(after, context, pools)
      .filter((id) => id !== open.proposedBy)
      .map((id) => tell(id, '拟撤销，请你定', line, true))
  }
  const [asked] = adviceOn(change, own?.unitId, openAdvices(after)).sort(
    (left, right) => Number(right.by === 'government') - Number(left.by === 'government'),
  )
  if (!asked) return []
  const pools = event.added.length > 0 ? event.added : asked.answerers
  const lineFor = answerLines(change, context, asked)
  return handlersOf(after, context, pools).map((id) =>
    tell(id, ADVISED_WORDS[asked.by], which + lineFor(id), true),
  )
}

/** What waits after a decision comes to others, or to nobody: somebody hears of it each time. */
export const settlersReminders = (
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] =>
  change.events.flatMap(({ id, event }) => {
    if (event.type === 'revocation-advised')
      return event.nobody ? toldOfNobody(change, context, today, { id, event }, 'advice') : []
    if (event.type !== 'settlers-changed') return []
    return event.nobody
      ? toldOfNobody(change, context, today, { id, event }, event.settles)
      : toldOfWork(change, context, today, { id, event })
  })
