import type { ConsentPurpose } from '../domain/account/consents'

/** What was agreed to, by name. */
export const CONSENT_NAMES: Readonly<Record<ConsentPurpose, string>> = {
  service: '服务协议',
  privacy: '隐私保护说明',
  phone: '用手机号登记',
  identity: '用身份证号登记，收我交的证件照片',
  sensitive: '微信核过后，查我的证件',
  guardian: '我是孩子的父母或者监护人，用孩子的信息办事',
}
