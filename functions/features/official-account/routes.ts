import type { Context } from 'hono'
import { Hono } from 'hono'
import type { Clock } from '../../platform/ports/clock'
import type { Log } from '../../platform/ports/log'

export type PushedAccount = 'mini-program' | 'official-account'

const refusals = { 'wrong-signature': 403, 'too-big': 413, malformed: 400 } as const

interface PushQuery {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly messageSignature: string
}

/** What the receipt needs of an account; `Push` is the adapter's own type and passes through unseen. */
interface Channel<Push> {
  isGenuine(query: PushQuery): boolean
  open(
    query: PushQuery,
    body: string,
  ):
    | { readonly ok: true; readonly value: Push }
    | { readonly ok: false; readonly error: keyof typeof refusals }
  reply(push: Push, text: string, nowSeconds: number): string
}

export interface PushRouteDependencies<Push> {
  readonly channels: Readonly<Record<PushedAccount, Channel<Push>>>
  readonly clock: Clock
  readonly log: Log
  /**
   * Stores the push before anything follows from it, and knows a repeated one. What it answers is said to the
   * person at once; a failure makes WeChat send the push again.
   */
  onPush(account: PushedAccount, push: Push): Promise<string | undefined>
}

const MAX_BYTES = 64 * 1024
// WeChat's retries come seconds apart; an older request is somebody's copy.
const MAX_SKEW_SECONDS = 300
// WeChat hangs up after five seconds and sends the push again.
const ANSWER_WITHIN_MILLISECONDS = 4500

const queryOf = (context: Context): PushQuery => ({
  signature: context.req.query('signature') ?? '',
  timestamp: context.req.query('timestamp') ?? '',
  nonce: context.req.query('nonce') ?? '',
  messageSignature: context.req.query('msg_signature') ?? '',
})

/** Receives what WeChat pushes to the two accounts: `/api/wechat/mini-program`, `/api/wechat/official-account`. */
export function createWechatPushRoutes<Push>(dependencies: PushRouteDependencies<Push>) {
  const { channels, clock, log } = dependencies
  const nowSeconds = () => Math.floor(Date.parse(clock.now()) / 1000)
  const isRecent = (query: PushQuery) =>
    /^\d{1,12}$/.test(query.timestamp) && Math.abs(nowSeconds() - Number(query.timestamp)) <= MAX_SKEW_SECONDS

  const receive = async (account: PushedAccount, query: PushQuery, body: string) => {
    const opened = channels[account].open(query, body)
    if (!opened.ok) {
      log.warn('wechat.push-refused', { account, reason: opened.error })
      return refusals[opened.error]
    }
    const late = new Promise<never>((_, reject) => {
      setTimeout(
        () => reject(new Error('the push was not stored in time')),
        ANSWER_WITHIN_MILLISECONDS,
      ).unref()
    })
    const words = await Promise.race([dependencies.onPush(account, opened.value), late])
    return words === undefined ? 'success' : channels[account].reply(opened.value, words, nowSeconds())
  }

  const app = new Hono()
  for (const account of ['mini-program', 'official-account'] as const) {
    app.get(`/api/wechat/${account}`, (context) => {
      const query = queryOf(context)
      const genuine = isRecent(query) && channels[account].isGenuine(query)
      return genuine ? context.text(context.req.query('echostr') ?? '') : context.text('forbidden', 403)
    })
    app.post(`/api/wechat/${account}`, async (context) => {
      const query = queryOf(context)
      if (!isRecent(query)) return context.text('forbidden', 403)
      if (Number(context.req.header('content-length') ?? 0) > MAX_BYTES) return context.text('too big', 413)
      try {
        const answer = await receive(account, query, await context.req.text())
        return typeof answer === 'number' ? context.text('refused', answer) : context.text(answer)
      } catch (error) {
        log.error('wechat.push-not-stored', { account }, error)
        return context.text('try again', 500)
      }
    })
  }
  return app
}
