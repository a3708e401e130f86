import type { Pool } from '../case/context'
import type { CaseEvent } from '../case/events'
import { OUTCOME_WORDS } from '../case/outcome-words'
import { isHeldBack } from '../case/payout'
import { ADVISED_WORDS, hasSaidAll, openRevocation, speakUntil } from '../case/revocation'
import type { RevocationEvent } from '../case/revocation-events'
import type { Adviser, Revocation } from '../case/revocation-state'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import {
  dueNote,
  ended,
  type Listener,
  message,
  progress,
  promiseWords,
  type ResidentMessage,
  type Told,
  urlOf,
  type WordingOf,
} from './resident-message'
import { cardOf, pageOf } from './staff-task'

/** Before anything is taken from them the applicant may speak, and is told until when. */
function proposed(
  told: Told,
  { calendar, today }: { readonly calendar: WorkingCalendar; readonly today: PlainDate },
  wording: WordingOf,
): ResidentMessage {
  const open = openRevocation(told.after)
  if (open?.decided === 'refused')
    return progress(
      told,
      wording('：没批的决定可能错了', '正在重新核，撤不撤都告诉你，你不用动', '正在核', '你不用动'),
    )
  const until = open && speakUntil(open, calendar)
  const by = until?.kind === 'on' ? `${dayWords(until.on, today)} 前说` : '有话就说'
  const paid = isHeldBack(told.item, told.after) ? '，定下来以前先不发钱' : ''
  const said = wording(
    '：先听你说',
    `原来的决定可能有错，准备撤销。${by}，听完再定${paid}`,
    '说说你的意见',
    by,
  )
  return message(
    told,
    { ...said, day: until?.kind === 'on' ? until.on : today },
    { page: urlOf('timeline', told), templateId: 'YX-CASE-TODO', urgent: true, quiet: false },
  )
}

/** What the applicant reads of what becomes of a signed decision; undefined of what they did themselves. */
export function tellAfterDecision(
  event: RevocationEvent,
  told: Told,
  {
    acted,
    ...on
  }: { readonly calendar: WorkingCalendar; readonly today: PlainDate } & Pick<Listener, 'acted'>,
  wording: WordingOf,
): ResidentMessage | undefined {
  switch (event.type) {
    // Between organs: nothing is taken from anybody yet.
    case 'revocation-advised':
    case 'advice-declined':
      return undefined
    case 'decision-corrected':
      return progress(
        told,
        wording('：文书上的字更正了', '文书上有写错的字，更正了，决定没有变', '更正了', '决定没有变'),
      )
    case 'revocation-proposed':
      return proposed(told, on, wording)
    case 'hearing-dated': {
      const by = `${dayWords(event.speakUntil, on.today)} 前说`
      return progress(told, wording('：说意见的日子定了', `准备撤销的那件，有话 ${by}`, '说说你的意见', by))
    }
    case 'holder-heard':
      return acted
        ? undefined
        : progress(
            told,
            wording('：你的意见记下了', '你的意见记下了，点开看看写得对不对', '意见记下了'),
            true,
          )
    case 'decision-kept':
      return progress(told, wording('：决定不撤销了', '听了意见，原来的决定照样算数', '不撤销了'))
    case 'decision-revoked':
      return event.decided === 'granted'
        ? ended(told, wording(OUTCOME_WORDS.revoked, '为什么、不服怎么办，点开就看到', OUTCOME_WORDS.revoked))
        : progress(
            told,
            wording(
              '重新办了',
              `没批的决定撤销了，重新作决定，你不用动。${promiseWords(told, on.today)}`,
              '重新办',
              dueNote(told, on.today),
            ),
          )
  }
}

const TOLD_DECIDERS = {
  'revocation-proposed': '拟撤销，请你定',
  'holder-heard': '申请人说了意见',
} as const

/** Nobody else says when the days to speak are over. */
function decidersLine(open: Revocation, calendar: WorkingCalendar, today: PlainDate) {
  if (open.decided === 'refused') return '原来没批的可能错了，撤不撤现在就能定'
  if (hasSaidAll(open)) return '申请人说完了，可以定撤不撤了'
  const until = speakUntil(open, calendar)
  if (until.kind === 'unserved') return '告知书要先送到申请人手里，从那天数陈述、申辩的日子'
  if (until.kind !== 'on') return '先听申请人陈述、申辩，他在手机上说已经说完了，就能定撤不撤'
  return until.on < today
    ? '陈述、申辩的日子过了，可以定撤不撤了'
    : `先听申请人陈述、申辩。过了 ${dayWords(until.on, today)}，或者他说已经说完了，就能定撤不撤`
}

/** Who holds these pools and may handle the case, but for who does it. */
function membersOf({ actor, after }: ReminderChange, { holders }: PlanContext, pools: readonly Pool[]) {
  const ids = pools.flatMap(({ role, unitId }) => holders(role, unitId).map(({ id }) => id))
  return [...new Set(ids)].filter((id) => id !== actor.staffId && !after.relatives.includes(id))
}

const toStaff =
  (change: ReminderChange, today: PlainDate, { id: eventId, event }: ReminderChange['events'][number]) =>
  (staffId: string, title: string, line: string, urgent = false): PlannedReminder => ({
    kind: event.type,
    urgent,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${change.item.plainName}：${title}`,
    lines: [line, `办件编号 ${change.caseNumber}`],
    page: pageOf(change),
    data: cardOf(change, { stepKey: change.after.decision?.stepKey ?? '', dueOn: null }, today, title),
    eventId,
    recipient: `staff:${staffId}`,
  })

/** Whose it is to revoke or keep a decision hears that it is proposed, and that the applicant has spoken. */
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
    if (event.type !== 'revocation-proposed' && event.type !== 'holder-heard') return []
    const tell = toStaff(change, today, logged)
    return told.map((id) => tell(id, TOLD_DECIDERS[event.type], line, event.type === 'holder-heard'))
  })
}

const ANSWER_LINES = {
  supervisor: '发拟撤销告知书，或者写明为什么不撤销',
  government: '发拟撤销告知书，听了申请人说再定',
} as const satisfies Record<Adviser, string>

const ANSWERED = {
  'advice-declined': ['机关不撤销', '为什么，点开就看到'],
  'revocation-proposed': ['机关拟撤销', '已经告知申请人，听了他说再定'],
  'decision-revoked': ['决定撤销了', '撤销决定书发出去了'],
  'decision-kept': ['决定不撤销了', '为什么，点开就看到'],
} as const

const isAnswer = (type: CaseEvent['type']): type is keyof typeof ANSWERED => type in ANSWERED

/** The organ hears what is asked of it from above, and who asked it what came of it. */
export function adviceReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const last = change.after.advice?.at(-1)
  if (!last) return []
  return change.events.flatMap((logged) => {
    const { type } = logged.event
    const tell = toStaff(change, today, logged)
    if (type === 'revocation-advised')
      return membersOf(change, context, last.answerers).map((id) =>
        tell(id, ADVISED_WORDS[last.by], ANSWER_LINES[last.by], true),
      )
    if (!isAnswer(type)) return []
    const [title, line] = ANSWERED[type]
    return membersOf(change, context, [last.from]).map((id) => tell(id, title, line))
  })
}
