import { randomUUID } from 'node:crypto'
import type { Clock } from '../../ports/clock'
import type { OutgoingSms, Sms, SmsOutcome } from '../../ports/sms'
import { neverSent } from '../never-sent'
import { signedHeaders } from './signature'

export interface SmsOptions {
  /** The provider's address, or that of a gateway that speaks as it does. */
  readonly url: string
  readonly keyId: string
  readonly secret: string
  /** As it stands before each message, without its brackets. */
  readonly sign: string
  readonly clock: Clock
  readonly fetch?: typeof fetch
}

const TIMEOUT_MILLISECONDS = 6000
const SOON_SECONDS = 60
const LATER_SECONDS = 600

/** The number alone is at fault. */
const NUMBER = new Set(['isv.MOBILE_NUMBER_ILLEGAL', 'isv.BLACK_KEY_CONTROL_LIMIT', 'MOBILE_IN_BLACK'])
/** Busy, or the provider's own limits: of a number, of a day; an account without money is paid for by somebody. */
const WAITS: Readonly<Record<string, number>> = {
  'isv.BUSINESS_LIMIT_CONTROL': LATER_SECONDS,
  'isv.DAY_LIMIT_CONTROL': LATER_SECONDS,
  'isv.AMOUNT_NOT_ENOUGH': LATER_SECONDS,
  'isv.OUT_OF_SERVICE': LATER_SECONDS,
  'isp.SYSTEM_ERROR': SOON_SECONDS,
  'isp.RAM_PERMISSION_DENY': LATER_SECONDS,
  ServiceUnavailable: SOON_SECONDS,
  'InvalidTimeStamp.Expired': SOON_SECONDS,
}

/** A code that nobody knows will not be another one the next time: the message is rejected. */
function outcomeOf(code: string): SmsOutcome {
  if (NUMBER.has(code)) return { kind: 'refused', code }
  const after = WAITS[code] ?? (code.startsWith('Throttling') ? SOON_SECONDS : undefined)
  return after === undefined ? { kind: 'rejected', code } : { kind: 'retry', retryAfterSeconds: after, code }
}

function readAnswer(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** SendSms of 2017-05-25. Number and text go in the body alone: an address stands in the books of every proxy. */
export function createSms({ url, keyId, secret, sign, clock, fetch: send = fetch }: SmsOptions): Sms {
  const address = new URL(url)
  const ask = async ({ to, templateCode, parameters, id }: OutgoingSms) => {
    const body = new URLSearchParams({
      PhoneNumbers: to,
      SignName: sign,
      TemplateCode: templateCode,
      TemplateParam: JSON.stringify(parameters),
      OutId: id,
    }).toString()
    const headers = signedHeaders({
      url: address,
      action: 'SendSms',
      version: '2017-05-25',
      body,
      keyId,
      secret,
      date: `${clock.now().slice(0, 19)}Z`,
      nonce: randomUUID(),
    })
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
    return (await send(address, { method: 'POST', headers, body, signal })).text()
  }
  return {
    async send(message) {
      let text: string
      try {
        text = await ask(message)
      } catch (error) {
        return neverSent(error)
          ? { kind: 'retry', retryAfterSeconds: SOON_SECONDS, code: null }
          : { kind: 'unknown' }
      }
      const answer = readAnswer(text)
      const code = answer?.['Code']
      if (typeof code !== 'string') return { kind: 'unknown' }
      if (code !== 'OK') return outcomeOf(code)
      const messageId = answer?.['BizId']
      return { kind: 'sent', messageId: typeof messageId === 'string' ? messageId : null }
    },
  }
}
