import { z } from '@hono/zod-openapi'
import { missedItems } from '#shared/contract/missed-items'
import { id } from '#shared/contract/primitives'
import { repliesWritten, workReplies, writeReplies } from '#shared/contract/replies'
import {
  type CaseLook,
  caseFound,
  caseLook,
  caseNumberSought,
  caseSearch,
  identityCheck,
  identityChecks,
  lookAtCase,
  queue,
  queueQuery,
} from '#shared/contract/work'
import { FACE_TO_FACE } from '#shared/domain/case/whose/identity-check'
import { STAFF_ROLES } from '#shared/domain/organization/staff'
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
import type { CaseDeps } from '../case'
import { createCheckByNumber } from './check-by-number'
import { createFindByNumber } from './find-by-number'
import { createListDone } from './list-done'
import { createListMissed } from './list-missed'
import { createListTasks } from './list-tasks'
import { createLookAtCase } from './look-at-case'
import { createListReplies, createWriteReplies } from './replies'
import { createSearchCases } from './search-cases'

const held = {
  authorize: { kind: 'signed-in', scope: 'own-cases-and-held-tasks' },
  principal: 'carried',
} as const
const finding = {
  authorize: { kind: 'staff', roles: ['supervisor'], scope: 'county' },
  keyless: true,
} as const
const supervising = { authorize: { kind: 'staff', roles: ['supervisor'], scope: 'county' } } as const
const working = { authorize: { kind: 'staff', roles: STAFF_ROLES, scope: 'unit' } } as const
const atCounter = {
  authorize: { kind: 'staff', roles: FACE_TO_FACE, scope: 'unit' },
  keyless: true,
} as const

export function createDeskRoutes(deps: CaseDeps) {
  const listTasks = createListTasks(deps)
  const listDone = createListDone(deps)
  const listReplies = createListReplies(deps)
  const writeList = createWriteReplies(deps)
  const listMissed = createListMissed(deps)
  const searchCases = createSearchCases(deps)
  const checkByNumber = createCheckByNumber(deps)
  const findByNumber = createFindByNumber(deps)
  const look = createLookAtCase(deps)

  return createFeature()
    .openapi(
      authorizedRoute(deps, held, {
        method: 'get',
        path: '/api/work/cases',
        request: { query: queueQuery },
        responses: { 200: jsonContent(queue) },
      }),
      async (context) => {
        const { tab, cursor = null } = context.req.valid('query')
        const tokenHash = requireTokenHash(context)
        const page = tab === 'done' ? listDone(tokenHash, cursor) : listTasks(tokenHash, { tab, cursor })
        return context.json(await page, 200)
      },
    )
    .openapi(
      authorizedRoute(
        deps,
        { ...held, keyless: true },
        {
          method: 'post',
          path: '/api/work/cases/search',
          request: { body: jsonBody(caseSearch) },
          responses: { 200: jsonContent(queue) },
        },
      ),
      async (context) => {
        const { q, tab, cursor } = context.req.valid('json')
        return context.json(
          await searchCases(requireTokenHash(context), { q, tab, cursor: cursor ?? null }),
          200,
        )
      },
    )
    .openapi(
      authorizedRoute(deps, supervising, {
        method: 'post',
        path: '/api/work/cases/{id}/looks',
        request: { params: z.strictObject({ id }), body: jsonBody(lookAtCase) },
        responses: { 201: jsonContent(caseLook) },
      }),
      async (context) => {
        const request = {
          caseId: context.req.valid('param').id,
          tokenHash: requireTokenHash(context),
          intent: await intentOf(context),
        }
        const { body } = await look(request, context.req.valid('json'))
        return writtenJson<CaseLook, 201>(context, 201, body)
      },
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'get',
        path: '/api/work/missed-items',
        responses: { 200: jsonContent(missedItems) },
      }),
      async (context) => context.json(await listMissed(principalOf(context)), 200),
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'get',
        path: '/api/work/replies',
        responses: { 200: jsonContent(workReplies) },
      }),
      async (context) => context.json(await listReplies(principalOf(context)), 200),
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'post',
        path: '/api/work/replies',
        request: { body: jsonBody(writeReplies) },
        responses: { 200: jsonContent(repliesWritten) },
      }),
      async (context) => {
        const intent = await intentOf(context)
        const committed = await writeList(
          { principal: principalOf(context), intent },
          context.req.valid('json'),
        )
        if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
        return context.json(repliesWritten.parse(committed.answer), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, finding, {
        method: 'post',
        path: '/api/work/case-numbers',
        request: { body: jsonBody(caseNumberSought) },
        responses: { 200: jsonContent(caseFound) },
      }),
      async (context) => {
        const { caseNumber } = context.req.valid('json')
        return context.json(await findByNumber(principalOf(context), caseNumber), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, atCounter, {
        method: 'post',
        path: '/api/work/identity-checks',
        request: { body: jsonBody(identityCheck) },
        responses: { 200: jsonContent(identityChecks) },
      }),
      async (context) => {
        const idNumber = context.req.valid('json').idNumber.trim().toUpperCase()
        return context.json(await checkByNumber(principalOf(context), idNumber), 200)
      },
    )
}
