import { expect, test } from 'vitest'
import { ACCOUNT_ACTS } from '#shared/contract/account.labels'
import { PROBLEMS } from '#shared/contract/problems'
import { CONSENTS_KEPT_YEARS, REASONS_KEPT_YEARS } from '#shared/domain/account/closing'
import { KEPT_YEARS } from '#shared/domain/account/retention'
import { readPack } from '../../functions/platform/db/seed/read-pack'
import { TABLES_OF_PERSONS } from '../tables-of-persons'
import { houseFiles, textOf } from './house'

const PACKS = ['drizzle/packs/langxi', 'drizzle/packs/template']

async function privacyOf(pack: string) {
  const read = await readPack(pack)
  if (!read.ok) throw new Error('the pack has faults')
  const [service, privacy] = ['service', 'privacy'].map((kind) =>
    read.value.agreements.find((each) => each.kind === kind),
  )
  if (!service || !privacy) throw new Error('a text is missing')
  return { service, privacy, data: new Map(privacy.data.map((each) => [each.name, each])) }
}

/** What a resident reads of what a table has of them; null of what has nothing of a resident, with why. */
const SAID: Readonly<Record<string, string | null>> = {
  profiles: '姓名、身份证号',
  wechat_identities: '微信号（微信给的代号）',
  followers: '微信号（微信给的代号）',
  sessions: '登录过的设备',
  desk_logins: '登录过的设备',
  second_factors: '工作人员的验证器',
  left_filings: '拿别人的或者没核过的号码申请的',
  closing_reasons: '注销时说的原因（愿意才写）',
  activity_days: '哪天用过',
  enterprise_agents: '替哪家公司办事',
  uploads: '拍的身份证和材料照片',
  audit_entries: '谁看过、办过你的事，你改过什么',
  case_looks: '谁看过、办过你的事，你改过什么',
  cases: '填的申请',
  case_events: '填的申请',
  case_tasks: '填的申请',
  case_texts: '填的申请',
  certificates: '填的申请',
  documents: '填的申请',
  notice_objections: '公示上提的异议，留的姓名、电话',
  credentials: '你在政府的证件',
  ratings: '评的分、写的话',
  reminders: '消息，哪些提醒你点了允许、关掉了',
  consent_credits: '消息，哪些提醒你点了允许、关掉了',
  consent_entries: '消息，哪些提醒你点了允许、关掉了',
  deliveries: '消息，哪些提醒你点了允许、关掉了',
  // Answers without personal data, for a day.
  idempotency_keys: null,
  // Of officials, in their office.
  missed_items: null,
  staff: null,
}

test.each(PACKS)('%s: the list of data names whatever a table holds of a person', async (pack) => {
  const { data } = await privacyOf(pack)
  expect(TABLES_OF_PERSONS).toEqual(Object.keys(SAID).sort())
  expect(Object.values(SAID).filter((name) => name !== null && !data.has(name))).toEqual([])
})

test.each(PACKS)('%s: what is said of how long it is kept and of leaving is what happens', async (pack) => {
  const { service, privacy, data } = await privacyOf(pack)
  const told = (name: string) => data.get(name)?.kept
  expect(told('哪天用过')).toContain(`${KEPT_YEARS.activity} 年后删`)
  expect(told('消息，哪些提醒你点了允许、关掉了')).toContain(`${KEPT_YEARS.messages} 年后删`)
  expect(told('替哪家公司办事')).toContain(`到期 ${KEPT_YEARS.powers} 年后删`)
  expect(told('谁看过、办过你的事，你改过什么')).toContain(`留 ${KEPT_YEARS.log} 年`)
  expect(told('同意过什么')).toContain(`注销后 ${CONSENTS_KEPT_YEARS} 年`)
  expect(told('注销时说的原因（愿意才写）')).toContain(`留 ${REASONS_KEPT_YEARS} 年`)
  // What stays of whom stays with the file, as the archive has it: no night removes it after so many years.
  const withTheFile = privacy.data.filter(({ kept }) => kept.includes('跟着办件'))
  expect(withTheFile.length).toBeGreaterThan(4)
  expect(withTheFile.filter(({ kept }) => /跟着办件[^，；。]*\d+ 年/.test(kept))).toEqual([])
  const said = [service, privacy]
    .flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs))
    .filter((words) => /^(不想用了|注销：|复制)/.test(words))
  // It is done on the phone, and not by calling: 个人信息保护法 第50条.
  expect(said.filter((words) => words.includes('“我的 - 注销”'))).toHaveLength(2)
  expect(said.filter((words) => words.includes('注销') && words.includes('电话'))).toEqual([])
  expect(said.filter((words) => /^复制.*“我的 - 协议和授权”/.test(words))).toHaveLength(1)
  // Before anybody is asked WeChat’s code is exchanged, and of who has not agreed nothing is kept: `createLogIn`.
  expect(told('微信号（微信给的代号）')).toContain('没同意过的不存')
  for (const { sections } of [service, privacy])
    expect(JSON.stringify(sections)).toMatch(
      /打开的时候，微信给一个用一次的码.*没同意过的，看完就丢，什么也不存/,
    )
  // An open case keeps its person here: `account.cases-open`.
  expect(said.join('')).toContain('先办完或者撤回')
})

test('whatever the log has of an account is told in words in the copy of it', () => {
  const written = houseFiles()
    .filter((file) => /^functions\/features\/(account|reminder)\/.*(?<!\.test)\.ts$/.test(file))
    .flatMap((file) => textOf(file).match(/(?<=')(account|staff)\.[a-z-]+(?=')/g) ?? [])
    .filter((code) => !(code in PROBLEMS))
  expect(Object.keys(ACCOUNT_ACTS).sort()).toEqual([...new Set(written)].sort())
})
