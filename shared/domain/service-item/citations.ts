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

/** 行政许可法 第42条 says by when it is decided, and nothing of what. */
const isTimeLimit = ({ law, article }: ServiceItem['legalBasis'][number]) =>
  law.includes('行政许可法') && article === '第四十二条'

/** What the decisions of an item rest on, as a document cites it: 《食品安全法》第三十五条. Source: the pack's `legalBasis`. */
export const citationsOf = ({ legalBasis }: Pick<ServiceItem, 'legalBasis'>): readonly string[] =>
  legalBasis.filter((each) => !isTimeLimit(each)).map(citation)

type PermitItem = Pick<ServiceItem, 'typeCode' | 'steps'>

/** What several organs decide each for itself are permits, whatever the project is called that joins them. 行政许可法 第26条 */
export const isPermit = ({ typeCode, steps }: PermitItem) =>
  typeCode === '01' || steps.some(({ organ }) => organ.kind === 'parallel' && organ.decides !== undefined)
const PERMIT_LAW = '《中华人民共和国行政许可法》'
/** What no law settles is settled by the rule that the county has published, and is cited as such. */
const COUNTY_RULE = '本县公布的办件规则'

/** What is done on the way to a decision, by the article of the law of permits, and by what of the county's rule. */
const ON_THE_WAY = {
  declined: ['第三十二条', '不予受理'],
  accepted: ['第三十二条', '受理'],
  silence: ['第三十二条', '到期没有告知要补正的，自收到申请材料之日起视为受理'],
  asked: ['第三十二条', '一次告知要补正的全部内容'],
  // 第32条 speaks of what comes before acceptance.
  'asked-later': [null, '受理以后发现还要补的，告知一次'],
  suspended: ['第四十五条', '听证、检验、检测、鉴定、专家评审的时间不算在期限内'],
  extended: ['第四十二条', '延长期限'],
  lapsed: [null, '要补的告知、提醒以后到期没补的，终止办理'],
  died: [null, '申请人去世的，终止办理'],
} as const

/** What an act on the way to a decision rests on: 《中华人民共和国行政许可法》第三十二条 of a permit, else the county's rule. */
export function onTheWayBy(item: PermitItem, act: keyof typeof ON_THE_WAY) {
  const [article, rule] = ON_THE_WAY[act]
  return article !== null && isPermit(item) ? PERMIT_LAW + article : `${COUNTY_RULE}（${rule}）`
}

/** What a refusal to accept rests on. */
export const declinedBy = (item: PermitItem): readonly string[] => [onTheWayBy(item, 'declined')]
