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

/** What the log has of an account and of the work that is bound to it, to whoever it is about. */
export const ACCOUNT_ACTS: Readonly<Record<string, string>> = {
  'account.agree': '同意了协议，或者给了授权',
  'account.withdraw-consent': '收回了同意',
  'account.change': '改了住的村，或者大字版',
  'account.choose-reminders': '改了哪些提醒要响',
  'account.set-phone': '登记了手机号',
  'account.type-identity': '填了姓名和身份证号',
  'account.confirm-identity': '微信核了身份',
  'account.join': '两个微信的账户合成了一个',
  'account.close': '注销了',
  'account.leave-power': '不再替公司办事',
  'account.invite-staff': '有工作身份的邀请',
  'account.refuse-invitation': '工作身份没绑成',
  'account.bind-staff': '绑了工作身份',
  'account.unbind-staff': '工作身份解绑了',
  'account.let-in-desk': '让电脑登录',
  'account.refuse-desk': '没让电脑登录',
  'account.open-desk': '电脑登录了',
  'account.lock-desk': '锁了电脑',
  'account.unlock-desk': '打开了锁着的电脑',
  'account.wrong-pin': '电脑上输错了密码',
  'account.leave-desk': '电脑退出了',
  'account.enrol-factor': '绑了验证器',
  'account.show-factor': '用了验证器',
  'account.wrong-factor': '验证器的数字输错了',
  'account.drop-factor': '验证器解绑了',
  'staff.end-work': '工作身份停用了',
  'staff.return-to-work': '可以回到岗位了',
}
