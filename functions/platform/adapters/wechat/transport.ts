import { isSafeNumber, parse } from 'lossless-json'
import { neverSent } from '../never-sent'

/** Longer than WeChat takes, shorter than a person waits. */
const TIMEOUT_MILLISECONDS = 6000

export type WechatAnswer = Readonly<Record<string, unknown>>

/** WeChat answered with an error. Carries the code alone: its text may name tokens and people. */
export class WechatRefusal extends Error {
  constructor(readonly code: number) {
    super(`WeChat answered ${code}`)
    this.name = 'WechatRefusal'
  }
}

/** No readable answer came; `sent` tells whether WeChat may have done what was asked. */
export class WechatUnreachable extends Error {
  constructor(readonly sent: 'no' | 'maybe') {
    super(`WeChat did not answer (sent: ${sent})`)
    this.name = 'WechatUnreachable'
  }
}

export interface WechatRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}

/** One HTTP call; rejects with `WechatRefusal` or `WechatUnreachable` and nothing else. */
export type Transport = (request: WechatRequest) => Promise<WechatAnswer>

const unreachable = (error: unknown) => new WechatUnreachable(neverSent(error) ? 'no' : 'maybe')

/** Ids of 64 bits stay text, since a JavaScript number would lose their last digits. */
function readAnswer(text: string): WechatAnswer {
  let value: unknown
  try {
    value = parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits))
  } catch {
    throw new WechatUnreachable('maybe')
  }
  if (typeof value !== 'object' || value === null) throw new WechatUnreachable('maybe')
  return value as WechatAnswer
}

export function createTransport(base: string, send: typeof fetch): Transport {
  const read = async ({ method, path, query = {}, body }: WechatRequest) => {
    const parameters = new URLSearchParams(query).toString()
    try {
      const response = await send(`${base}${path}${parameters ? `?${parameters}` : ''}`, {
        method,
        // Raw UTF-8: WeChat shows \u escapes as they stand in menus and messages.
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      return await response.text()
    } catch (error) {
      throw unreachable(error)
    }
  }
  return async (request) => {
    const answer = readAnswer(await read(request))
    const code = answer['errcode']
    if (typeof code === 'number' && code !== 0) throw new WechatRefusal(code)
    return answer
  }
}
