import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { actOnCase, confirmIdentity } from '#shared/contract/act-on-case'
import { afterDecision, draftedPapers, speakOnCase } from '#shared/contract/after-decision'
import { type CaseCreated, caseCreated, createCase } from '#shared/contract/application'
import {
  addToCase,
  type CaseChanged,
  caseAgain,
  caseChanged,
  caseDocument,
  caseList,
  caseView,
  disownCase,
  supplementCase,
  takeOverCase,
  undoAct,
  withdrawCase,
} from '#shared/contract/case'
import { chooseDelivery, deliverPaper, recordDeath } from '#shared/contract/delivery'
import { type CaseNudged, caseNudged, nudgeCase } from '#shared/contract/nudge'
import { id } from '#shared/contract/primitives'
import { type IdentityConfirmed, identityConfirmed } from '#shared/contract/work'
import type { HttpEnv } from '../../platform/http/environment'
import { intentOf } from '../../platform/http/idempotency'
import { ProblemError } from '../../platform/http/problem'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  requireTokenHash,
} from '../../platform/http/route'
import { writtenJson } from '../../platform/http/written-json'
import { createActOnCase } from './acts/act-on-case'
import { createAddToCase } from './acts/add-to-case'
import { createAfterDecision, createPapersOfAct, createSpeakOnCase } from './acts/after-decision'
import { createApplyAgain } from './acts/apply-again'
import { createChooseDelivery, createDeliverPaper } from './acts/deliver-paper'
import { createNudgeCase } from './acts/nudge-case'
import { createRecordDeath } from './acts/record-death'
import { createSupplementCase } from './acts/supplement-case'
import { createUndo } from './acts/undo'
import type { Answered, CaseRequest } from './acts/verb'
import { createWithdrawCase } from './acts/withdraw-case'
import type { CaseDeps } from './deps'
import { createPrintDocument } from './documents/print-document'
import { createFileApplication } from './filing/file-application'
import { createListCases } from './lists/list-cases'
import { createReadFile } from './read-file'
import { brakeSheets, mine, OF_A_FILE, PDF } from './route-parts'
import { createReadCase } from './views/read-case'
import { createReadDocument } from './views/read-document'
import { createConfirmIdentity } from './whose/confirm-identity'
import { createDisownCase } from './whose/disown-case'
import { createTakeOverCase } from './whose/take-over-case'

const params = z.strictObject({ id })
const wanted = (context: Context<HttpEnv>) =>
  accepts(context, {
    header: 'Accept',
    supports: ['application/json', PDF],
    default: 'application/json',
  })
const filed = (context: Context<HttpEnv>, { body }: Answered) =>
  writtenJson<CaseCreated, 201>(context, 201, body)

