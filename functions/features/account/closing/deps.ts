import type { SQL } from 'drizzle-orm'
import type { AccountClosing } from '#shared/contract/account-closing'
import type { AccountDeps } from '../accounts'

/** As the cases tell it, which come after accounts. */
export interface CasesOfLeaver {
  readonly open: AccountClosing['openCases']
  readonly ended: number
  readonly goingOn: number
  readonly disowned: number
  readonly disownable: number
  /** What is open is still what was found. */
  readonly stands: SQL
  /** After the parts `whose` and `closed`. */
  readonly parts: readonly SQL[]
}

export interface ClosingDeps extends AccountDeps {
  /** Given by app.ts. */
  readonly casesOnLeaving: (tokenHash: string) => Promise<CasesOfLeaver>
}
