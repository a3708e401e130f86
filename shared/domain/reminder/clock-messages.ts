import { newDayToldBy } from '../case/clock/broken-promise'
import { dueOfCase } from '../case/clock/clocks'
import { extendedWords } from '../case/clock/extended'
import { lawTold } from '../case/clock/moved-dates'
import { movesShownDay, shownDay } from '../case/clock/shown-day'
import type { CaseEvent } from '../case/events'
import { lawStops, withoutStop } from '../case/evolve-suspension'
import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { ownDecision } from '../case/parallel/share-decisions'
import { bookingsOf } from '../case/result/booked'
import { isPartAlone } from '../case/route'
import { suspensionWords } from '../case/step/special-procedures'
import { disownedTold } from '../case/whose/disowned'
import { isDisowned } from '../case/whose/identity'
import { dayWords } from '../kernel/day-words'
import { addDays, dayIn, type PlainDate } from '../kernel/plain-date'
import { promisedDeed } from '../time-limit/promised-deed'
import type { PlanContext } from './change'
import { dueNote, progress, promiseWords, type Told, type WordingOf } from './resident-message'

interface Days extends Pick<PlanContext, 'calendar' | 'unitName'> {
  readonly today: PlainDate
}

/** 行政许可法 第45条: which procedure, and how long it takes; why is read with the case. What stops an opinion alone is not told. */
export function clockTold(
  event: Extract<CaseEvent, { type: 'clock-suspended' | 'clock-resumed' }>,
  told: Told,
  days: Days,
  wording: WordingOf,
) {
  if (isPartAlone(told.item, event)) return ownStopTold(event, told, days, wording)
  const { today } = days
  if (event.type === 'clock-resumed' && isDisowned(told.after))
    return progress(
      told,
      wording('特别程序做完了', `特别程序做完了，${disownedTold(told.after)}，还是不计时`, '不计时'),
    )
  // A step that stops the promise by itself may still stand before the end.
  if (event.type === 'clock-resumed' && told.due.kind !== 'on')
    return progress(told, {
      ...wording('特别程序做完了', `特别程序做完了，接着办。${promiseWords(told, today)}`, '接着办'),
      more: goesOnUntil(event, today),
    })
  if (event.type === 'clock-resumed')
    return progress(told, {
      ...wording(
        '接着计时',
        `特别程序做完了，${promiseWords(told, today)}`,
        '接着计时',
        dueNote(told, today),
      ),
      more: [...goesOnUntil(event, today), ...newDayTold(told, days)],
    })
  const words = suspensionWords(event)
  return progress(
    told,
    wording(OUTCOME_WORDS.suspended, `${words}。为什么，点开就看到`, OUTCOME_WORDS.suspended, words),
  )
}

/** Whoever knows of the law's day reads that it is another one now. */
const goesOnUntil = ({ lawOn }: Extract<CaseEvent, { type: 'clock-resumed' }>, today: PlainDate) =>
  lawOn === undefined ? [] : [`法定期限接着算，最晚可以办到 ${dayWords(lawOn, today)}`]

/** While it stood still nobody could name a day in place of the broken one: by when one is named now. */
function newDayTold({ item, after }: Told, { today, calendar }: Days) {
  const by = newDayToldBy(item, after, calendar)
  const deed = promisedDeed(bookingsOf(after).length > 0)
  return by === null || by < today ? [] : [`${dayWords(by, today)} 告诉你哪天能${deed}`]
}

/** One of several organs that decides its own part stops its own days, and the law's with them. */
function ownStopTold(
  event: Extract<CaseEvent, { type: 'clock-suspended' | 'clock-resumed' }>,
  told: Told,
  days: Days,
  wording: WordingOf,
) {
  const part = ownDecision(told.item, event)?.name
  if (part === undefined) return undefined
  const named = `${days.unitName(event.unitId)}：${part}`
  if (event.type === 'clock-resumed') return lawGoesOnTold(event, told, named, days, wording)
  const { today } = days
  const until = dayWords(addDays(dayIn(event.at), event.expectedDays), today)
  const line = `${named}${suspensionWords(event)}，到 ${until}，${wholeWords(event, told, days)}。为什么，点开就看到`
  return progress(told, wording('有一样暂停', line, '有一样暂停', `暂停到 ${until}：${part}`))
}

