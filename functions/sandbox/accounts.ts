import { createHash } from 'node:crypto'
import { inArray, sql } from 'drizzle-orm'
import type { Db } from '../platform/ports/database'
import { entries } from './schema'

export type AccountKind = 'mini-program' | 'official-account'
export const pushModes = ['plain', 'compatible', 'safe'] as const
export const pushFormats = ['xml', 'json'] as const
/** How an account's pushes go, as its owner may choose at WeChat. */
export interface PushForm {
  readonly mode: (typeof pushModes)[number]
  readonly format: (typeof pushFormats)[number]
}

/** One of the two accounts as WeChat's console would show it; nothing of it is known to the real WeChat. */
export interface Account extends PushForm {
  readonly kind: AccountKind
  readonly appid: string
  readonly secret: string
  readonly username: string
  readonly pushPath: string
  readonly pushToken: string
  readonly encodingAesKey: string
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

const chosenName = (kind: AccountKind, what: keyof PushForm) => `push-${what}/${kind}`

/** The account as its owner has it by now: what nobody has chosen is as it was made. */
export async function asChosen(db: Db, account: Account): Promise<Account> {
  const rows = await db
    .select()
    .from(entries)
    .where(inArray(entries.name, [chosenName(account.kind, 'mode'), chosenName(account.kind, 'format')]))
  const chosen = (what: keyof PushForm) =>
    rows.find(({ name }) => name === chosenName(account.kind, what))?.value
  return {
    ...account,
    mode: pushModes.find((mode) => mode === chosen('mode')) ?? account.mode,
    format: pushFormats.find((format) => format === chosen('format')) ?? account.format,
  }
}

export async function choosePushForm(db: Db, kind: AccountKind, form: Partial<PushForm>) {
  const chosen = (['mode', 'format'] as const).flatMap((what) => {
    const value = form[what]
    return value === undefined ? [] : [{ name: chosenName(kind, what), value }]
  })
  if (chosen.length === 0) return
  await db
    .insert(entries)
    .values(chosen)
    .onConflictDoUpdate({ target: entries.name, set: { value: sql`excluded.value` } })
}

export const findAccount = (appid: string) => accounts.find((candidate) => candidate.appid === appid)

const identifier = (scope: string, person: string) =>
  `o${createHash('sha256').update(`${scope}/${person}`).digest('base64url').slice(0, 27)}`

/** The id of a person in one account: 28 characters, another in each account. */
export const openidOf = (appid: string, person: string) => identifier(appid, person)
/** Both accounts are bound to one open platform account, so that a person has one unionid in them. */
export const unionidOf = (person: string) => identifier('open-platform', person)
