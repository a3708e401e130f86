import type { ServiceItem } from './item'

/** A name with what the pack adds in brackets: the number of the document, or that it is invented. */
const NAME = /^(.+?)((?:（[^）]*）)*)$/
/** 国发〔2014〕8号 is cited by its number alone. */
const IS_NUMBER = /^[^《》]{1,8}〔\d{4}〕\d+号$/
/** 第三十五条, 第五章; a note that the number has to be looked up is none. */
const IS_ARTICLE = /^第[^（）]+$/

function citation({ law, article }: ServiceItem['legalBasis'][number]) {
  const [, name = law, more = ''] = NAME.exec(law) ?? []
  const where = article !== null && IS_ARTICLE.test(article) ? article : ''
  return `${IS_NUMBER.test(name) ? name : `《${name}》`}${more}${where}`
}

/** What the decisions of an item rest on, as a document cites it: 《食品安全法》第三十五条. Source: the pack's `legalBasis`. */
export const citationsOf = ({ legalBasis }: Pick<ServiceItem, 'legalBasis'>): readonly string[] =>
  legalBasis.map(citation)

const IS_PERMIT = '01'

/** What a refusal to accept rests on: of a permit 行政许可法 第32条, of everything else what the item itself rests on. */
export const declinedBy = (item: Pick<ServiceItem, 'legalBasis' | 'typeCode'>): readonly string[] =>
  item.typeCode === IS_PERMIT ? ['《中华人民共和国行政许可法》第三十二条'] : citationsOf(item)