function wholeWords(
  event: Extract<CaseEvent, { type: 'clock-suspended' }>,
  { item, after, due }: Told,
  { today, calendar }: Days,
) {
  if (!event.stopsLaw) return '总的期限照走'
  const shown = shownDay(due)
  if (!movesShownDay(item, after, event, calendar)) return '法定期限这些天不算，承诺的日子不因此改'
  return shown === null
    ? '法定期限这些天不算，最晚到哪天，接着办了再告诉你'
    : `法定期限这些天不算，先按承诺的 ${dayWords(shown, today)}，接着办了要是更早，再告诉你`
}

/** That the law goes on is told where another day is shown by it, or its day was to be told: it was prolonged while it stood still. */
function lawGoesOnTold(
  { lawOn }: Extract<CaseEvent, { type: 'clock-resumed' }>,
  told: Told,
  named: string,
  { today, calendar }: Days,
  wording: WordingOf,
) {
  const { item, before, after, due } = told
  if (lawOn === undefined || !before) return undefined
  const isMoved = shownDay(dueOfCase(item, before, calendar)) !== shownDay(due)
  const going = lawStops(before).reduce(withoutStop, before)
  const known = lawTold(item, going, calendar)
  if (!isMoved && before.extension?.undated === undefined && (known === null || known === lawOn))
    return undefined
  const { until, promise } = extendedWords(item, after, due, calendar, today)
  const counts = due.kind === 'on' && due.clock === 'statutory' ? '比承诺的早，按这一天办' : promise
  return progress(told, {
    ...wording('：法定期限接着算', `${named}接着办，法定期限也接着算，${until}`, '接着计时', until),
    more: counts === null ? [] : [counts],
  })
}

/** What was told before stands no more: until when it is done, or `answerBy`, until when the open notice is answered. */
export function moved(
  { year, sharesOnly, lawOn }: Extract<CaseEvent, { type: 'dates-moved' }>,
  told: Told,
  { today, answerBy }: { readonly today: PlainDate; readonly answerBy: PlainDate | undefined },
  wording: WordingOf,
) {
  if (sharesOnly) return undefined
  const why = `因为 ${year} 年的放假安排改了`
  const prolonged = lawOn === undefined ? null : extensionDated(told, lawOn, today, '改了')
  const said = (line: string, note: string, more: readonly string[]) =>
    progress(told, { ...wording('日期改了', `${why}，${line}`, '日期改了', note), more })
  if (answerBy)
    return said(`要补的 最晚 ${dayWords(answerBy, today)} 交上来`, why, prolonged ? [prolonged.line] : [])
  if (prolonged) return said(prolonged.line, prolonged.note, prolonged.more)
  return told.due.kind === 'on' ? said(promiseWords(told, today), dueNote(told, today), []) : undefined
}

/**
 * What was waited for: until when it is done, or `answerBy`, until when the open notice is answered; and until when the law's limit
 * was prolonged.
 */
export function dated(
  { year, sharesOnly, lawOn }: Extract<CaseEvent, { type: 'dates-filled' }>,
  told: Told,
  { today, answerBy }: { readonly today: PlainDate; readonly answerBy: PlainDate | undefined },
  wording: WordingOf,
) {
  if (sharesOnly) return undefined
  const why = `因为 ${year} 年的放假安排公布了`
  const prolonged = lawOn === undefined ? null : extensionDated(told, lawOn, today, '定下来了')
  const said = (line: string, note: string, more: readonly string[]) =>
    progress(told, { ...wording('日期定了', `${why}，${line}`, '日期定了', note), more })
  if (answerBy)
    return said(`要补的 最晚 ${dayWords(answerBy, today)} 交上来`, why, prolonged ? [prolonged.line] : [])
  if (prolonged) return said(prolonged.line, prolonged.note, prolonged.more)
  return told.due.kind === 'on' ? said(promiseWords(told, today), dueNote(told, today), []) : undefined
}

/** The notice of it had no day yet. Where the promise runs, its day is told with it, for that is the one which counts. */
function extensionDated({ due, after }: Told, lawOn: PlainDate, today: PlainDate, what: '定下来了' | '改了') {
  const note = `最晚可以办到 ${dayWords(lawOn, today)}`
  const line = after.extension ? `延期的${what}，${note}` : `法定最晚 ${dayWords(lawOn, today)}`
  if (due.kind !== 'on' || due.clock !== 'promised') return { line, note, more: [] }
  const counts = due.on < today ? ' 已经过了' : '，照它办'
  return { line, note, more: [`承诺的 ${dayWords(due.on, today)}${counts}`] }
}
