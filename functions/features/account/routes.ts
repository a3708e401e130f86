import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  aboutCounty,
  accountChange,
  accountChanged,
  accountCopy,
  account as accountSchema,
  agreeing,
  agreementList,
  agreementRead,
  createInvitation,
  createSession,
  givenConsents,
  type InvitationCreated,
  identityConfirmation,
  invitationCreated,
  memberList,
  phoneCode,
  redeemInvitation,
  sessionCreated,
  sessionList,
  typedIdentity,
  withdrawing,
} from '#shared/contract/account'
import { id } from '#shared/contract/primitives'
import { AGREEMENT_KINDS } from '#shared/domain/account/agreements'
import type { HttpEnv } from '../../platform/http/environment'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  principalOf,
  requireTokenHash,
} from '../../platform/http/route'
import { writtenJson } from '../../platform/http/written-json'
import { type AccountDeps, readAccount } from './accounts'
import { createAgree, createWithdrawConsent } from './agree'
import { listAgreements, readAgreement } from './agreements'
import { demandPhone } from './change-profile'
import type { ClosingDeps } from './closing/deps'
import { createClosingRoutes } from './closing/routes'
import { type CodeBrakeDeps, createCodeBrake } from './code-brake'
import { brakeAgreeing } from './consents'
import { type CopyDeps, copyAccount } from './copy-account'
import { createDeskSessionRoutes } from './desk/routes'
import { createChangeAccount, createConfirmIdentity, createSetPhone, createTypeIdentity } from './identify'
import {
  brakeInvitations,
  createCompleteInvitation,
  inviteStaff,
  type KeptInvitation,
  linkedInvitation,
} from './invitations'
import { listConsents } from './list-consents'
import { createLogIn } from './log-in'
import { createMemberRoutes } from './member-routes'
import { listMembers } from './members'
import { createRedeemInvitation } from './redeem-invitation'
import { endSession, listSessions } from './sessions'

const self = { authorize: { kind: 'signed-in', scope: 'self' } } as const
const DEVICE_LENGTH = 80

export interface AccountRouteDeps extends ClosingDeps, CodeBrakeDeps, CopyDeps {
  /** Sponsor, filing number, contact, towns: what the office must show. */
  readonly about: () => Promise<z.infer<typeof aboutCounty>>
  /** As the database has them. */
  readonly newestAgreements: AccountDeps['agreements']
}

const changeOf = async (context: Context<HttpEnv>) => ({
  principal: principalOf(context),
  intent: await intentOf(context),
})

/** What is a person's own will, and said at no desk. */
const ownChangeOf = (context: Context<HttpEnv>) => {
  demandPhone(principalOf(context))
  return changeOf(context)
}

