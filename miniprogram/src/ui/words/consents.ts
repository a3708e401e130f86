import type { ConsentPurpose } from '#shared/domain/account/consents'

export const BOTH_TEXTS = '我看过并同意《服务协议》和《隐私保护说明》'

/** Beside the ticks; another meaning is another version of the text that says it. */
export const TICK_WORDS: Readonly<Record<ConsentPurpose, string>> = {
  service: '我看过并同意《服务协议》',
  privacy: '我看过并同意《隐私保护说明》',
  phone: '我同意用手机号登记',
  identity: '我同意用身份证号登记，也同意收我交的证件照片',
  sensitive: '我另外同意：微信核过后，查我的证件。里面有银行卡号、病情这些敏感信息，只用来办我的事。',
  guardian: '我替不满 14 岁的孩子办事：我是孩子的父母或者监护人，同意用孩子的信息办。',
}
