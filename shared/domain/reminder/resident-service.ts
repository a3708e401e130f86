import { isAgainst } from '../case/delivery/against'
import type { DeliveryEvent } from '../case/delivery/delivery-events'
import { CARRIERS } from '../case/delivery/delivery-state'
import { announcedUntil } from '../case/delivery/served-without-them'
import { goesToFamily } from '../case/delivery/to-family'
import type { CaseEvent } from '../case/events'
import type { Standing } from '../case/outcome/outcome'
import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { PAPER_WORDS } from '../case/paper/service-words'
import { ownDecision, PARTLY, PARTLY_LINE, partlyWords, tallyOf } from '../case/parallel/share-decisions'
import { bookedWords } from '../case/result/booked'
import { isPaying, toPayTold } from '../case/result/payout'
import { isServedLate, openRevocation } from '../case/revocation/revocation'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import { progress, type ResidentMessage, result, type Told, type WordingOf } from './resident-message'

export const REFUSED_LINE = '理由和不服怎么办都写在决定书里'

/** Of several organs some have refused their own part: in a title, and where there is room for little. */
export function partlyTold({ item, after }: Told) {
  const partly = tallyOf(item, after)
  return partly && { word: partlyWords(partly), short: PARTLY }
}

export function grantedTold(told: Told, { at }: Extract<CaseEvent, { type: 'granted' }>, wording: WordingOf) {
  const partly = partlyTold(told)
  if (partly) return progress(told, wording(`：${partly.word}`, PARTLY_LINE, partly.short))
  const next = [bookedWords(told.after, at), toPayTold(told)].filter(Boolean).join('，')
  return progress(told, wording(OUTCOME_WORDS.granted, next, OUTCOME_WORDS.granted))
}

/** ADR 0100: one of several organs has refused its own part; the paper and what to do about it can be read at once. */
export function ownRefusedTold(
  told: Told,
  event: Extract<CaseEvent, { type: 'examined' }>,
  unitName: (unitId: string) => string,
  wording: WordingOf,
) {
  const part = ownDecision(told.item, event)?.name
  if (event.isDecision !== true || event.outcome !== 'failed' || part === undefined) return undefined
  const line = `${unitName(event.unitId)}：${part}${OUTCOME_WORDS.refused}。为什么、不同意怎么办，点开就看到`
  return progress(told, wording('有一样没批', line, PARTLY, `${part}${OUTCOME_WORDS.refused}`))
}

/** What was put into the post is not there yet: the days for 复议 count from its receipt. */
export function tellDelivered(
  told: Told,
  { key }: Standing,
  wording: WordingOf,
  { method, servedOn }: Extract<CaseEvent, { type: 'delivered' }>,
) {
  if (goesToFamily(told.after, 'result')) return givenToFamily(told, key === 'refused', method, wording)
  const isPosted = method === 'post' && servedOn == null
  const how = isPosted ? '寄出了' : '送到了'
  const limits = isPosted ? '，不服的期限从收到那天算' : ''
  const refused = wording(`决定书${how}`, `${OUTCOME_WORDS.refused}，${REFUSED_LINE}${limits}`, how)
  if (key === 'refused') return result(told, refused)
  const partly = partlyTold(told)
  if (partly) return result(told, wording(`决定书${how}`, `${partly.word}。${PARTLY_LINE}${limits}`, how))
  const where = isPosted ? '结果寄到家，收到了看一看' : '结果已经给你，看一看'
  return result(told, wording(isPosted ? `结果${how}` : how, `${OUTCOME_WORDS.concluded}，${where}`, how))
}

/** Who reads it had filed it for them. */
function givenToFamily(
  told: Told,
  isRefused: boolean,
  method: Extract<CaseEvent, { type: 'delivered' }>['method'],
  wording: WordingOf,
) {
  const what = isRefused ? '决定书' : '结果'
  const how = method === 'announced' ? '公告满了，算送到了' : '交给家里人了'
  const line = `${what}${how}${isRefused ? `。${REFUSED_LINE}` : ''}`
  return result(told, wording(`：${what}${how}`, line, '送到了'))
}

type Serving = Extract<DeliveryEvent, { type: 'posted' | 'post-returned' | 'announced' | 'served' }>

/** What runs from the day on which they had it: of a grant in full nothing does, but where there is an amount to object to. */
function runsFrom(
  { item, after }: Told,
  { of, speakUntil: dated }: Extract<Serving, { type: 'served' }>,
  on: string,
  today: PlainDate,
) {
  if (of === 'revocation-withdrawn') return `${on} 收到，原来的决定照样算数`
  if (of !== 'revocation-notice')
    return isAgainst(after, of) || isPaying(item) ? `不服的期限从 ${on} 算起` : `${on} 收到`
  const open = openRevocation(after)
  const until = dated ?? (open && isServedLate(open) ? undefined : open?.speakUntil)
  if (until !== undefined) return `${on} 收到，有话 最晚 ${dayWords(until, today)} 说`
  return open === undefined ? `${on} 收到` : `有话先说，从 ${on} 起 ${open.speakDays} 个工作日`
}

/** Where a paper is: on its way with its number, back again, or theirs. The number itself stands in the case. */
export function tellServing(
  event: Serving,
  told: Told,
  today: PlainDate,
  wording: WordingOf,
): ResidentMessage {
  const name = event.of === 'result' ? '结果' : PAPER_WORDS[event.of]
  const isForFamily = goesToFamily(told.after, event.of)
  switch (event.type) {
    case 'posted':
      return progress(
        told,
        wording(
          `：${name}寄出了`,
          `${CARRIERS[event.carrier]}寄的，单号点开能看到，签收那天算送达`,
          '寄出了',
        ),
      )
    case 'post-returned':
      return progress(
        told,
        wording(
          `：${name}退回来了`,
          isForFamily
            ? '没送到，不算送达。请家里人到窗口来拿'
            : '没送到，不算送达。点开核对地址，或者改成自己来拿',
          '退回来了',
          isForFamily ? '请家里人来窗口拿' : '核对地址',
        ),
      )
    case 'announced': {
      const until = dayWords(announcedUntil(event), today)
      return progress(
        told,
        wording(
          `：${name}公告了`,
          `没送到${isForFamily ? '家里人' : '你'}手里，公告到 ${until}，满了就算送达。来窗口能拿`,
          '公告了',
          '来窗口拿',
        ),
      )
    }
    case 'served':
      return progress(
        told,
        wording(`：${name}送到了`, runsFrom(told, event, dayWords(event.on, today), today), '送到了'),
      )
  }
}