export function createAccountRoutes(deps: AccountRouteDeps) {
  const logIn = createLogIn(deps)
  const brakeFailed = createCodeBrake(deps)
  const setPhone = createSetPhone(deps)
  const typeIdentity = createTypeIdentity(deps)
  const confirm = createConfirmIdentity(deps)
  const change = createChangeAccount(deps)
  const redeem = createRedeemInvitation(deps)
  const complete = createCompleteInvitation(deps)
  const whole = { 200: jsonContent(accountSchema) }
  const done = { 200: jsonContent(accountChanged) }
  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/about',
          responses: { 200: jsonContent(aboutCounty) },
        },
      ),
      async (context) => context.json(await deps.about(), 200),
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'proof', of: 'login-code' } },
        {
          method: 'post',
          path: '/api/sessions',
          request: { body: jsonBody(createSession) },
          responses: { 201: jsonContent(sessionCreated) },
        },
      ),
      async (context) => {
        const device = (context.req.header('User-Agent') ?? '').slice(0, DEVICE_LENGTH)
        const { code, consents } = context.req.valid('json')
        const loggedIn = await logIn(code, device, consents).catch((cause: unknown) =>
          brakeFailed(context, cause),
        )
        return context.json(loggedIn, 201)
      },
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'get',
        path: '/api/sessions',
        responses: { 200: jsonContent(sessionList) },
      }),
      async (context) => context.json(await listSessions(deps, principalOf(context)), 200),
    )
    .openapi(
      authorizedRoute(
        deps,
        { ...self, keyless: true },
        {
          method: 'delete',
          path: '/api/sessions/current',
          responses: { 204: { description: 'ended' } },
        },
      ),
      async (context) => {
        const principal = principalOf(context)
        await endSession(deps, principal, principal.sessionId)
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(
        deps,
        { ...self, keyless: true },
        {
          method: 'delete',
          path: '/api/sessions/{id}',
          request: { params: z.strictObject({ id }) },
          responses: { 204: { description: 'ended' } },
        },
      ),
      async (context) => {
        await endSession(deps, principalOf(context), context.req.valid('param').id)
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, self, { method: 'get', path: '/api/account', responses: whole }),
      async (context) => context.json(await readAccount(deps, principalOf(context).profileId), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'get',
        path: '/api/account/copy',
        responses: { 200: jsonContent(accountCopy) },
      }),
      async (context) =>
        context.json(await copyAccount(deps, principalOf(context), requireTokenHash(context)), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account',
        request: { body: jsonBody(accountChange) },
        responses: done,
      }),
      async (context) => context.json(await change(await changeOf(context), context.req.valid('json')), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/phone',
        request: { body: jsonBody(phoneCode) },
        responses: done,
      }),
      async (context) => {
        const set = setPhone(await ownChangeOf(context), context.req.valid('json'))
        return context.json(await set.catch((cause: unknown) => brakeFailed(context, cause)), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/identity',
        request: { body: jsonBody(typedIdentity) },
        responses: done,
      }),
      async (context) =>
        context.json(await typeIdentity(await ownChangeOf(context), context.req.valid('json')), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/identity-confirmation',
        request: { body: jsonBody(identityConfirmation) },
        responses: done,
      }),
      async (context) => {
        const confirmed = confirm(await ownChangeOf(context), context.req.valid('json'))
        return context.json(await confirmed.catch((cause: unknown) => brakeFailed(context, cause)), 200)
      },
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'staff', roles: ['admin'], scope: 'county' }, complete, secondFactor: true },
        {
          method: 'post',
          path: '/api/invitations',
          request: { body: jsonBody(createInvitation) },
          responses: { 201: jsonContent(invitationCreated) },
        },
      ),
      async (context) => {
        const inviter = await changeOf(context)
        const { staffId } = context.req.valid('json')
        await brakeInvitations(deps, staffId)
        const committed = await inviteStaff(deps, staffId, inviter)
        if (committed.kind === 'replayed') return replayOf(context, inviter.intent, committed.prior, complete)
        const invitation = await linkedInvitation(deps, committed.answer as KeptInvitation)
        return writtenJson<InvitationCreated, 201>(context, 201, JSON.stringify(invitation))
      },
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'staff', roles: ['admin'], scope: 'county' } },
        { method: 'get', path: '/api/invitations', responses: { 200: jsonContent(memberList) } },
      ),
      async (context) => context.json(await listMembers(deps), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/invitations/redemption',
        request: { body: jsonBody(redeemInvitation) },
        responses: done,
      }),
      async (context) => {
        const redeemed = redeem(await changeOf(context), context.req.valid('json').token)
        return context.json(await redeemed.catch((cause: unknown) => brakeFailed(context, cause)), 200)
      },
    )
    .route('/', createMemberRoutes(deps))
    .route('/', createAgreementRoutes(deps))
    .route('/', createClosingRoutes(deps))
    .route('/', createDeskSessionRoutes(deps))
}

/** What a person agrees to: to be read by anybody, given and taken back by whoever is logged in. */
function createAgreementRoutes(deps: AccountRouteDeps) {
  const agree = createAgree(deps)
  const withdraw = createWithdrawConsent(deps)
  const open = { authorize: { kind: 'public' } } as const
  const done = { 200: jsonContent(accountChanged) }
  return createFeature()
    .openapi(
      authorizedRoute(deps, open, {
        method: 'get',
        path: '/api/agreements',
        responses: { 200: jsonContent(agreementList) },
      }),
      async (context) => context.json(await listAgreements(deps), 200),
    )
    .openapi(
      authorizedRoute(deps, open, {
        method: 'get',
        path: '/api/agreements/{kind}/{version}',
        request: {
          params: z.strictObject({ kind: z.enum(AGREEMENT_KINDS), version: z.string().regex(/^\d{1,4}$/) }),
        },
        responses: { 200: jsonContent(agreementRead) },
      }),
      async (context) => {
        const { kind, version } = context.req.valid('param')
        return context.json(await readAgreement(deps, kind, version), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'get',
        path: '/api/account/consents',
        responses: { 200: jsonContent(givenConsents) },
      }),
      async (context) => context.json(await listConsents(deps, principalOf(context).profileId), 200),
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/consents',
        request: { body: jsonBody(agreeing) },
        responses: done,
      }),
      async (context) => {
        const { consents } = context.req.valid('json')
        await brakeAgreeing(deps, principalOf(context), consents)
        return context.json(await agree(await ownChangeOf(context), consents), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/consents/withdrawal',
        request: { body: jsonBody(withdrawing) },
        responses: done,
      }),
      async (context) => {
        const { purpose } = context.req.valid('json')
        return context.json(await withdraw(await ownChangeOf(context), purpose), 200)
      },
    )
}
