import type { ServiceItem } from '../../service-item/item'
import type { Applicant, CaseState } from '../state'
import { isDisowned, isUnnamed } from './identity'

type Kind = Applicant['kind']
type OfApplicant = Pick<CaseState, 'applicant'>

const kindOf = ({ applicant }: OfApplicant): Kind => applicant?.kind ?? 'person'

/** For staff: the number is somebody's who has not applied. */
export const DISOWNED = { person: '本人说不是自己申请的', firm: '这家企业说不是自己申请的' } as const

/** Of this case. */
export const disownedWords = (state: OfApplicant) => DISOWNED[kindOf(state)]

/** Who said so, for residents, and for all once the case names somebody else. */
const DISOWNER = { person: '号码的主人', firm: '这家企业' } as const
export const disowner = (state: OfApplicant) => DISOWNER[kindOf(state)]
export const FORMER_DISOWNER = '原来那个号码的主人'

const SAID_NO = '说不是自己申请的'
const TOLD = { person: `${DISOWNER.person}${SAID_NO}`, firm: DISOWNED.firm } as const

/** For residents: whoever filed it takes 本人 for themselves. */
export const disownedTold = (state: OfApplicant) => TOLD[kindOf(state)]

/** In the history of a case that names somebody else since. */
export const FORMERLY_TOLD = `${FORMER_DISOWNER}${SAID_NO}`

/** Why it is refused. */
export const DISOWNED_REASON = { person: '号码的主人说没有申请', firm: '这家企业说没有申请' } as const

/** What staff are told at length: nobody applied, and who wrote what stands there. */
export const NOBODY_APPLIED = {
  person: '号码的主人没有申请，姓名、号码是别人写的',
  firm: '这家企业没有申请，名称、信用代码是别人写的',
} as const
export const nobodyApplied = (state: OfApplicant) => NOBODY_APPLIED[kindOf(state)]

/** A joint case: no department does. */
export const ENDED_BY_ACCEPTING = '由受理的单位终止'

/** For staff who typed it themselves. */
const TYPED_BY_YOU = {
  person: '你代填的，号码的主人说没有申请。号写错了的，按对的再填一件',
  firm: '你代填的，这家企业说没有申请。信用代码写错了的，按对的再填一件',
} as const
export const typedByYou = (state: OfApplicant) => TYPED_BY_YOU[kindOf(state)]

/** On a card, for residents. */
const IN_A_WORD = { person: '对方不认', firm: '企业不认' } as const
export const disownedInAWord = (state: OfApplicant) => IN_A_WORD[kindOf(state)]

/** To whom a decision is addressed that was made when nobody applied any more. */
export const WHOEVER_FILED = '提交申请的人'

export const isDecidedForNobody = (state: Pick<CaseState, 'applicant' | 'decision' | 'disownments'>) => {
  const [last] = state.disownments.slice(-1)
  return isDisowned(state) && state.decision !== null && last !== undefined && last.at <= state.decision.at
}

const TYPED = { person: '写的证件号是别人的', firm: '写的信用代码是别家的' } as const
const ANEW = '号写错了的，按对的再申请'

/** `isOpen`: it is neither decided nor ended, and can be taken back. */
interface Way extends OfApplicant {
  readonly isOpen: boolean
}

/**
 * How whoever filed it goes on: with a number put right, or under what they are confirmed with where the form asks for none.
 * `office`: the one that handles it.
 */
export function disownedWays(item: ServiceItem, way: Way, office: string): string {
  const orBack = way.isOpen ? '；不办了可以撤回' : ''
  if (!isUnnamed(item, way)) return `${TYPED[kindOf(way)]}。${ANEW}${orBack}`
  return way.isOpen
    ? `你登记的证件号是别人的。在微信里核一次身份，或者带身份证到${office}窗口，报办件编号当面核，这件就改成核过的${orBack}`
    : '你登记的证件号是别人的。在微信里核一次身份，再申请'
}

/** The same of a case by its state. */
export const disownedWaysOf = (
  item: ServiceItem,
  { applicant, endedAt, decision }: CaseState,
  office: string,
) => disownedWays(item, { applicant, isOpen: endedAt === null && decision === null }, office)

/** Why staff have ended it. */
export const endedAsDisowned = (item: ServiceItem, state: OfApplicant) =>
  `${disownedTold(state)}，这件到此为止。${isUnnamed(item, state) ? '在微信里核一次身份，再申请' : ANEW}`

const SAID = { person: '你说了不是你申请的', firm: '你说了不是这家企业申请的' } as const

/** For whoever has disowned it: what follows, and where to ask. */
export const saidDisowned = (state: OfApplicant, unitName: string) => ({
  title: SAID[kindOf(state)],
  line: `这件不算你的了，后面由办的单位和${WHOEVER_FILED}管，你不用动。有事问${unitName}`,
})

/** For whoever had a case until now: by another who acts for the firm, or by a name put right. */
export const LOST_BECAUSE = {
  firm: '这家企业的另一位经办人说不是自己申请的，你不用管',
  name: '姓名和证件号报错了，现在改成了别人的，你不用管',
} as const