export function createCaseRoutes(deps: CaseDeps) {
  const fileApplication = createFileApplication(deps)
  const readCase = createReadCase(deps)
  const listCases = createListCases(deps)
  const applyAgain = createApplyAgain(deps)
  const confirm = createConfirmIdentity(deps)
  const readFile = createReadFile(deps)
  const readDocument = createReadDocument(deps)
  const printDocument = createPrintDocument(deps)
  const papersOfAct = createPapersOfAct(deps)
  const nudge = createNudgeCase(deps)

  const requestOf = async (context: Context<HttpEnv>, caseId: string) => ({
    caseId,
    tokenHash: requireTokenHash(context),
    intent: await intentOf(context),
  })

  const feature = createFeature()
  /** An act on a case that stands. */
  const verb = <Body>(
    door: string,
    schema: z.ZodType<Body>,
    run: (request: CaseRequest, body: Body) => Promise<Answered>,
  ) =>
    feature.openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: `/api/cases/{id}/${door}`,
        request: { params, body: jsonBody(schema) },
        responses: { 200: jsonContent(caseChanged) },
      }),
      async (context) => {
        const request = await requestOf(context, context.req.valid('param').id)
        const { body } = await run(request, context.req.valid('json') as Body)
        return writtenJson<CaseChanged, 200>(context, 200, body)
      },
    )
  verb('actions', actOnCase, createActOnCase(deps))
  verb('after-decision', afterDecision, createAfterDecision(deps))
  verb('statement', speakOnCase, createSpeakOnCase(deps))
  verb('delivery', deliverPaper, createDeliverPaper(deps))
  verb('death', recordDeath, createRecordDeath(deps))
  verb('delivery-choice', chooseDelivery, createChooseDelivery(deps))
  verb('undo', undoAct, createUndo(deps))
  verb('supplement', supplementCase, createSupplementCase(deps))
  verb('additions', addToCase, createAddToCase(deps))
  verb('takeover', takeOverCase, createTakeOverCase(deps))
  verb('withdrawal', withdrawCase, createWithdrawCase(deps))
  verb('disownment', disownCase, createDisownCase(deps))

  return feature
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: '/api/cases',
        request: { body: jsonBody(createCase) },
        responses: { 201: jsonContent(caseCreated) },
      }),
      async (context) => {
        const {
          serviceItemId,
          answers,
          materials,
          agent,
          channel,
          src,
          assisted,
          consent,
          applicant,
          relation,
          renews,
          commitment,
          delivery,
        } = context.req.valid('json')
        const application = {
          serviceItemId,
          answers,
          materials,
          agent: agent ?? false,
          channel: channel ?? 'mini',
          src: src ?? null,
          assisted: assisted ?? false,
          consent: consent?.how,
          relation: relation ?? [],
          renews,
          applicant,
          commitment,
          delivery,
        }
        return filed(
          context,
          await fileApplication({
            tokenHash: requireTokenHash(context),
            intent: await intentOf(context),
            application,
          }),
        )
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases',
        request: { query: z.strictObject({ cursor: id.optional() }) },
        responses: { 200: jsonContent(caseList) },
      }),
      async (context) =>
        context.json(
          await listCases(requireTokenHash(context), context.req.valid('query').cursor ?? null),
          200,
        ),
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}',
        request: { params },
        responses: { 200: jsonContent(caseView) },
      }),
      async (context) =>
        context.json(await readCase(requireTokenHash(context), context.req.valid('param').id), 200),
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: '/api/cases/{id}/after-decision/papers',
        request: { params, body: jsonBody(afterDecision) },
        responses: { 200: jsonContent(draftedPapers) },
      }),
      async (context) => {
        const request = await requestOf(context, context.req.valid('param').id)
        return context.json(await papersOfAct(request, context.req.valid('json')), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: '/api/cases/{id}/nudge',
        request: { params, body: jsonBody(nudgeCase) },
        responses: { 201: jsonContent(caseNudged) },
      }),
      async (context) => {
        const { body } = await nudge(await requestOf(context, context.req.valid('param').id))
        return writtenJson<CaseNudged, 201>(context, 201, body)
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: '/api/cases/{id}/again',
        request: { params },
        responses: { 200: jsonContent(caseAgain) },
      }),
      async (context) => {
        // A body would be part of what is meant, and nothing is meant by it.
        if ((await context.req.text()) !== '') throw new ProblemError('request.malformed')
        return context.json(await applyAgain(await requestOf(context, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'post',
        path: '/api/cases/{id}/identity-confirmation',
        request: { params, body: jsonBody(confirmIdentity) },
        responses: { 200: jsonContent(identityConfirmed) },
      }),
      async (context) => {
        const request = await requestOf(context, context.req.valid('param').id)
        const { body } = await confirm(request, context.req.valid('json'))
        return writtenJson<IdentityConfirmed, 200>(context, 200, body)
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/documents/{documentId}',
        request: { params: z.strictObject({ id, documentId: id }) },
        responses: {
          200: {
            description: 'as a page reads it, or as a sheet of paper where that is asked for',
            content: { 'application/json': { schema: caseDocument }, [PDF]: {} },
          },
        },
      }),
      async (context) => {
        const { id, documentId } = context.req.valid('param')
        const onPaper = wanted(context) === PDF
        const { document, printedBy } = await readDocument(requireTokenHash(context), id, documentId, {
          onPaper,
        })
        context.header('Vary', 'Accept', { append: true })
        if (!onPaper) return context.json(document, 200)
        await brakeSheets(deps, printedBy.principal)
        return context.newResponse(new Uint8Array(await printDocument(document, printedBy)), 200, {
          ...OF_A_FILE,
          'Content-Type': PDF,
        })
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/files/{fileId}',
        request: { params: z.strictObject({ id, fileId: id }) },
        responses: { 200: { description: 'the file', content: { 'application/octet-stream': {} } } },
      }),
      async (context) => {
        const { id, fileId } = context.req.valid('param')
        const file = await readFile(requireTokenHash(context), id, fileId)
        return context.newResponse(new Uint8Array(file.bytes), 200, {
          ...OF_A_FILE,
          'Content-Type': file.contentType,
        })
      },
    )
}
