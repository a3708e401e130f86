import { smsParameters, takesSms } from '#shared/domain/reminder/sms'
import type { Cipher } from '../../platform/ports/cipher'
import type { Log } from '../../platform/ports/log'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { SmsAccount, SmsOutcome } from '../../platform/ports/sms'
import type { ReminderBody } from './body'
import type { Outcome, Sendable } from './verdicts'

export interface SmsCallDeps {
  readonly sms: SmsAccount | null
  readonly cipher: Cipher
  readonly log: Log
}

type BySms = Extract<Sendable, { readonly channel: 'sms' }>

/** Opened here and kept nowhere. */
function numberOf({ cipher }: SmsCallDeps, { profileId, phoneSealed }: BySms): string | undefined {
  if (profileId === null || phoneSealed === null) return undefined
  try {
    const phone = cipher.decrypt(phoneSealed, sealedIn.profile(profileId, 'phone'))
    return takesSms(phone) ? phone : undefined
  } catch {
    return undefined
  }
}

/** A provider's code is a word, for which a delivery has no column: it stands in the log, without the number. */
function readingOf(outcome: SmsOutcome): Outcome {
  if (outcome.kind === 'refused') return { kind: 'refused', because: 'no-number' }
  return outcome.kind === 'rejected' || outcome.kind === 'retry' ? { ...outcome, code: null } : outcome
}

export async function callBySms(
  deps: SmsCallDeps,
  row: BySms,
  { data }: Pick<ReminderBody, 'data'>,
): Promise<Outcome> {
  const to = numberOf(deps, row)
  if (to === undefined || deps.sms === null) return { kind: 'refused', because: 'no-number' }
  const { templateCode } = row.bySms
  const outcome = await deps.sms.sms.send({ to, templateCode, parameters: smsParameters(data), id: row.id })
  if ('code' in outcome && outcome.code !== null)
    deps.log.warn('sms.not-taken', { reminderId: row.id, outcome: outcome.kind, code: outcome.code })
  return readingOf(outcome)
}
