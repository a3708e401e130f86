import type { ApplicationForm } from '#shared/contract/application'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { Who } from './who'

type Kind = Who['kind']

export const CHANNEL_WORDS = { village: '村里代填', window: '窗口代填' } as const

/** Of the step that asks who applies. */
export const PERSON_TITLES: Readonly<Record<Kind, string>> = {
  self: '先写你是谁',
  other: '替谁办',
  entry: '谁申请',
}

/** What whoever came has with them to write from. */
const WRITTEN_FROM = {
  firm: '照着执照写。',
  person: '照着他的身份证写。',
  unnumbered: '照着他带来的材料写。',
}

const applicantIn = (form: ApplicationForm) => {
  const { kind, number } = applicantFieldsOf(form)
  return number === null ? 'unnumbered' : kind
}

/** Under that title, while nothing is filled in. */
export function personNote(who: Kind, form: ApplicationForm) {
  if (who === 'self') return undefined
  return who === 'other' ? '他没授权给你，也能先办。' : WRITTEN_FROM[applicantIn(form)]
}

const FOUND_BY = {
  firm: '有这家企业委托的人，在“我的办件”里看得到这件，也能接过去。没有委托，先带委托书到窗口。',
  person: '他自己用微信登记、核过身份，就能在“我的办件”里看到这件，也能接过去。',
}

/** How the applicant comes to see what was typed for them. */
export const foundWords = (form: ApplicationForm) => FOUND_BY[applicantFieldsOf(form).kind]

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
  '批以前要核他本人：他用微信核，或者带身份证到村里、窗口。不满 14 岁的，监护人带户口簿去核。',
  '他登记、微信核过，就看得到这件，能接过去，也能撤回。',
] as const
