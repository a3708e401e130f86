import type { FiledBefore, ServiceGuide } from '#shared/contract/service-item'
import { shortDayWords } from '../../../ui/words/dates'

/** 申领期间 2026年1月1日 到 2026年6月30日，11月24日 交的，正在办 */
const filedWords = ({ toldApart, filedOn, word }: FiledBefore) =>
  `${toldApart ? `${toldApart}，` : ''}${shortDayWords(filedOn)}交的，${word}`

/** Of the reader, or of their firm: those that a second of their own would stand beside. */
export const isMine = ({ whose }: FiledBefore) => whose === 'own' || whose === 'firm'

/** Of the reader, or filed by somebody in their place. */
export const isTheirs = ({ whose }: FiledBefore) => whose !== 'other'

type Told = Pick<ServiceGuide, 'toldApartBy'> & { readonly filed: readonly FiledBefore[] }

/** What was filed, and by what another differs; a guide that the phone has kept from before says neither. */
export const filedIn = ({
  filed = [],
  toldApartBy = null,
}: Partial<Pick<ServiceGuide, 'filed' | 'toldApartBy'>>): Told => ({ filed, toldApartBy })

/**
 * To what the bar of the guide leads before another is begun: to one's own matter, else to what one has filed for somebody
 * this very day, whose receipt may never have come.
 */
export const leadingOf = ({ filed }: Pick<Told, 'filed'>, today: string) =>
  filed.find(isMine) ??
  filed.find(isTheirs) ??
  filed.find(({ filedOn, isOver }) => filedOn === today && !isOver)

/** Another one of one's own is taken beside what was filed. Who is not confirmed is never refused. */
export const takesAnother = ({ filed, toldApartBy }: Told) =>
  toldApartBy !== null || !filed.some((each) => isTheirs(each) && each.bars)

/** The same once more: of one's own where one at a time is the rule, else by the answers that tell two apart. */
const isSame = (filed: FiledBefore, own: FiledBefore, { toldApartBy }: Told) =>
  toldApartBy === null
    ? own.whose === 'own'
    : own.bars && own.applicantMasked === filed.applicantMasked && own.toldApart === filed.toldApart

/** The same stands beside it, and is the reader's own. */
function isBesideOwn(filed: FiledBefore, told: Told) {
  const [first] = told.filed.filter((each) => isMine(each) && isSame(filed, each, told))
  return first !== undefined && first.caseId !== filed.caseId && !['other', 'firm'].includes(filed.whose)
}

const ONE_IS_ENOUGH = '留一件就够'
const TAKE_IT_OVER = '接过来就行'
/** Nobody withdraws what another has filed: it is taken over first, or it is none of theirs. */
const LEAVE_OR_TAKE = '。要这件，打开由你接着办；不是你要的，打开说不是你申请的'
const NOT_AGAIN = '不用再交一次'
export const STILL_TAKEN = '一件就够了，真要再办也收'

/** The same in a row that leads to it. */
export function filedInShort(filed: FiledBefore, told: Told): string {
  const words = filedWords(filed)
  if (isBesideOwn(filed, told)) return `${words}，${ONE_IS_ENOUGH}`
  if (filed.whose === 'helped') return `${words}，${TAKE_IT_OVER}`
  const isRefused = told.toldApartBy === null && (filed.whose === 'other' || filed.bars)
  return isRefused ? `${words}，${NOT_AGAIN}` : words
}

/** How another one differs: 换一个申领期间 */
export const otherwise = (labels: readonly string[] | null) =>
  labels === null || labels.length === 0 ? '另办一件' : `换一个${labels.join('、')}`

interface Words {
  readonly title: string
  readonly words: string
  /** How another one differs: said once of several of which it is the same. */
  readonly follows?: string
}

/** Of one that another may stand beside. */
const titleBeside = ({ whose, applicantMasked }: FiledBefore) =>
  `${whose === 'own' ? '你' : whose === 'firm' ? applicantMasked : `你替${applicantMasked}`}交过一件`

const titleOfHelped = ({ forFirm, applicantMasked }: FiledBefore) =>
  forFirm ? `有人替${applicantMasked}交过一件` : '有人替你申请了这件'

/** Of two that are the same. */
function besideOwnTold(filed: FiledBefore): Words {
  const isOwn = filed.whose === 'own'
  const beside = isOwn ? '' : filed.forFirm ? '你们自己也交过，' : '你自己也交过，'
  return {
    title: isOwn ? '这件你还交过一件' : titleOfHelped(filed),
    words: `${filedWords(filed)}。${beside}${ONE_IS_ENOUGH}${isOwn ? '，多的打开撤回' : LEAVE_OR_TAKE}。`,
  }
}

/** Filed in the reader's place, or in their firm's. */
function helpedTold(filed: FiledBefore, another: string): Words {
  const words = filedWords(filed)
  return {
    title: titleOfHelped(filed),
    words: `${words}。写得对，${TAKE_IT_OVER}，${another === '' ? NOT_AGAIN : `同样的不用再交${another}`}。`,
  }
}

/** What is said of it before another is begun; `more` says how that is done. */
function filedTold(filed: FiledBefore, told: Told, more: string): Words {
  const { whose, applicantMasked, isOver, bars } = filed
  const words = `${filedWords(filed)}。`
  const another = told.toldApartBy === null ? '' : `；${otherwise(told.toldApartBy)}，${more}`
  if (isBesideOwn(filed, told)) return besideOwnTold(filed)
  if (whose === 'helped') return helpedTold(filed, another)
  if (another !== '') return { title: titleBeside(filed), words, follows: `同样的不用再交${another}。` }
  if (whose === 'other') return { title: `你替${applicantMasked}交过这件`, words: `${words}${NOT_AGAIN}。` }
  return {
    title: isOver ? '这件事你办过了' : '这件事你已经在办了',
    words: words + (bars ? `自己的${NOT_AGAIN}。` : `一件就够了；真要再办，${more}。`),
  }
}

/** What one comes to it for. */
export const seeWords = ({ whose }: Pick<FiledBefore, 'whose'>) =>
  whose === 'helped' ? '看一看，接过来' : '看办到哪'

/** What guide and form say of all that was filed, one below the other: how another one differs stands once, below the last. */
export const filedAllTold = (filed: readonly FiledBefore[], told: Told, more: string) =>
  filed
    .map((each) => ({ ...each, ...filedTold(each, told, more) }))
    .map(({ follows = '', ...each }, at, all) => ({
      caseId: each.caseId,
      see: seeWords(each),
      title: each.title,
      words: all[at + 1]?.follows === follows ? each.words : each.words + follows,
    }))

/** For the refusal of a second one. */
export const FILED_ALREADY: Words = { title: '同样的一件交过了', words: `${NOT_AGAIN}。` }

/** The guide tells five at most. */
export const MORE_FILED = '还有交过的，在“我的办件”里看。'
