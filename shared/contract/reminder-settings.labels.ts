import type { SwitchedWay } from '#shared/domain/reminder/channels'
import { COUNTY_NIGHT, NIGHT_BEGINS, NIGHT_ENDS, type Night } from '#shared/domain/reminder/hours'
import type { MessageGroup } from '#shared/domain/reminder/message-kinds'

/** What a group of messages is called where people choose among them, with what is in it. */
export const MESSAGE_GROUP_LABELS = {
  'to-do': { name: '要你做的', note: '要补材料、要整改、要听你说' },
  outcome: { name: '批了、没批、办好了', note: '受理不了、决定书送到、决定改了也在里面' },
  days: { name: '日子定了、改了、误了', note: '受理了、补的收到了、哪天前办好、为什么要延' },
  whose: { name: '有人替你办', note: '谁申请的、归谁、身份核没核、卡换成哪张' },
  progress: { name: '办到新的一步', note: '开始公示、转给谁办、寄出了、请你评一评' },
  money: { name: '钱发了', note: '补贴、津贴打到卡上' },
} as const satisfies Record<MessageGroup, { name: string; note: string }>

/** By which a phone rings, as its owner knows it. */
export const WAY_LABELS = {
  wechat: { name: '微信', note: '先用这个' },
  sms: { name: '短信', note: '微信发不到时' },
} as const satisfies Record<SwitchedWay, { name: string; note: string }>

type Labels = Readonly<Partial<Record<string, { readonly name: string }>>>
/** As it is called; by its code what another version has. */
export const silencedWords = (group: string) => (MESSAGE_GROUP_LABELS as Labels)[group]?.name ?? group
export const wayWords = (way: string) => (WAY_LABELS as Labels)[way]?.name ?? way

const NOON = 12
/** `22:00` as the hour of an evening. */
const eveningWords = (at: string) => `晚上 ${Number(at.slice(0, 2)) - NOON} 点`
/** `08:00` as the hour of a morning. */
export const morningWords = (at: string) => `早上 ${Number(at.slice(0, 2))} 点`
/** Null: the county's. */
export function nightWords(night: Night | null) {
  const { from, until } = night ?? COUNTY_NIGHT
  return `${eveningWords(from)}到${morningWords(until)}`
}

/** What a night may begin and end with, to choose from. */
export const NIGHT_BEGIN_OPTIONS = NIGHT_BEGINS.map((value) => ({ value, label: eveningWords(value) }))
export const NIGHT_END_OPTIONS = NIGHT_ENDS.map((value) => ({ value, label: morningWords(value) }))
