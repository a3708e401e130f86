import { createHash } from 'node:crypto'

export type AccountKind = 'mini-program' | 'official-account'

/** One of the two accounts as WeChat's console would show it; nothing of it is known to the real WeChat. */
export interface Account {
  readonly kind: AccountKind
  readonly appid: string
  readonly secret: string
  readonly username: string
  readonly pushPath: string
  readonly pushToken: string
  readonly encodingAesKey: string
  readonly mode: 'plain' | 'compatible' | 'safe'
  readonly format: 'xml' | 'json'
}

// Derived from a phrase: plainly synthetic, the same on every machine, and no secret lies in the repository.
const derive = (kind: AccountKind, use: string) =>
  createHash('sha256').update(`yinxiang local wechat/${kind}/${use}`).digest()

const account = (kind: AccountKind, format: Account['format']): Account => ({
  kind,
  appid: `wx${derive(kind, 'appid').toString('hex').slice(0, 16)}`,
  secret: derive(kind, 'secret').toString('hex').slice(0, 32),
  username: `gh_${derive(kind, 'username').toString('hex').slice(0, 12)}`,
  pushPath: `/api/wechat/${kind}`,
  pushToken: derive(kind, 'push token').toString('hex').slice(0, 24),
  encodingAesKey: derive(kind, 'aes key').toString('base64').slice(0, 43),
  mode: 'safe',
  format,
})

export const miniProgram = account('mini-program', 'json')
export const officialAccount = account('official-account', 'xml')
export const accounts: readonly Account[] = [miniProgram, officialAccount]

export const findAccount = (appid: string) => accounts.find((candidate) => candidate.appid === appid)

const identifier = (scope: string, person: string) =>
  `o${createHash('sha256').update(`${scope}/${person}`).digest('base64url').slice(0, 27)}`

/** The id of a person in one account: 28 characters, another in each account. */
export const openidOf = (appid: string, person: string) => identifier(appid, person)
/** Both accounts are bound to one open platform account, so that a person has one unionid in them. */
export const unionidOf = (person: string) => identifier('open-platform', person)
