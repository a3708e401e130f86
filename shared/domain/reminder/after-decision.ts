import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { decidedBy } from '../case/parallel/own-share'
import { restingOn } from '../case/parallel/share-decisions'
import { lacksSeat, SEAT_GONE, TAKEN_MEANWHILE } from '../case/result/booked'
import { goesOnWords, isHeldBack } from '../case/result/payout'
import { isHoldersWord, lastKept, openRevocation, speakUntil } from '../case/revocation/revocation'
import type { RevocationEvent } from '../case/revocation/revocation-events'
import { TAKEN_BACK } from '../case/revocation/unheard'
import type { StepTarget } from '../case/state'
import { dayWords } from '../kernel/day-words'
import { dayIn, type PlainDate } from '../kernel/plain-date'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { PlanContext } from './change'
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

/** Before anything is taken from them the applicant may speak, and is told until when. */
function proposed(
  told: Told,
  { calendar, today }: { readonly calendar: WorkingCalendar; readonly today: PlainDate },
  which: string | null,
  wording: WordingOf,
): ResidentMessage {
  const open = openRevocation(told.after)
  if (open?.decided === 'refused')
    return progress(
      told,
      wording('：没批的决定可能错了', '正在重新核，撤不撤都告诉你，你不用动', '正在核', '你不用动'),
    )
  const until = open && speakUntil(open, calendar)
  const by = until?.kind === 'on' ? `最晚 ${dayWords(until.on, today)} 说` : '有话就说'
  const paid = isHeldBack(told.item, told.after) ? '，定下来以前先不发钱' : ''
  const said = wording(
    '：先听你说',
    `${which ?? '原来的决定'}可能有错，准备撤销。${by}，听完再定${paid}`,
    '说说你的意见',
    by,
  )
  return message(
    told,
    { ...said, day: until?.kind === 'on' ? until.on : today },
    { page: urlOf('timeline', told), templateId: 'YX-CASE-TODO', urgent: true, quiet: false },
  )
}

/** The last day to speak, for the first time or, of a calendar that was changed, instead of another. */
function hearingDated(
  { speakUntil: until, instead }: Extract<RevocationEvent, { type: 'hearing-dated' }>,
  told: Told,
  { today }: { readonly today: PlainDate },
  wording: WordingOf,
) {
  const by = `最晚 ${dayWords(until, today)} 说`
  const line = `准备撤销的那件，有话 ${by}`
  return instead === undefined
    ? progress(told, wording('：说意见的日子定了', line, '说说你的意见', by))
    : progress(
        told,
        wording(
          '：说意见的日子改了',
          `放假安排改了，${line}，原来是 ${dayWords(instead, today)}`,
          '说说你的意见',
          by,
        ),
      )
}

/** Of what is written down at a counter the first of a day is told: it leads to the page that has them all. */
const isRecordedBefore = (
  { after }: Told,
  event: Extract<RevocationEvent, { type: 'holder-heard' }>,
): boolean =>
  event.by === 'staff' &&
  (openRevocation(after)?.heard ?? []).some(
    ({ by, at }) => by === 'staff' && at < event.at && dayIn(at) === dayIn(event.at),
  )

/** Whoever it is told to has not said it on their own phone: another spoke for them, or it was written down at a counter. */
function heard(
  event: Extract<RevocationEvent, { type: 'holder-heard' }>,
  told: Told,
  { as }: Listener,
  wording: WordingOf,
): ResidentMessage {
  const open = openRevocation(told.after)
  const isFirm = told.after.applicant?.kind === 'firm'
  if (event.by === 'filer' && !(open && isHoldersWord(open, event)))
    return progress(
      told,
      wording(
        '：帮办的人说了意见',
        as === 'filer' ? '另一个帮办的人说了意见' : '帮你办的人替你说了意见，要说的你自己也能说',
        '帮办的人说了',
      ),
      true,
    )
  if (event.by === 'owner' || event.by === 'filer')
    return progress(
      told,
      isFirm
        ? wording('：说了意见', '这家企业的另一位经办人说了意见，你也能说', '说了意见')
        : wording('：本人说了意见', '本人自己说了意见', '本人说了'),
      true,
    )
  return as === 'filer'
    ? progress(told, wording('：申请人的意见记下了', '申请人当面说的意见记下了', '意见记下了'), true)
    : progress(
        told,
        wording('：你的意见记下了', '你当面说的意见记下了，点开看看写得对不对', '意见记下了'),
        true,
      )
}

