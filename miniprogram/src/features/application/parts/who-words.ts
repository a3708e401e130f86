import type { Who } from './who'

type Kind = Who['kind']

export const CHANNEL_WORDS = { village: '村里代填', window: '窗口代填' } as const

/** Of the step that asks who applies. */
export const PERSON_TITLES: Readonly<Record<Kind, string>> = {
  self: '先写你是谁',
  other: '替谁办',
  entry: '谁申请',
}

/** Under that title, while nothing is filled in. */
export const PERSON_NOTES: Readonly<Record<Kind, string | undefined>> = {
  self: undefined,
  other: '他没授权给你，也能先办。',
  entry: '照着他的身份证写。',
}

interface Promise {
  readonly name: string
  readonly words: string
  readonly label: string
  readonly tick: string
}

/** Whoever signs answers for the truth of it; who types it has read it out. 行政许可法 第31条 */
export const PROMISES: Readonly<Record<Kind, Promise>> = {
  self: {
    name: '我保证',
    words: '填的都是真的，同意办理的单位核对。填假的，要自己负责。',
    label: '我保证填的都是真的，同意核对',
    tick: '我保证，同意核对',
  },
  other: {
    name: '我保证',
    words: '填的都是真的，他知道你在替他办，也同意办理的单位核对。填假的，要自己负责。',
    label: '我保证填的都是真的，他同意核对',
    tick: '我保证，他同意核对',
  },
  entry: {
    name: '念过了',
    words: '把上面的念给来办的人听。他说都是真的，同意办理的单位核对，再勾。',
    label: '念过了，他说都是真的，同意核对',
    tick: '念过了，他说都是真的，同意核对',
  },
}

/** What is different without a power, for whoever fills it in for somebody. */
export const DIFFERENCES = [
  '他的证件打不开，材料要拍。',
  '批以前要核他本人：他用微信核，或者带身份证到村里、窗口。',
  '他登记、微信核过，就看得到这件，能接过去，也能撤回。',
] as const
