import type { ServiceItem } from '../service-item/item'
import { awaitedIdentity, isDisowned, isUnnamed } from './identity'
import type { Applicant, CaseState } from './state'

type Kind = Applicant['kind']
type OfApplicant = Pick<CaseState, 'applicant'>

const kindOf = ({ applicant }: OfApplicant): Kind => applicant?.kind ?? 'person'

/** For staff: the number is somebody's who has not applied. */
export const DISOWNED = { person: '本人说不是自己申请的', firm: '这家企业说不是自己申请的' } as const

/** Of this case. */
export const disownedWords = (state: OfApplicant) => DISOWNED[kindOf(state)]

const TOLD = { person: '号码的主人说不是自己申请的', firm: DISOWNED.firm } as const

/** For residents: whoever filed it takes 本人 for themselves. */
export const disownedTold = (state: OfApplicant) => TOLD[kindOf(state)]

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
const ANEW = '号写错了的，按对的再申请一次'

/** How whoever filed it goes on: with a number put right, or under what they are confirmed with where the form asks for none. */
export function disownedWays(item: ServiceItem, state: CaseState): string {
  if (!isUnnamed(item, state)) return `${TYPED[kindOf(state)]}。${ANEW}`
  return awaitedIdentity(item, state) === null
    ? '你登记的证件号是别人的。在微信里核一次身份，再申请'
    : '你登记的证件号是别人的。在微信里核一次身份，或者带身份证到窗口、村里核，这件就改成核过的；不办了可以撤回'
}

/** Why staff have ended it. */
export const endedAsDisowned = (item: ServiceItem, state: OfApplicant) =>
  `${disownedTold(state)}，这件到此为止。${isUnnamed(item, state) ? '在微信里核一次身份，再申请' : ANEW}`

const SAID = { person: '你说了不是你申请的', firm: '你说了不是这家企业申请的' } as const

/** For whoever has disowned it: what follows, and where to ask. */
export const saidDisowned = (state: OfApplicant, unitName: string) => ({
  title: SAID[kindOf(state)],
  line: `这件不算你的了，后面由办的单位和写的人管，你不用动。有事问${unitName}`,
})

/** For whoever had a case until now: by another who acts for the firm, or by a name put right. */
export const LOST_BECAUSE = {
  firm: '这家企业的另一位经办人说不是自己申请的，你不用管',
  name: '姓名和证件号报错了，现在改成了别人的，你不用管',
} as const
