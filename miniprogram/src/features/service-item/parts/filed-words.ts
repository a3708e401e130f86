import type { FiledBefore, ServiceGuide } from '#shared/contract/service-item'
import { shortDayWords } from '../../../ui/words/dates'

/** 11月24日 交的，正在办 */
export const filedWords = ({ filedOn, word }: FiledBefore) => `${shortDayWords(filedOn)}交的，${word}`

/** Of the reader, or of their firm: those that a second of their own would stand beside. */
export const isMine = ({ whose }: FiledBefore) => whose === 'own' || whose === 'firm'

/** How another one differs: 换一个申领期间 */
export const otherwise = (labels: readonly string[]) =>
  labels.length === 0 ? '另一件' : `换一个${labels.join('、')}`

interface Told {
  readonly title: string
  readonly words: string
}

/** What guide and form say of it before another is begun; `more` says how that is done. */
export function filedTold(
  filed: FiledBefore,
  { toldApartBy }: Pick<ServiceGuide, 'toldApartBy'>,
  more: string,
): Told {
  const { whose, applicantMasked, isOver } = filed
  const words = filedWords(filed)
  if (whose === 'helped')
    return {
      title: '有人替你申请了这件',
      words: `${words}。写得对，接过来就行，不用再交一次。`,
    }
  if (whose === 'other') return { title: `你替${applicantMasked}交过这件`, words: `${words}。不用再交一次。` }
  if (toldApartBy === null)
    return {
      title: isOver ? '这件事你办过了' : '这件事你已经在办了',
      words: `${words}。自己的不用再交一次。`,
    }
  return {
    title: whose === 'firm' ? `${applicantMasked}交过一件` : '你交过一件',
    words: `${words}。同样的不用再交；${otherwise(toldApartBy)}，${more}。`,
  }
}
