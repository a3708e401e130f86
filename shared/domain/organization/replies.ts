import { maskNumbersIn } from '../kernel/digits'
import type { StaffRole } from './staff'

/** Acts whose reason the applicant reads, or whoever goes on with the case. */
export const REPLY_ACTS = [
  'correction-material',
  'correction-field',
  'second-correction',
  'decline',
  'refuse',
  'fail',
  'return',
  'transfer',
  'require-rectification',
  'suspend',
  'extend',
  'promise-anew',
] as const
export type ReplyAct = (typeof REPLY_ACTS)[number]

/** What is offered where a unit has no words of its own for the act. */
export const DEFAULT_REPLIES = {
  'correction-material': ['缺这一份', '看不清，重新拍一张', '不是本人的', '过期了'],
  'correction-field': ['填错了，改一改', '和证件上的不一样', '没写清楚'],
  'second-correction': ['第一次漏了这几样', '补来的和要的不一样'],
  decline: ['这件事不归这里办', '不符合受理条件', '这件事不用申请'],
  refuse: ['不符合规定的条件', '填的和核实的不一致', '材料不真实', '已经领过，不能重复'],
  fail: ['不符合条件', '情况和填的不一致', '材料和现场对不上'],
  return: ['现场记录不全', '意见没写清楚', '材料和记录对不上'],
  transfer: ['户口在那边', '住在那边', '申请人想在那边办'],
  'require-rectification': ['布局和图纸不一样', '缺消防设施', '卫生不合要求'],
  suspend: [],
  extend: ['情况复杂，要再核实', '要等别的单位答复'],
  'promise-anew': [],
} as const satisfies Record<ReplyAct, readonly string[]>

/** Who words what a unit offers: whoever answers for what it sends. The county's own rule. */
export const REPLY_WRITERS: readonly StaffRole[] = [
  'town-approver',
  'dept-approver',
  'county-approver',
  'liaison',
  'chief-liaison',
]

/** Of one act so many; more nobody finds any more. */
export const MOST_REPLIES = 20
/** Characters. */
export const REPLY_LENGTH = 200

export interface Reply {
  readonly words: string
  /** The item for which alone it is; null for all. */
  readonly itemId: string | null
}

/** Figures of any script, parted by blanks and hyphens or not, and those that are written in words: a telephone or a case read out. */
const LONG_NUMBER = /(?:\p{Nd}[\s-]{0,3}){10,}|[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{7,}/u

/** An office's own line, with one hyphen after its area code, and a day: what precedes is kept, for phones know no lookbehind. */
const OFFICES = /(^|[^\d-])(?:0\d{2,3}-\d{7,8}|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})(?!\d)/g

const apart = (words: string) =>
  words
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(OFFICES, '$1，')

/**
 * Why words cannot be offered again and again: a number is somebody's, a card's, a telephone's or a case's. 个人信息保护法
 * 第6条. A name looks like other words: who types is asked to write none.
 */
export const isSomebodys = (words: string) => maskNumbersIn(words) !== words || LONG_NUMBER.test(apart(words))

/** The same words for the same items would be offered twice. */
export const areEachOnce = (replies: readonly Reply[]) =>
  new Set(replies.map(({ words, itemId }) => `${itemId} ${words}`)).size === replies.length

/** What is offered for an act: the unit's own for the item, before its own for all or, where it has none, what every unit has. */
export function offeredReplies(own: readonly Reply[], act: ReplyAct, itemId: string): readonly string[] {
  const wordsFor = (id: string | null) => own.filter((each) => each.itemId === id).map(({ words }) => words)
  const ofAll = wordsFor(null)
  return [...new Set([...wordsFor(itemId), ...(ofAll.length > 0 ? ofAll : DEFAULT_REPLIES[act])])]
}
