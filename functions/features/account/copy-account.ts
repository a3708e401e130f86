import type { AccountCopy } from '#shared/contract/account'
import { ACCOUNT_ACTS, CONSENT_NAMES } from '#shared/contract/account.labels'
import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import { SATISFACTION } from '#shared/contract/rating.labels'
import { nightWords, silencedWords, wayWords } from '#shared/contract/reminder-settings.labels'
import { deviceWords } from '#shared/domain/account/device-words'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { Brake } from '../../platform/http/brake'
import type { Principal } from '../../platform/http/principal'
import { wechatIndexOf } from '../../platform/ports/cipher'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { AccountDeps } from './accounts'
import { demandPhone } from './change-profile'
import { findHeld, type Held } from './held'

/** Each look at its page is one. */
const COPIES_A_DAY = 20

/** Of a case of one's own. */
export interface CopiedCase {
  readonly number: string
  readonly item: string
  /** Null of one's own. */
  readonly whose: string | null
  readonly byOneself: boolean
  readonly filedOn: PlainDate
  /** How it stands, as the list says it. */
  readonly word: string
  /** What was asked and what was answered, each in words. */
  readonly answers: readonly (readonly [string, string])[]
  /** Each paper, and what was brought of it. */
  readonly papers: readonly (readonly [string, string])[]
  /** What happened to it and who looked at it, by day. */
  readonly history: readonly (readonly [string, string])[]
}

/** What the case feature knows of a person's cases, the newest first, given by app.ts: it comes after this one. */
export type CopiedCases = (
  tokenHash: string,
) => Promise<{ readonly cases: readonly CopiedCase[]; readonly hasMore: boolean }>

const LEVELS = ['没登记', '登记了手机号', '填了姓名和身份证号', '微信核过']

export interface CopyDeps extends AccountDeps {
  readonly brake: Brake
  readonly copiedCases: CopiedCases
  /** What a reminder that one may agree to is called, given by app.ts: reminders come after this feature. */
  readonly reminderTitle: (templateId: string) => string
}

/** Enough to know it again, and no more: nobody has a use for the whole. */
const maskCode = (code: string) => `${code.slice(0, 2)}…${code.slice(-4)}`

function registered({ cipher }: CopyDeps, held: Held, profileId: string) {
  const open = (sealed: string | null, part: 'name' | 'idNumber' | 'phone') =>
    sealed === null ? null : cipher.decrypt(sealed, sealedIn.profile(profileId, part))
  return {
    姓名: open(held.name, 'name'),
    身份证号: open(held.idNumber, 'idNumber'),
    手机号: open(held.phone, 'phone'),
    住的村: held.village,
    大字版: held.elderMode ? '用' : '不用',
    登记到哪: LEVELS[held.level] ?? '',
  }
}

/** What became of oneself by one's own hand or another's; of what is newer than its words it is still said that it was. */
const actsOf = ({ acts }: Held) =>
  acts.map(({ on, action, byOneself }) => ({
    哪天: on,
    做了什么: ACCOUNT_ACTS[action] ?? '账户有改动',
    谁做的: byOneself ? '自己' : '系统或者工作人员',
  }))

const workOf = ({ staff, factorOn }: Held) =>
  staff === null
    ? []
    : [
        {
          姓名: staff.name,
          岗位: staff.roles.map(({ role, unit }) => `${unit}${STAFF_ROLE_LABELS[role]}`).join('、'),
          在不在岗: staff.active ? '在岗' : '停用了',
          验证器: factorOn === null ? '没绑' : '绑了，密钥不给看',
        },
      ]

