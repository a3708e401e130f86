import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deadLetterParams, deadLetters, deadLettersQuery, letterResent } from '#shared/contract/dead-letters'
import { PROBLEMS } from '#shared/contract/problems'
import { consents, inbox, inboxQuery, inboxRead, readInbox, reportConsents } from '#shared/contract/reminder'
import { reminderSettings, switchReminders as switched } from '#shared/contract/reminder-settings'
import { fixedGroupsIn } from '#shared/domain/reminder/message-groups'
import type { HttpEnv } from '../../platform/http/environment'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import { ProblemError } from '../../platform/http/problem'
import {
  type Authorization,
  authorizedRoute,
  createFeature,
  type HttpDeps,
  permitted,
  principalOf,
  requireTokenHash,
} from '../../platform/http/route'
import type { Cipher } from '../../platform/ports/cipher'
import type { Ids } from '../../platform/ports/ids'
import type { MessageTemplates } from '../../platform/ports/message-templates'
import { findConsents, reportChoices } from './consents'
import { findDeadLetters, resendLetter } from './dead-letters'
import { findInbox, markInboxRead } from './inbox'
import { completeSettings, findSettings, switchReminders } from './settings'

export interface ReminderRouteDeps extends HttpDeps {
  readonly cipher: Cipher
  readonly ids: Ids
  readonly templates: MessageTemplates
  /** Somebody waits for what is in the queue now. */
  readonly onCommitted: () => void
  /** The county has a provider of short messages. */
  readonly hasSms: boolean
  /** Items of whose cases only the holders of their steps know. */
  readonly confidentialIds: () => Promise<readonly string[]>
}

const mine: Authorization = { kind: 'signed-in', scope: 'self' }
/** What does not go out is the whole county's. */
const administering: Authorization = { kind: 'staff', roles: ['admin'], scope: 'county' }

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

  const listSettings = authorizedRoute(
    deps,
    { authorize: mine, principal: 'carried' },
    {
      method: 'get',
      path: '/api/reminder-settings',
      summary: '哪些提醒要响，用什么响，晚上什么时候不打扰',
      responses: json('每一样响不响，哪些关不掉，用什么告诉，晚上从几点到几点不打扰', reminderSettings),
    },
  )
  const completed = async (kept: string) => JSON.stringify(await completeSettings(deps, JSON.parse(kept)))
  const changeSettings = authorizedRoute(
    deps,
    { authorize: mine, complete: completed },
    {
      method: 'post',
      path: '/api/reminder-settings',
      summary: '打开或者关掉几样提醒、一种途径，改晚上从几点到几点不打扰',
      request: body(switched),
      responses: json('每一样响不响，哪些关不掉，用什么告诉，晚上从几点到几点不打扰', reminderSettings),
    },
  )
  const listDead = authorizedRoute(
    deps,
    { authorize: administering, principal: 'carried' },
    {
      method: 'get',
      path: '/api/work/reminders',
      summary: '没发成的提醒，最新的在前，不说是谁的',
      request: { query: deadLettersQuery },
      responses: json('一页没发成的提醒', deadLetters),
    },
  )
  const resend = authorizedRoute(
    deps,
    { authorize: administering, secondFactor: true },
    {
      method: 'post',
      path: '/api/work/reminders/{id}/resend',
      summary: '把没发成的一条再发一次',
      request: { params: deadLetterParams },
      responses: json('排上了几条，几条已经不用发', letterResent),
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
    .openapi(listSettings, async (context) => {
      const found = await findSettings(deps, sessionOf(context))
      permitted(mine, found.principal)
      return context.json(found.settings, 200)
    })
    .openapi(changeSettings, async (context) => {
      const intent = await intentOf(context)
      const principal = principalOf(context)
      // At a desk others sit before it.
      if (principal.sessionKind !== 'phone') throw new ProblemError('account.phone-needed')
      const wishes = context.req.valid('json')
      const { title: message } = PROBLEMS['reminder.kind-fixed']
      const errors = fixedGroupsIn(wishes.kinds).map((at) => ({
        pointer: `/kinds/${at}/on`,
        code: 'reminder.kind-fixed',
        message,
      }))
      if (errors.length > 0) throw new ProblemError('reminder.kind-fixed', { errors })
      const committed = await switchReminders(deps, { principal, intent, now: clock.now() }, wishes)
      if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior, completed)
      return context.json(reminderSettings.parse(await completeSettings(deps, committed.answer)), 200)
    })
    .openapi(listDead, async (context) => {
      const { limit, cursor } = context.req.valid('query')
      const confidentialIds = await deps.confidentialIds()
      const asked = { ...sessionOf(context), limit, cursor, confidentialIds }
      const found = await findDeadLetters(database, asked)
      const { secondFactor } = permitted(administering, found.principal)
      if (secondFactor === 'asked') throw new ProblemError('account.second-factor-needed')
      return context.json(found.letters, 200)
    })
    .openapi(resend, async (context) => {
      const intent = await intentOf(context)
      const request = { principal: principalOf(context), intent, now: clock.now() }
      const committed = await resendLetter(deps, request, context.req.valid('param').id)
      if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
      deps.onCommitted()
      return context.json(letterResent.parse(committed.answer), 200)
    })
}
