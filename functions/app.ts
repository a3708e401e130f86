import { OpenAPIHono } from '@hono/zod-openapi'
import { secureHeaders } from 'hono/secure-headers'
import type { AboutCounty } from '#shared/contract/account'
import type { Agreement } from '#shared/domain/account/agreements'
import { isForOthers, toldApartBy } from '#shared/domain/application/item-answers'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { CONSENT_TEMPLATES } from '#shared/domain/reminder/templates'
import { createAccountRoutes, createEndRecords } from './features/account'
import { createApplicationRoutes, createFilePostRoutes, removeUnusedUploads } from './features/application'
import {
  type CaseDeps,
  createCaseRoutes,
  createCasesOnLeaving,
  createCertificateRoutes,
  createCopyCases,
  createEntryRoutes,
  createFiledOfItem,
  createFillLines,
  createFillSearch,
  createFollowFiler,
  createForgetObjectors,
  createListMoves,
  createNoticeRoutes,
  createObjectionRoutes,
  createReceiptRoutes,
  createRunDeadlines,
  createSettleNow,
  createTellNewOwner,
  myCases,
} from './features/case'
import { createDeskRoutes, createHandOver } from './features/desk'
import { DOCUMENT_RULES } from './features/document'
import { createHealthRoutes } from './features/health'
import { answerTo } from './features/official-account/answer'
import { createWechatPushRoutes } from './features/official-account/routes'
import { townsOf } from './features/organization'
import { createRatingRoutes } from './features/rating'
import {
  createDrain,
  createFollowerBook,
  createPlanCertificateEnds,
  createPlanDueReminders,
  createPlanPowerEnds,
  createPlanRatingInvitations,
  createPlanReminders,
  createReminderRoutes,
  createSealWorkLeft,
  createWechatEventReceiver,
  sealBody,
} from './features/reminder'
import {
  createReferenceSource,
  createServiceItemRoutes,
  type Reference,
  unitToAsk,
} from './features/service-item'
import { createCalendarRoutes } from './features/time-limit/calendar-routes'
import { createTimeLimitRoutes } from './features/time-limit/routes'
import { createJobRoutes, type Jobs } from './jobs'
import { drainReminders } from './jobs/drain-reminders'
import { remindOfDeadlines } from './jobs/remind-of-deadlines'
import { removeExpired } from './jobs/remove-expired'
import { runNight } from './jobs/run-deadlines'
import { createPushChannel } from './platform/adapters/wechat/push-channel'
import type { Environment } from './platform/config/environment'
import { unsetIn } from './platform/config/unset'
import { removeExpiredRows, removeOldRows } from './platform/db/remove-expired-rows'
import { accessLog, requestId } from './platform/http/access-log'
import { createBrake } from './platform/http/brake'
import { createClientAddress } from './platform/http/client-address'
import { demoHeader } from './platform/http/demo-header'
import type { HttpEnv } from './platform/http/environment'
import { keptByNobody } from './platform/http/kept-by-nobody'
import { limitBody } from './platform/http/limit-body'
import { createErrorHandler, problemResponse } from './platform/http/problem'
import { serverDate } from './platform/http/server-date'
import type { Services } from './services'

const MAX_BODY_BYTES = 1024 * 1024
/** Of a statement for which somebody waits; they are told within five seconds. */
export const STATEMENT_MILLISECONDS = 4000
/** Called after each commit that wrote reminders; the server drains soon after. */
export type AfterCommit = () => void
/** Of what goes on after an answer: a platform that stops with the answer waits for it; a process lives on by itself. */
export type KeepAlive = (work: Promise<unknown>) => void

/** Where residents open the product: on a machine of one's own its own port. */
const ownAddressOf = ({ PUBLIC_URL, PORT }: Environment) => PUBLIC_URL ?? `http://127.0.0.1:${PORT}`

/** What can be dialled: a contact may be written with a name. */
const numberIn = (contact: string) => /\+?\d[\d-]{2,}\d/.exec(contact)?.[0] ?? null

const endsOnOf = ({ SERVICE_ENDS_ON }: Environment) =>
  SERVICE_ENDS_ON === undefined ? null : plainDate(SERVICE_ENDS_ON)

function aboutOf(services: Services, reference: Reference): AboutCounty {
  const { environment, clock } = services
  const sponsor = reference.fact<{
    name: string
    unitId: string
    filingNumber: string
    dataContactPhone: string
    hotline: string
  }>('sponsor')
  const demo = environment.PROFILE === 'embedded'
  const dataContact = environment.DATA_CONTACT ?? (demo ? sponsor.dataContactPhone : '')
  return {
    county: reference.fact<{ region: { name: string } }>('county').region.name,
    sponsor: environment.SPONSOR_NAME ?? sponsor.name,
    filingNumber: environment.FILING_NUMBER ?? (demo ? sponsor.filingNumber : ''),
    dataContact,
    dataAsk: unitToAsk(reference, sponsor.unitId, numberIn(dataContact), clock.now()),
    hotline: sponsor.hotline,
    endsOn: endsOnOf(environment),
    demo,
    towns: townsOf(reference),
  }
}

