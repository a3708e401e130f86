import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { consents, inbox, inboxQuery, inboxRead, readInbox, reportConsents } from '#shared/contract/reminder'
import type { HttpEnv } from '../../platform/http/environment'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import {
  type Authorization,
  authorizedRoute,
  createFeature,
  type HttpDeps,
  permitted,
  requireTokenHash,
} from '../../platform/http/route'
import type { Cipher } from '../../platform/ports/cipher'
import type { MessageTemplates } from '../../platform/ports/message-templates'
import { findConsents, reportChoices } from './consents'
import { findInbox, markInboxRead } from './inbox'

export interface ReminderRouteDeps extends HttpDeps {
  readonly cipher: Cipher
  readonly templates: MessageTemplates
}

const mine: Authorization = { kind: 'signed-in', scope: 'self' }

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
})
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

/** The inbox of messages and the consents on which WeChat's own delivery depends. */
export function createReminderRoutes(deps: ReminderRouteDeps) {
  const { database, cipher, clock, templates } = deps
  const sessionOf = (context: Context<HttpEnv>) => ({
    tokenHash: requireTokenHash(context),
    now: clock.now(),
  })

  const listInbox = authorizedRoute(
    deps,
    { authorize: mine, principal: 'carried' },
    {
      method: 'get',
      path: '/api/inbox',
      summary: '我的消息，最新的在前',
      request: { query: inboxQuery },
      responses: json('一页消息', inbox),
    },
  )
  const readUpTo = authorizedRoute(
    deps,
    { authorize: mine },
    {
      method: 'post',
      path: '/api/inbox/read',
      summary: '看过了，到这一条为止',
      request: body(readInbox),
      responses: json('新看过的条数，和还没看的', inboxRead),
    },
  )
  const listConsents = authorizedRoute(
    deps,
    { authorize: mine, principal: 'carried' },
    {
      method: 'get',
      path: '/api/consents',
      summary: '微信还能提醒我几次',
      responses: json('每种提醒剩下的次数', consents),
    },
  )
  const report = authorizedRoute(
    deps,
    { authorize: mine },
    {
      method: 'post',
      path: '/api/consents',
      summary: '微信窗口里选了什么',
      request: body(reportConsents),
      responses: json('每种提醒剩下的次数', consents),
    },
  )

  return createFeature()
    .openapi(listInbox, async (context) => {
      const found = await findInbox(database, cipher, sessionOf(context), context.req.valid('query'))
      permitted(mine, found.principal)
      return context.json(found.inbox, 200)
    })
    .openapi(readUpTo, async (context) => {
      const intent = await intentOf(context)
      const { upTo } = context.req.valid('json')
      const committed = await markInboxRead(database, sessionOf(context), upTo, intent)
      if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
      return context.json(inboxRead.parse(committed.answer), 200)
    })
    .openapi(listConsents, async (context) => {
      const found = await findConsents(database, templates, sessionOf(context))
      permitted(mine, found.principal)
      return context.json(found.consents, 200)
    })
    .openapi(report, async (context) => {
      const intent = await intentOf(context)
      const { choices } = context.req.valid('json')
      const committed = await reportChoices(database, templates, sessionOf(context), choices, intent)
      if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
      return context.json(consents.parse(committed.answer), 200)
    })
}