/** What is known of the person themselves, in plain words, to be kept by them: on their phone alone. 个人信息保护法 第45条 */
export async function copyAccount(
  deps: CopyDeps,
  principal: Principal,
  tokenHash: string,
): Promise<AccountCopy> {
  demandPhone(principal)
  const { profileId } = principal
  const today = dayIn(deps.clock.now())
  await deps.brake.limit('account-copies', wechatIndexOf(deps.cipher, principal), COPIES_A_DAY, today, {
    title: '今天要过好几份了',
    detail: `一天能要 ${COPIES_A_DAY} 份，明天再要`,
  })
  const held = await findHeld(deps, profileId)
  const { cases, hasMore } = await deps.copiedCases(tokenHash)
  return {
    哪天要的: today,
    登记的: registered(deps, held, profileId),
    微信: held.wechats.map(({ openid, unionid, from }) => ({
      微信给的代号: maskCode(openid),
      ...(unionid === null ? {} : { 各个号通用的代号: maskCode(unionid) }),
      哪天绑的: from,
    })),
    关注公众号: held.follows.map(({ openid, knownOn }) => ({
      公众号给的代号: maskCode(openid),
      最近哪天知道的: knownOn,
    })),
    同意过的: held.consents.map(({ purpose, version, at, withdrawnAt }) => ({
      同意什么: CONSENT_NAMES[purpose],
      哪一版: version,
      哪天: dayIn(at as Instant),
      哪天收回: withdrawnAt ? dayIn(withdrawnAt as Instant) : null,
    })),
    点过允许的提醒: held.credits.map(({ templateId, left, refused }) => ({
      提醒: deps.reminderTitle(templateId),
      还能发几条: left,
      关没关: refused ? '关了' : '没关',
    })),
    关掉的提醒: held.silenced.map(silencedWords),
    关掉的途径: held.unwantedWays.map(wayWords),
    什么时候不打扰: nightWords(held.night),
    登录过的设备: held.sessions.map(({ device, address, from, last }) => ({
      ...(address === null ? { 设备: deviceWords(device) } : { 设备: device, 网络地址: address }),
      哪天起: from,
      最近: last,
    })),
    政府存着的证件:
      held.papers?.map(({ name, until }) => ({ 证件: name, 到哪天: until ?? '没写' })) ??
      '微信核过是你，并且你同意了，才打开看。',
    办件: cases.map(({ number, item, whose, byOneself, filedOn, word, answers, papers, history }) => ({
      编号: number,
      事项: item,
      给谁办: whose ?? '自己',
      谁交的: byOneself ? '自己' : '别人交的',
      哪天交: filedOn,
      办到哪: word,
      填的: answers,
      交的材料: papers,
      '谁办过、看过': history,
    })),
    ...(hasMore ? { 更早的办件: `只写了最近的 ${cases.length} 件，更早的在“办件”里。` } : {}),
    传了没交的照片: held.unsent.map(({ id, name, from }) => ({
      // Whose number somebody has named a photo by, no page tells.
      照片: maskNumbersIn(deps.cipher.decrypt(name, sealedIn.uploadName(id))),
      哪天传的: from,
    })),
    评过的: held.ratings.map(({ id, number, level, words }) => ({
      编号: number,
      评分: SATISFACTION[level],
      写的话: words === null ? null : deps.cipher.decrypt(words, sealedIn.ratingComment(id)),
    })),
    替哪家公司办事: held.firms.map(({ name, items, until }) => ({
      公司: name,
      办哪些事: items === null ? '都能办' : `只办 ${items} 项`,
      到哪天: until ?? '没有到期的日子',
    })),
    工作身份: workOf(held),
    改过什么: actsOf(held),
    哪天用过: held.days,
    注销过的账户留下的:
      held.left === 0 ? [] : `拿别人的或者没核过的号码申请过 ${held.left} 件，只留了编码，没有内容。`,
    别的: {
      消息: '在“消息”里',
      交的照片: '在“办件”里，打开那一件看得到',
      文书和证照: '在“办件”里，打开那一件看得到',
      证件上的内容: '办事要用到的时候，打开给你看',
      注销时说的原因: '不记是谁说的，所以这里没有',
      公示上提的异议: '不用登录就能提，不认得是谁的账户提的，所以这里没有',
    },
  }
}
