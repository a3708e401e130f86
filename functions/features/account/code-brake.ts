import type { Context } from 'hono'
import type { ProblemCode } from '#shared/contract/problems'
import type { Brake } from '../../platform/http/brake'
import { type NetworkDeps, networkKeyOf } from '../../platform/http/client-address'
import type { HttpEnv } from '../../platform/http/environment'
import { ProblemError } from '../../platform/http/problem'
import { wechatIndexOf } from '../../platform/ports/cipher'

/** Nobody has so many wrong in a row who is not trying them out. */
const WRONG_OF_ACCOUNT = 10
/** Generous: a village shares one address. */
const WRONG_OF_NETWORK = 30
const SECONDS = 600

/** What was wrong, and the brake that counts it. */
const BRAKES: Partial<Readonly<Record<ProblemCode, string>>> = {
  'account.login-code-invalid': 'wrong-login-codes',
  'account.phone-code-invalid': 'wrong-phone-codes',
  'account.identity-code-invalid': 'wrong-identity-codes',
  // One's own code with a name or number of somebody else: a guess too.
  'account.identity-mismatch': 'wrong-identity-codes',
  'account.invitation-invalid': 'wrong-invitations',
  'account.desk-code-invalid': 'wrong-desk-codes',
}

export interface CodeBrakeDeps extends NetworkDeps {
  readonly brake: Brake
}

/**
 * Ends a request whose code failed: with its own problem, or with 429 where the account or its network tried too many
 * wrong ones. Asked after the code was wrong, so a right one is never refused.
 */
export const createCodeBrake =
  ({ brake, ...network }: CodeBrakeDeps) =>
  async (context: Context<HttpEnv>, cause: unknown): Promise<never> => {
    const name = cause instanceof ProblemError ? BRAKES[cause.code] : undefined
    if (name !== undefined) {
      const principal = context.get('principal')
      if (principal)
        await brake.limit(name, wechatIndexOf(network.cipher, principal), WRONG_OF_ACCOUNT, SECONDS)
      await brake.limit(name, networkKeyOf(network, context), WRONG_OF_NETWORK, SECONDS)
    }
    throw cause
  }
