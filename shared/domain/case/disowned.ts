import type { ServiceItem } from '../service-item/item'
import { awaitedIdentity, isUnnamed } from './identity'
import type { Applicant, CaseState } from './state'

type Kind = Applicant['kind']
type OfApplicant = Pick<CaseState, 'applicant'>

const kindOf = ({ applicant }: OfApplicant): Kind => applicant?.kind ?? 'person'

/** For whoever works on it: the number is somebody's who has not applied. */
export const DISOWNED = { person: '本人说不是自己申请的', firm: '这家企业说不是自己申请的' } as const

/** Of this case. */
export const disownedWords = (state: OfApplicant) => DISOWNED[kindOf(state)]

const TOLD = { person: '号码的主人说不是自己申请的', firm: DISOWNED.firm } as const

/** For whoever filed it. */
export const disownedTold = (state: OfApplicant) => TOLD[kindOf(state)]

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

/** For whoever had a case until now: by another who acts for the firm, or by a name put right. */
export const LOST_BECAUSE = {
  firm: '这家企业的另一位经办人说不是自己申请的，你不用管',
  name: '姓名和证件号报错了，现在改成了别人的，你不用管',
} as const