/** That nobody has spoken is no word of theirs; what stood still goes on. */
function keptWords({ item, after }: Told, which: string | null) {
  const of = lastKept(after)
  const said = (of?.heard ?? []).length > 0 ? '听了意见' : '重新核过了'
  const money = of?.decided === 'granted' ? goesOnWords(item, after) : null
  return `${said}，${which ?? '原来的决定'}照样算数${money === null ? '' : `，${money}`}`
}

/** What was revoked before anybody was heard stands again. */
function takenBackWords(
  { item, after }: Told,
  { seatsGone }: { readonly seatsGone?: true },
  which: string | null,
) {
  const money = goesOnWords(item, after)
  const gone = seatsGone ? `。${TAKEN_MEANWHILE}` : ''
  const [whose, family] = after.isDeceased ? ['申请人', '。文书交给家里人'] : ['你', '']
  return `前面的撤销没有先听${whose}说，收回了，${which ?? '原来的决定'}照样算数${money === null ? '' : `，${money}`}${gone}${family}`
}

/** Which of several organs' decisions it is, and of what; null where one organ decides the whole. */
function whichOf(
  { item, after }: Told,
  { unitId }: { readonly unitId: string },
  unitName: (unitId: string) => string,
) {
  const own = decidedBy(item, after, unitId)
  return own ? `${unitName(own.unitId)}的“${own.name}”` : null
}

/** 建筑法 第8条 */
function restingTold({ item, after }: Told, own: StepTarget) {
  const names = restingOn(item, after, own).map(({ name }) => `“${name}”`)
  return names.length === 0 ? '' : `。${names.join('、')}以它为前提，撤不撤由作决定的单位另外告诉你`
}

/** What the applicant reads of what becomes of a signed decision; undefined of what they did themselves. */
export function tellAfterDecision(
  event: RevocationEvent,
  told: Told,
  {
    listener,
    unitName,
    ...on
  }: {
    readonly calendar: WorkingCalendar
    readonly today: PlainDate
    readonly listener: Listener
  } & Pick<PlanContext, 'unitName'>,
  wording: WordingOf,
): ResidentMessage | undefined {
  switch (event.type) {
    // Between organs: nothing is taken from anybody yet.
    case 'revocation-advised':
    case 'advice-declined':
      return undefined
    case 'decision-corrected': {
      const own = decidedBy(told.item, told.after, event.unitId)
      const of = own ? `${unitName(own.unitId)}：${own.name}的决定书` : '文书'
      return progress(
        told,
        wording('：文书上的字更正了', `${of}上有写错的字，更正了，决定没有变`, '更正了', '决定没有变'),
      )
    }
    case 'revocation-proposed':
      return proposed(told, on, whichOf(told, event, unitName), wording)
    case 'hearing-dated':
      return hearingDated(event, told, on, wording)
    case 'holder-heard':
      return listener.acted || isRecordedBefore(told, event)
        ? undefined
        : heard(event, told, listener, wording)
    case 'decision-kept':
      if (event.unheard !== undefined)
        return progress(
          told,
          wording(`：${TAKEN_BACK}`, takenBackWords(told, event, whichOf(told, event, unitName)), TAKEN_BACK),
        )
      return progress(
        told,
        wording('：决定不撤销了', keptWords(told, whichOf(told, event, unitName)), '不撤销了'),
      )
    case 'decision-revoked': {
      const own = decidedBy(told.item, told.after, event.unitId)
      if (own) {
        const line = `${unitName(own.unitId)}：${own.name}撤销了。为什么、不服怎么办，点开就看到${restingTold(told, own)}`
        return progress(told, wording('有一样撤销了', line, '有一样撤销了'))
      }
      return event.decided === 'granted'
        ? ended(told, wording(OUTCOME_WORDS.revoked, '为什么、不服怎么办，点开就看到', OUTCOME_WORDS.revoked))
        : progress(
            told,
            wording(
              '重新办了',
              `没批的决定撤销了，重新作决定，${lacksSeat(told.after) ? SEAT_GONE : '你不用动'}。${promiseWords(told, on.today)}`,
              '重新办',
              dueNote(told, on.today),
            ),
          )
    }
  }
}