/** A county whose pack is of before has laid down nothing, and asks for nothing until it is loaded anew. */
const agreementsIn = (reference: Reference) => reference.fact<readonly Agreement[]>('agreements', [])

const reminderTitle = (templateId: string) =>
  new Map(Object.entries(CONSENT_TEMPLATES)).get(templateId)?.title ?? '别的提醒'

/**
 * A function lives for 30 seconds (`functions/vercel.mjs`), the request after which it drains included; a wave takes its limits,
 * its beginning and a call of at most six, and must be written before.
 */
const DRAIN_SECONDS = 15

/** The product over its ports: routes and jobs. */
export function createApp(
  services: Services,
  afterCommit: AfterCommit,
  keepAlive: KeepAlive = (work) => void work,
) {
  const { clock, cipher, ids, log, files, receiver, wechat, accounts, environment } = services
  const unset = unsetIn(environment)
  if (unset.length > 0) log.warn('configuration.unset', { variables: unset.join(' ') })
  const database = services.database.within(STATEMENT_MILLISECONDS)
  // Nobody waits for a job.
  const unhurried = services.database
  const reference = createReferenceSource({ database, clock })
  const demo = environment.PROFILE === 'embedded'
  const planReminders = createPlanReminders({ cipher, ids, clock, reference: () => reference.known() })
  const brake = createBrake(services)
  const caseDeps: CaseDeps = {
    database,
    clock,
    ids,
    cipher,
    files,
    reference,
    brake,
    planReminders,
    documents: DOCUMENT_RULES,
    printing: services.printing,
    isDemo: demo,
    ownAddress: ownAddressOf(environment),
    endsOn: endsOnOf(environment),
    onCommitted: afterCommit,
  }
  const { appid } = accounts.miniProgram
  const drain = createDrain({
    database: unhurried,
    wechat,
    limiter: services.limiter,
    rules: async () => {
      const { fact, calendar } = await reference.current()
      // A pack that was loaded before has not all of them.
      return { limits: { ...USUAL_LIMITS, ...fact('reminder-limits', USUAL_LIMITS) }, calendar }
    },
    cipher,
    clock,
    ids,
    log,
    appid,
    templates: services.templates,
    sms: services.sms,
  })
  const planDeps = { database: unhurried, clock, ids, cipher, reference }
  const planDueReminders = createPlanDueReminders(planDeps)
  const planPowerEnds = createPlanPowerEnds(planDeps)
  const planCertificateEnds = createPlanCertificateEnds(planDeps)
  const planRatingInvitations = createPlanRatingInvitations(planDeps)
  const onWechatEvent = createWechatEventReceiver({ database, clock, appid, templates: services.templates })
  const noteFollower = createFollowerBook({ database, clock, cache: services.cache, wechat })
  const jobDeps = { ...caseDeps, database: unhurried }
  const runCaseDeadlines = createRunDeadlines(jobDeps)
  const handOver = createHandOver(jobDeps)
  const settleNow = createSettleNow(jobDeps)
  // What is not settled anew at once is by the next run.
  const membersChanged = () => keepAlive(settleNow().catch((cause) => log.error('settle-now', {}, cause)))
  const fillSearch = createFillSearch(jobDeps)
  const fillLines = createFillLines(jobDeps)
  const jobs: Jobs = {
    'drain-reminders': () =>
      drainReminders({ drain, log, seconds: environment.PROFILE === 'serverless' ? DRAIN_SECONDS : null }),
    'run-deadlines': () => runNight({ runCaseDeadlines, fillSearch, fillLines, log }),
    'remove-expired': () =>
      removeExpired({
        log,
        removeExpiredRows: () => removeExpiredRows(unhurried, clock.now()),
        removeOldRows: () => removeOldRows(unhurried, clock.now()),
        endRecords: createEndRecords({ database: unhurried, clock }),
        forgetObjectors: createForgetObjectors({ database: unhurried, clock }),
        removeUnusedUploads: () => removeUnusedUploads({ database: unhurried, files, clock }),
      }),
    'remind-of-deadlines': () =>
      remindOfDeadlines({
        handOver,
        runCaseDeadlines,
        fillSearch,
        planDueReminders,
        planPowerEnds,
        planCertificateEnds,
        planRatingInvitations,
        log,
      }),
  }

  const api = new OpenAPIHono<HttpEnv>()
  api.use(requestId)
  api.use(serverDate(clock))
  if (demo) api.use(demoHeader)
  api.use(accessLog(log))
  api.use(secureHeaders({ xFrameOptions: demo ? false : 'SAMEORIGIN' }))
  api.use('/api/*', keptByNobody)
  const limited = limitBody(MAX_BODY_BYTES)
  api.use('/api/*', (context, next) => (context.req.path === '/api/files' ? next() : limited(context, next)))
  api.onError(createErrorHandler(log))
  api.notFound((context) => problemResponse(context, 'request.not-found'))

  const filedOfItem = createFiledOfItem(cipher)
  const clientAddress = createClientAddress(environment)
  const calendar = async () => (await reference.current()).calendar
  const routes = api
    .route(
      '/',
      createHealthRoutes({ database, profile: environment.PROFILE, localWechat: isLocalWechat(services) }),
    )
    .route(
      '/',
      createAccountRoutes({
        ...services,
        database,
        brake,
        sealMessage: (id, body) => sealBody(cipher, id, body),
        sealWorkLeft: createSealWorkLeft(services),
        // What is not handed back at once is by the next run.
        memberCame: () => {
          keepAlive(handOver().catch((cause) => log.error('hand-over', {}, cause)))
          membersChanged()
        },
        memberLeft: membersChanged,
        tellNewOwner: createTellNewOwner(caseDeps),
        followFiler: createFollowFiler(caseDeps),
        casesOnLeaving: createCasesOnLeaving(caseDeps),
        copiedCases: createCopyCases(caseDeps),
        reminderTitle,
        clientAddress,
        about: async () => aboutOf(services, await reference.current()),
        agreements: async () => agreementsIn(await reference.cached()),
        newestAgreements: async () => agreementsIn(await reference.current()),
      }),
    )
    .route(
      '/',
      createServiceItemRoutes({
        database,
        clock,
        cipher,
        reference,
        demo,
        endsOn: caseDeps.endsOn,
        myCases,
        filedOfItem,
        applying: { isForOthers, toldApartBy },
      }),
    )
    .route(
      '/',
      createApplicationRoutes({
        database,
        clock,
        ids,
        cipher,
        files,
        reference,
        filedOfItem,
        endsOn: caseDeps.endsOn,
      }),
    )
    .route(
      '/',
      createTimeLimitRoutes({
        database,
        clock,
        brake,
        clientAddress,
        cipher,
        calendar,
      }),
    )
    .route(
      '/',
      createCalendarRoutes({
        database,
        clock,
        ids,
        brake,
        calendar,
        listMoves: createListMoves(caseDeps),
        moveDates: createMoveDatesNow(createRunDeadlines(caseDeps), services),
      }),
    )
    .route('/', createCaseRoutes(caseDeps))
    .route('/', createCertificateRoutes({ ...caseDeps, clientAddress }))
    .route('/', createNoticeRoutes({ ...caseDeps, clientAddress }))
    .route('/', createObjectionRoutes({ ...caseDeps, clientAddress }))
    .route('/', createEntryRoutes(caseDeps))
    .route('/', createReceiptRoutes(caseDeps))
    .route('/', createDeskRoutes(caseDeps))
    .route('/', createRatingRoutes({ database, clock, ids, cipher }))
    .route(
      '/',
      createReminderRoutes({
        ...services,
        database,
        hasSms: services.sms !== null,
        onCommitted: afterCommit,
        confidentialIds: async () =>
          (await reference.cached()).items.filter(({ confidential }) => confidential).map(({ id }) => id),
      }),
    )
  routes.route(
    '/',
    createWechatPushRoutes({
      channels: {
        'mini-program': createPushChannel(accounts.miniProgram),
        'official-account': createPushChannel(accounts.officialAccount),
      },
      clock,
      log,
      onPush: async (account, push) => {
        await onWechatEvent(push, account)
        if (account === 'mini-program') return undefined
        // WeChat is asked who it is, and waits for no answer of ours meanwhile; whoever is missed is learnt of by a later push.
        keepAlive(noteFollower(push).catch((cause) => log.error('wechat.follower-not-kept', {}, cause)))
        return answerTo(push, await reference.cached())
      },
    }),
  )
  routes.route('/', createJobRoutes(jobs, environment.CRON_SECRET ?? null))
  if (receiver) routes.route('/', createFilePostRoutes({ files, receiver }))
  routes.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' })
  routes.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: '印象办事', version: __VERSION__ },
  })
  return { app: routes, jobs, reference, drain }
}

/** Of those whom somebody waits for, and for no longer; the job of the night goes on with the others. */
const MOVED_AT_ONCE = { most: 500, milliseconds: 3_000 }

/** The calendar is published by then, whatever a case comes to. */
const createMoveDatesNow =
  (runCaseDeadlines: ReturnType<typeof createRunDeadlines>, { log }: Pick<Services, 'log'>) =>
  async () => {
    const begun = performance.now()
    const { most, milliseconds } = MOVED_AT_ONCE
    try {
      await runCaseDeadlines((moved) => moved >= most || performance.now() - begun >= milliseconds)
    } catch (cause) {
      log.error('calendar.dates-not-moved', {}, cause)
    }
  }

export type App = ReturnType<typeof createApp>

const isLocalWechat = ({ environment }: Services) =>
  environment.PROFILE !== 'embedded' && environment.ALLOW_LOCAL_WECHAT === '1'
