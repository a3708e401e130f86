import type { Database } from '../../platform/ports/database'
import type { Account, AccountKind } from '../accounts'
import type { SandboxClock } from '../clock'
import type { Doors } from '../doors'
import type { Pushes } from '../pushes'
import type { Register } from '../register'

/** What every API of the local WeChat works on. */
export interface World {
  readonly database: Database
  readonly clock: SandboxClock
  readonly doors: Doors
  readonly register: Register
  readonly pushes: Pushes
  /** The address under which people reach console and pages, without a slash at its end. */
  readonly publicUrl: () => string
}

export type Body = Readonly<Record<string, unknown>>

export interface OpenCall {
  readonly query: Readonly<Record<string, string>>
  readonly body: Body
}

export interface AuthorisedCall extends OpenCall {
  /** Whose token it is. */
  readonly account: Account
}

interface Shape {
  readonly path: string
  readonly method: 'GET' | 'POST'
}

export type Endpoint =
  | (Shape & { readonly access: 'secret'; handle(world: World, call: OpenCall): Promise<object> })
  | (Shape & {
      readonly access: AccountKind | 'either'
      readonly dailyLimit?: number
      handle(world: World, call: AuthorisedCall): Promise<object>
    })

export const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const done = { errcode: 0, errmsg: 'ok' }

/** Whether a code or token can be one at all: what is not printable is none of WeChat's. */
export const isPrintable = (text: string) => /^[\x21-\x7e]+$/.test(text)
