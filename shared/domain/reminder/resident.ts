import { identityKeysOf } from '../application/item-answers'
import { correctionDue } from '../case/clock/clocks'
import { extendedWords } from '../case/clock/extended'
import { askedLabel } from '../case/correction/asked'
import { changeWords } from '../case/correction/brought'
import { askedBefore } from '../case/correction/notices-given'
import { asksForIdentity } from '../case/derived'
import { type CaseEvent, OBJECTED } from '../case/events'
import { type Standing, standingOf } from '../case/outcome/outcome'
import { askedWords, BY_SILENCE, EXTENDED, OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { issuingOrgan } from '../case/paper/document-kinds'
import { PARTLY_LINE } from '../case/parallel/share-decisions'
import { bookedWords, howToGetWords } from '../case/result/booked'
import { paidTold } from '../case/result/payout'
import { type Correction, openCorrection } from '../case/state'
import { CHECK_FAILED, isFailedCheck } from '../case/visit/check'
import { disownedInAWord, disownedTold, disownedWaysOf } from '../case/whose/disowned'
import { awaitedIdentityWords, isDisowned } from '../case/whose/identity'
import { dayWords } from '../kernel/day-words'
import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { tellAfterDecision } from './after-decision'
import { anewTold, brokenTold } from './broken'
import type { PlanContext } from './change'
import { clockTold, dated, moved } from './clock-messages'
import { deathTold, livesTold, lost, terminated } from './resident-ends'
import {
  cardLines,
  dueNote,
  ended,
  gone,
  type Listener,
  message,
  progress,
  promiseWords,
  type ResidentMessage,
  result,
  type Told,
  urlOf,
  type Wording,
  type WordingOf,
} from './resident-message'
import {
  grantedTold,
  ownRefusedTold,
  partlyTold,
  REFUSED_LINE,
  tellDelivered,
  tellServing,
} from './resident-service'

type Words = Pick<PlanContext, 'calendar' | 'units' | 'unitName' | 'holders'>

/** What the case goes on with, unless the identity still holds it up: then how it is shown. */
const orAwaited = (told: Told, line: string) =>
  awaitedIdentityWords(told.item, told.after, told.reader) ?? line

const withAwaited = (told: Told, line: string) => {
  const awaited = awaitedIdentityWords(told.item, told.after, told.reader)
  return awaited === null ? line : `${line}。${awaited}`
}

const transferred = (told: Told, unit: string, office: string) => {
  if (isDisowned(told.after)) return `转给${unit}了。${disownedWaysOf(told.item, told.after, office)}`
  const awaited = awaitedIdentityWords(told.item, told.after, told.reader)
  return `转给${unit}接着办${awaited === null ? '，你不用动' : `。${awaited}`}`
}

function accepted(
  told: Told,
  { at, unitId, bySilence }: Extract<CaseEvent, { type: 'accepted' }>,
  { unitName, units }: Words,
): ResidentMessage {
  const today = dayIn(at)
  const name = told.item.plainName
  // 行政许可法 第32条: a village had it for the organ; that nobody answered is no act of either.
  const done = bySilence
    ? `到期没有答复，${BY_SILENCE}`
    : `${unitName(issuingOrgan('acceptance', unitId, told.after, units))}受理了`
  return progress(told, {
    title: `${name}受理了`,
    line: withAwaited(told, `${done}，${promiseWords(told, today)}`),
    word: '已受理',
    day: today,
    note: dueNote(told, today),
  })
}

/** A check after the decision goes on to nothing. */
const verifiedLine = (told: Told) =>
  told.after.decision === null
    ? orAwaited(told, '接着往下办，你不用动')
    : '这件办好以后的核实，做完了，你不用动'

/** A village decides nothing: what it finds goes on with the case. */
const foundOtherwise = (told: Told, wording: WordingOf) =>
  progress(
    told,
    wording(
      '：村里核实，情况不符',
      orAwaited(told, '为什么，点开就看到。村里的意见交上去，批不批由作决定的单位定'),
      '情况不符',
      '村里核实，情况不符',
    ),
  )

const checkFailed = (told: Told, wording: WordingOf) =>
  progress(
    told,
    wording(`：${CHECK_FAILED}`, '作决定的单位会找你，要收回以前先听你说。为什么，点开就看到', '再查不符'),
    true,
  )

/** What silence brings: what was accepted is decided all the same. */
const silenceNote = (asked: Correction | undefined) =>
  asked?.beforeAcceptance === false ? '再不补，就按现有的材料作决定' : '再不补就办不下去了'

/** The last day to answer the open notice; undefined without one, or while it is not known. */
function answerBy({ item, after }: Told, { calendar }: Words) {
  const open = openCorrection(after)
  const due = open && correctionDue(item, after, open, calendar)
  return due?.kind === 'on' ? due.on : undefined
}

function correction(told: Told, words: Words, today: PlainDate, again: boolean): ResidentMessage {
  const open = openCorrection(told.after)
  const items = open?.items ?? []
  const asked = askedWords(items)
  const names = items.map((each) => askedLabel(told.item, each)).join('、')
  const isSecond = askedBefore(told.after, told.after.corrections.length - 1) !== null
  const until = answerBy(told, words)
  const by = until ? `最晚 ${dayWords(until, today)} 交上来` : '日期定下来再告诉你，先补起来'
  const wording = {
    title: `${told.item.plainName}${again ? '还没补' : `${isSecond ? '再次' : ''}${asked}`}`,
    line: `${isSecond ? '这次另外要补' : '要补'}${names}，补好就接着办。${by}`,
    word: asked,
    day: until ?? today,
    note: again ? silenceNote(open) : names,
  }
  return message(told, wording, {
    page: urlOf('correction', told),
    templateId: 'YX-CASE-TODO',
    urgent: true,
    quiet: false,
  })
}

/** 行政许可法 第42条: the law's date moves, and no other does; the reason is told. */
function extended(told: Told, words: Words, today: PlainDate, days: number): ResidentMessage {
  const { until, promise } = extendedWords(told.item, told.after, told.due, words.calendar, today)
  return progress(told, {
    title: told.item.plainName + EXTENDED,
    line: `多 ${days} ${told.item.statutory?.unit === 'calendar' ? '天' : '个工作日'}，${until}`,
    word: '延期了',
    day: today,
    note: until,
    more: [
      ...(promise === null ? [] : [promise]),
      told.reason ? `理由：${told.reason}` : '为什么，点开就看到',
    ],
  })
}

/** Of a confirmation only hears whoever was asked for the name or number that it answers, and did not bring it by a takeover. */
const confirmed = (told: Told, at: Instant, { acted }: Listener, wording: Wording) =>
  told.after.corrections.at(-1)?.suppliedAt === at &&
  !(acted && told.after.takenOverAt === at) &&
  asksForIdentity(told.after, identityKeysOf(told.item))
    ? progress(told, wording, true)
    : undefined

function concluded(told: Told, standing: Standing, at: Instant, wording: WordingOf): ResidentMessage {
  const { refused, concluded: done } = OUTCOME_WORDS
  const { key } = standing
  const partly = partlyTold(told)
  if (partly) return result(told, wording(`：${partly.word}`, PARTLY_LINE, partly.short))
  if (key === 'refused')
    return result(told, wording(`${refused}，办结了`, REFUSED_LINE, refused, '决定书在这里'))
  const booked = bookedWords(told.after, at)
  // A certificate is issued beside the product: what stands in it is the decision.
  const how = howToGetWords(told.item, told.after, at)
  const given = how.includes('决定书') ? how : `决定书点开就看到。${how}`
  const line = booked === null ? given : `${booked}。${given}`
  return result(told, wording(done, line, done, booked ?? '看结果，说说办得怎么样'))
}

/** Whoever comes to know of a case that others entered: what became of it, where it is decided. */
function entered(told: Told, standing: Standing, at: Instant, wording: WordingOf): ResidentMessage {
  const { concludedAt } = told.after
  const { key, word } = standing
  const more = [isFirm(told) ? '这件是替单位办事的另一位申请的' : '这件是别人帮你申请的']
  if (key === 'declined') return ended(told, { ...notAccepted(wording), more })
  if (key !== 'granted' && key !== 'refused')
    return progress(
      told,
      wording(
        isFirm(told) ? '有人替单位申请了' : '有人帮你申请了',
        isFirm(told)
          ? '点开看看写得对不对，办到哪一步都看得到'
          : '点开看看写得对不对，可以接过来自己办，也可以撤回；不是你申请的，点开说一声',
        '已申请',
      ),
      true,
    )
  if (word === CHECK_FAILED) return { ...checkFailed(told, wording), page: urlOf('result', told) }
  if (key === 'refused') return result(told, { ...wording(word, REFUSED_LINE, word), more }, true)
  if (concludedAt === null) return result(told, { ...wording(word, '还没办结，办好了再告诉你', word), more })
  const message = concluded(told, standing, at, wording)
  return { ...message, lines: [...message.lines, ...more] }
}

const notAccepted = (wording: WordingOf) =>
  wording(OUTCOME_WORDS.declined, '为什么、不服怎么办，点开就看到', OUTCOME_WORDS.declined)

const isFirm = ({ after }: Told) => after.applicant?.kind === 'firm'

/** What somebody else brought; the card is named to its owner alone. */
function brought(
  told: Told,
  event: Extract<CaseEvent, { type: 'added' | 'supplemented' | 'applicant-named' }>,
  { as }: Listener,
  wording: WordingOf,
): ResidentMessage | undefined {
  // Whoever takes a firm's case over brings the register's name with it, and is told of that.
  if (event.type === 'applicant-named' && isFirm(told) && told.after.takenOverAt !== event.at)
    return progress(told, wording('：单位名称改正了', '窗口对着营业执照核过，改成了登记的名称', '名称改正了'))
  if (event.type === 'applicant-named') {
    if (!event.isReceipt || as !== 'filer') return undefined
    const day = dayIn(event.at)
    // What was accepted before has only stood still.
    const known = `身份核过了${told.after.accepted === null ? `，从 ${dayWords(day, day)} 起算` : ''}`
    return progress(told, wording('接着办', `写上了是谁申请的，${known}`, '接着办', known))
  }
  const words = event.change ? changeWords(told.item, event.change) : ''
  const more = as === 'owner' ? cardLines(told) : []
  const worded =
    event.type === 'added'
      ? wording('又交了材料', words || '点开看看交了什么', '交了材料')
      : wording('补了材料', '补好了，接着办', '补了材料')
  const lines = event.type === 'added' || words === '' ? more : [words, ...more]
  return progress(told, { ...worded, more: lines }, true)
}

/** Whoever had it is rid of it; who may act for the firm too still may. */
const takenOver = (told: Told, { as }: Listener, wording: WordingOf) =>
  as === 'filer'
    ? gone(told, wording('由本人接着办', '是谁的事就由谁接着办，你不用再管', '本人接办'))
    : progress(
        told,
        wording('有人接着办了', '这家企业的另一位经办人接过去办，你还能看、能补', '接着办了'),
        true,
      )

/** What the applicant reads of an event; undefined where it does not concern them. Plain words, the result first. */
export function tellResident(
  event: CaseEvent,
  told: Told,
  words: Words,
  listener: Listener = { as: 'filer', acted: false },
): ResidentMessage | undefined {
  const today = dayIn(event.at)
  const name = told.item.plainName
  const wording = (title: string, line: string, word: string, note = line) => ({
    title: name + title,
    line,
    word,
    day: today,
    note,
  })
  const standing = () => standingOf(told.item, told.after, { calendar: words.calendar, documents: [] })
  const enteredForYou = () => entered(told, standing(), event.at, wording)
  if (listener.as === 'former-owner') return lost(told, event, wording, listener, words.unitName)
  if (isFailedCheck(told.item, event)) return checkFailed(told, wording)
  switch (event.type) {
    case 'filed':
      if (listener.as !== 'filer') return enteredForYou()
      return progress(
        told,
        wording('收到了', orAwaited(told, '接下来交给我们，办到哪一步都告诉你'), '收到了'),
        true,
      )
    case 'supplemented':
    case 'added':
    case 'applicant-named':
      // Who brought it knows.
      if (listener.acted) return undefined
      return listener.as === 'new-owner' ? enteredForYou() : brought(told, event, listener, wording)
    case 'disowned':
      return progress(
        told,
        wording(
          `：${disownedTold(told.after)}`,
          disownedWaysOf(told.item, told.after, words.unitName(told.item.departmentId)),
          disownedInAWord(told.after),
          disownedTold(told.after),
        ),
      )
    case 'taken-over':
      return listener.acted ? undefined : takenOver(told, listener, wording)
    case 'dates-filled':
      return dated(event, told, { today, answerBy: answerBy(told, words) }, wording)
    case 'dates-moved':
      return moved(event, told, { today, answerBy: answerBy(told, words) }, wording)
    case 'verified':
      return event.outcome === 'failed'
        ? foundOtherwise(told, wording)
        : progress(told, wording('村里看过了', verifiedLine(told), '村里看过'), true)
    case 'transferred':
      return progress(
        told,
        wording(
          '换了地方办',
          transferred(told, words.unitName(event.toUnitId), words.unitName(told.item.departmentId)),
          '已转办',
        ),
        true,
      )
    case 'identity-confirmed':
      return confirmed(
        told,
        event.at,
        listener,
        wording('不用再补', '身份核过了，要补的算补好了，接着办', '不用补了'),
      )
    case 'accepted':
      return accepted(told, event, words)
    case 'examined':
      return ownRefusedTold(told, event, words.unitName, wording)
    case 'notice-published':
      return progress(told, wording('开始公示', '公示期满没有异议，就接着办', '公示中'))
    case 'objection-recorded':
      return progress(told, wording('公示收到异议', OBJECTED, '有异议', '有人提了异议，重新核实'))
    case 'limit-extended':
      return extended(told, words, today, event.days)
    case 'promise-broken':
      return brokenTold(event, told, words, today, wording)
    case 'promised-anew':
      return anewTold(event, told, today, wording)
    case 'clock-suspended':
    case 'clock-resumed':
      return clockTold(event, told, { ...words, today }, wording)
    case 'rectification-required': {
      const recheck = `${dayWords(event.recheckOn, today)} 再来看`
      return message(
        told,
        { ...wording('要整改', `按要求改好，${recheck}`, '按要求整改', recheck), day: event.recheckOn },
        { page: urlOf('timeline', told), templateId: 'YX-CASE-TODO', urgent: true, quiet: false },
      )
    }
    case 'correction-lapsed':
      return progress(told, wording('接着办了', '没等到要补的，按现有材料接着办', '接着办'))
    case 'payment-recorded':
      return progress(told, wording('的钱发了', paidTold(told, dayWords(event.paidOn, today)), '已发放'))
    case 'granted':
      return grantedTold(told, event, wording)
    case 'delivered':
      return tellDelivered(told, standing(), wording, event)
    case 'posted':
    case 'post-returned':
    case 'announced':
    case 'served':
      return tellServing(event, told, today, wording)
    case 'concluded':
      return concluded(told, standing(), event.at, wording)
    case 'correction-requested':
      return correction(told, words, today, false)
    case 'correction-reminded':
      return correction(told, words, today, true)
    case 'refused':
      return result(told, wording(OUTCOME_WORDS.refused, REFUSED_LINE, OUTCOME_WORDS.refused), true)
    case 'declined':
      return ended(told, notAccepted(wording))
    case 'withdrawn':
      return progress(
        told,
        wording(OUTCOME_WORDS.withdrawn, '这件不办了，要办可以再申请', OUTCOME_WORDS.withdrawn),
        true,
      )
    case 'terminated':
      return terminated(told, wording, listener, event.cause)
    case 'applicant-death-recorded':
      return deathTold(told, wording, listener)
    case 'death-record-withdrawn':
      return livesTold(told, wording, listener, { today, calendar: words.calendar })
    case 'revocation-advised':
    case 'advice-declined':
    case 'decision-corrected':
    case 'revocation-proposed':
    case 'hearing-dated':
    case 'holder-heard':
    case 'decision-kept':
    case 'decision-revoked':
      return tellAfterDecision(event, told, { ...words, today, listener }, wording)
    default:
      return undefined
  }
}
