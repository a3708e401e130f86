import type { Principal } from '../../platform/http/principal'
import type { CaseDeps } from './deps'

/** Of a case that somebody may see, by whatever they are to it. */
export const mine = {
  authorize: { kind: 'signed-in', scope: 'own-cases-and-held-tasks' },
  principal: 'carried',
} as const

export const PDF = 'application/pdf'
/** Each decides a case whole. */
const DRAFTS_A_MINUTE = 30
/** Each holds the process for some ten milliseconds. */
const SHEETS_A_MINUTE = 30

/** Of a person, by however many sessions. */
const brakeOf =
  (name: string, max: number) =>
  ({ brake }: Pick<CaseDeps, 'brake'>, { profileId }: Pick<Principal, 'profileId'>) =>
    brake.limit(name, profileId, max, 60)
export const brakeDrafts = brakeOf('drafted-papers', DRAFTS_A_MINUTE)
export const brakeSheets = brakeOf('sheets', SHEETS_A_MINUTE)

export const OF_A_FILE = {
  'Content-Disposition': 'inline',
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
} as const
