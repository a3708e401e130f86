import type { Context } from 'hono'
import type { Brake } from '../../platform/http/brake'
import { type ClientAddress, networkOf } from '../../platform/http/client-address'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'

/** Generous: a village shares one address. */
const WRONG_CODES = 30
const SECONDS = 600

export interface LoginBrakeDeps {
  readonly brake: Brake
  readonly clientAddress: ClientAddress
  readonly cipher: Cipher
}

/** Ends a login that failed: with its own problem, or with 429 where its network tried too many wrong codes. */
export const createLoginBrake =
  ({ brake, clientAddress, cipher }: LoginBrakeDeps) =>
  async (context: Context, cause: unknown): Promise<never> => {
    if (cause instanceof ProblemError && cause.code === 'account.login-code-invalid') {
      const key = cipher.digest(`address:${networkOf(clientAddress(context))}`)
      await brake.limit('wrong-login-codes', key, WRONG_CODES, SECONDS)
    }
    throw cause
  }
