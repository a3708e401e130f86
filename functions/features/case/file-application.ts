import { sql } from 'drizzle-orm'
import type { Answers } from '#shared/domain/application/answers'
import {
  duplicateKeyOf,
  identityFieldsOf,
  slotsOf,
  uploadIdsOf,
} from '#shared/domain/application/item-answers'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import { type Paper, validateMaterials } from '#shared/domain/application/validate-materials'
import { dueOfCase, provisionalDueOfCase } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { stepsFor } from '#shared/domain/case/route'
import { maskName } from '#shared/domain/kernel/digits'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { decidingUnit } from '#shared/domain/organization/deciding-unit'
import { asFiled, isFastTrack } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { openWindowState } from '#shared/domain/service-item/open-window'
import { commit, STALE_REFERENCE, StaleReferenceError, violatedConstraint } from '../../platform/db/commit'
import { authenticate } from '../../platform/http/authenticate'
import type { Intent } from '../../platform/http/idempotency'
import { principalCtes } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { identityIndexOf } from '../../platform/ports/cipher'
import { answerContext, sealUploads } from '../application'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import { documentsOf } from './documents'
import { CASE_NUMBER_TO_COME } from './outbox'
import { findDuplicate, listOwnCredentials } from './queries'
import {
  attachPart,
  auditPart,
  documentParts,
  eventParts,
  fileParts,
  outboxParts,
  payloadOf,
  seatPart,
  taskParts,
  textParts,
} from './repository'
import { tasksOf } from './tasks'
import { sealContent } from './texts'
import { type Answered, replayed } from './verb'
import { dueBecauseOf } from './views/due-view'

interface Application {
  readonly serviceItemId: string
  readonly answers: unknown
  readonly materials: unknown
  readonly agent: boolean
}

interface Request {
  readonly tokenHash: string
  readonly intent: Intent
  readonly application: Application
}

interface Checked {
  /** As it is for this case. */
  readonly item: ServiceItem
  readonly version: number
  readonly fastTrack: boolean
  readonly answers: Answers
  readonly papers: readonly Paper[]
  /** Credentials that must be on file, since their paper was not brought. */
  readonly neededCredentials: readonly string[]
}

const mostlyExempt = (item: ServiceItem) =>
  new Set(item.materials.flatMap(({ credentialCode }) => (credentialCode === null ? [] : [credentialCode])))

const invalid = (errors: readonly { pointer: string; code: string; message: string }[]) =>
  new ProblemError('application.invalid', { errors })

function checkWindow(item: ServiceItem, today: PlainDate) {
  const state = openWindowState(item.openWindow, today)
  if (!state.open) {
    const { from, to } = item.openWindow ?? { from: '', to: '' }
    throw new ProblemError('service-item.closed', {
      detail: `每年 ${dayText(from)} 到 ${dayText(to)} 办，下一次 ${state.opensOn} 开始`,
    })
  }
}

const dayText = (monthDay: string) => `${Number(monthDay.slice(0, 2))}月${Number(monthDay.slice(3))}日`

function check(
  application: Application,
  reference: Reference,
  today: PlainDate,
  onFile?: ReadonlySet<string>,
): Checked {
  const found = reference.latest(application.serviceItemId)
  if (!found) throw new ProblemError('service-item.not-found')
  const { version } = found
  checkWindow(found.item, today)
  const context = answerContext(reference, today, application.agent)
  const answers = validateAnswers(found.item, application.answers, context)
  const credentials = onFile ?? mostlyExempt(found.item)
  const papers = validateMaterials(found.item, application.materials, {
    ...context,
    onFileCredentialCodes: credentials,
  })
  if (!answers.ok || !papers.ok) {
    throw invalid([...(answers.ok ? [] : answers.error), ...(papers.ok ? [] : papers.error)])
  }
  const fastTrack = isFastTrack(found.item, answers.value)
  const item = asFiled(found.item, { fastTrack })
  const neededCredentials = papers.value.flatMap(({ state, credentialCode, name }) => {
    const required = item.materials.find((material) => material.name === name)?.required
    return state === 'exempt' && required && credentialCode !== null ? [credentialCode] : []
  })
  return { item, version, fastTrack, answers: answers.value, papers: papers.value, neededCredentials }
}

/**
 * Before the statement looks, a paper that may be on file counts as given. Where something else is wrong, those that are
 * not on file are named with it: a person is told everything at once.
 */
async function checkAll(
  { database, clock }: CaseDeps,
  { application, tokenHash }: Request,
  reference: Reference,
  today: PlainDate,
): Promise<Checked> {
  try {
    return check(application, reference, today)
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code !== 'application.invalid') throw cause
    const own = await listOwnCredentials(database, tokenHash, clock.now())
    return check(application, reference, today, new Set(own.map(({ code }) => code)))
  }
}

/** Everything of an application that one statement then writes, or refuses. */
function prepare(
  deps: CaseDeps,
  checked: Checked,
  application: Application,
  { reference, credentials, now }: { reference: Reference; credentials: OwnCredentials; now: Instant },
) {
  const { item, version, answers } = checked
  const caseId = deps.ids.next()
  const keys = identityFieldsOf(item)
  const answerOf = (key: string | null) => {
    const answer = key === null ? undefined : answers[key]
    return typeof answer === 'string' ? answer : null
  }
  const villageCode = answerOf(keys.villageCode)
  const townId = villageCode === null ? null : (reference.units.get(villageCode)?.parentId ?? null)
  const idNumber = answerOf(keys.idNumber)
  const name = answerOf(keys.name)
  const applicantIndex = idNumber === null ? null : deps.cipher.blindIndex('id-number', idNumber)
  const content = sealContent(deps.cipher, caseId, {
    answers,
    papers: checked.papers,
    applicantName: name,
    agent: application.agent,
  })
  const filed = (identityConfirmed: boolean): CaseEvent & { type: 'filed' } => ({
    type: 'filed',
    at: now,
    serviceItemId: item.id,
    itemVersion: version,
    where: { villageId: villageCode, townId, departmentId: item.departmentId },
    organUnitId: decidingUnit(item, townId),
    identityConfirmed,
    stepKeys: stepsFor(item, answers).map((step) => step.key),
    answersDigest: content.digest,
    ...(checked.fastTrack ? { fastTrack: true } : {}),
  })
  return {
    caseId,
    content,
    applicantIndex,
    identityIndex: name === null || idNumber === null ? null : identityIndexOf(deps.cipher, name, idNumber),
    applicantMasked: name === null ? '' : maskName(name),
    villageCode,
    duplicateIndex: duplicateIndexOf(deps, item, answers, { applicantIndex, credentials }),
    events: { unconfirmed: filed(false), confirmed: filed(true) },
    states: {
      unconfirmed: evolve(item, null, filed(false)),
      confirmed: evolve(item, null, filed(true)),
    },
  }
}

function duplicateIndexOf(
  deps: CaseDeps,
  item: ServiceItem,
  answers: Answers,
  known: { readonly applicantIndex: string | null; readonly credentials: OwnCredentials },
) {
  const key = duplicateKeyOf(item, answers, (code, field) => known.credentials.get(code)?.[field])
  if (key === null && known.applicantIndex === null) return null
  return deps.cipher.blindIndex('duplicate-key', `${item.id}\n${key ?? known.applicantIndex}`)
}

type OwnCredentials = ReadonlyMap<string, Readonly<Record<string, string>>>

/** Only an item whose duplicate rule names a credential looks into those of the confirmed owner beforehand. */
async function credentialsFor(
  deps: CaseDeps,
  item: ServiceItem,
  tokenHash: string,
  now: Instant,
): Promise<OwnCredentials> {
  if (!item.duplicateKeys?.some((key) => key.startsWith('licence:'))) return new Map()
  const rows = await listOwnCredentials(deps.database, tokenHash, now)
  return new Map(
    rows.map(({ id, code, valuesSealed }) => [
      code,
      JSON.parse(deps.cipher.decrypt(valuesSealed, `credentials.${id}`)),
    ]),
  )
}

/**
 * Files an application: 收件. One round trip checks the session, the papers on file, the uploads, the seat and the
 * duplicate, draws the number and writes the case with its event, texts, tasks, reminders and audit row.
 */
export const createFileApplication =
  (deps: CaseDeps) =>
  async (request: Request): Promise<Answered> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await file(
          deps,
          request,
          attempt === 1 ? await deps.reference.cached() : await deps.reference.refresh(),
        )
      } catch (cause) {
        if (!(cause instanceof StaleReferenceError) || attempt === 3)
          return answeredBefore(deps, request, cause)
      }
    }
  }

/** What would be refused now, the window or the photos being gone, may have been filed already by this intent. */
async function answeredBefore({ database, clock }: CaseDeps, { tokenHash, intent }: Request, cause: unknown) {
  if (!(cause instanceof ProblemError)) throw cause
  const { principal, prior } = await authenticate(database, tokenHash, clock.now(), intent)
  if (!principal) throw new ProblemError('account.session-ended')
  if (!prior) throw cause
  return replayed(intent, prior)
}

async function file(deps: CaseDeps, request: Request, reference: Reference): Promise<Answered> {
  const { application, intent, tokenHash } = request
  const now = deps.clock.now()
  const today = dayIn(now)
  const checked = await checkAll(deps, request, reference, today)
  const credentials = await credentialsFor(deps, checked.item, tokenHash, now)
  const prepared = prepare(deps, checked, application, { reference, credentials, now })
  const { caseId, states } = prepared
  const ofPapers = checked.papers.flatMap((paper) => paper.files)
  const ofFields = uploadIdsOf(checked.item, checked.answers)
  const uploadIds = [...ofPapers, ...ofFields]
  await sealUploads(deps, { ofPapers, ofFields }, application)
  const due = dueOfCase(checked.item, states.unconfirmed, reference.calendar)
  const sortOn = provisionalDueOfCase(checked.item, states.unconfirmed, reference.calendar, today)
  const tasks = tasksOf({ item: checked.item, state: states.unconfirmed, reference, now }, [])
  const eventId = deps.ids.next()
  const logged = [{ id: eventId, event: prepared.events.unconfirmed }]
  const outbox = deps.planReminders({
    caseId,
    caseNumber: CASE_NUMBER_TO_COME,
    item: checked.item,
    before: null,
    after: states.unconfirmed,
    events: logged,
    due,
    opened: tasks,
    actorStaffId: null,
  })
  const slots = slotsOf(checked.item, checked.answers)
  const seats = slots.map((slot, index) => ({ name: sql.raw(`seat${index + 1}`), slot }))
  const dueJson = { dueOn: due.kind === 'on' ? due.on : null, dueBecause: dueBecauseOf(due, checked.item) }
  try {
    const committed = await commit(deps.database, {
      now,
      intent,
      status: 201,
      parts: [
        principalCtes(tokenHash, now),
        sql`actor as (select 'profile:' || profile_id as actor from principal)`,
        ...fileParts({
          ...prepared,
          itemId: checked.item.id,
          itemVersion: checked.version,
          due,
          sortOn,
          regionCode: reference.fact<{ region: { code: string } }>('county').region.code,
          filedOn: today,
          now,
        }),
        ...eventParts({
          caseId,
          after: 0,
          previous: sql`null::text`,
          events: [
            {
              id: eventId,
              type: 'filed',
              at: now,
              payload: sql`case when (select confirmed from standing) then ${payloadOf(prepared.events.confirmed)}::text
                else ${payloadOf(prepared.events.unconfirmed)}::text end`,
            },
          ],
        }),
        ...textParts(caseId, [prepared.content], now),
        ...taskParts(caseId, [], tasks),
        ...outboxParts(caseId, outbox, now),
        ...documentParts(
          caseId,
          documentsOf(logged, states.unconfirmed, checked.item, reference, Number(today.slice(0, 4))),
          now,
        ),
        attachPart(caseId, uploadIds),
        ...seats.map(({ name, slot }) =>
          seatPart(name, {
            itemId: checked.item.id,
            fieldKey: slot.fieldKey,
            on: slot.date,
            half: slot.half,
            capacity: slot.capacity,
          }),
        ),
        auditPart({
          id: deps.ids.next(),
          at: now,
          action: 'case.file',
          subject: `case:${caseId}`,
          reasonDigest: null,
        }),
      ],
      demands: [
        { holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' },
        { holds: sql`(select real_name_level from principal) >= 2`, code: 'account.real-name-needed' },
        {
          holds: sql`(select revision from reference_data) = ${reference.revision}::int`,
          code: STALE_REFERENCE,
        },
        {
          holds: sql`(select count(*) from attached) = ${new Set(uploadIds).size}::int`,
          code: 'upload.missing',
        },
        { holds: sql`not (select misnamed from standing)`, code: 'application.name-differs' },
        ...credentialDemand(checked, today),
        ...seats.map(({ name }) => ({
          holds: sql`exists(select 1 from ${name})`,
          code: 'application.slot-full' as const,
        })),
        { holds: sql`exists(select 1 from filed)`, code: STALE_REFERENCE },
      ],
      answer: sql`json_build_object('id', ${caseId}::text, 'caseNumber', (select case_number from filed),
        'dueOn', ${dueJson.dueOn}::text, 'dueBecause', ${JSON.stringify(dueJson.dueBecause)}::json,
        'version', ${states.unconfirmed.version}::int)`,
    })
    if (committed.kind === 'replayed') return replayed(intent, committed.prior)
    deps.onCommitted()
    return { status: 201, body: JSON.stringify(committed.answer) }
  } catch (cause) {
    throw await explained(deps, request, reference, prepared.duplicateIndex, cause)
  }
}

/** 免提交: a paper that was not brought must be on file, and that opens to the confirmed owner alone. */
const credentialDemand = ({ neededCredentials }: Checked, today: PlainDate) =>
  neededCredentials.length === 0
    ? []
    : [
        {
          holds: sql`(select count(distinct c.code) from credentials c, standing, principal p
            where standing.confirmed and c.holder_index = p.id_number_index
              and c.code in (select value from jsonb_array_elements_text(${JSON.stringify(neededCredentials)}::jsonb))
              and (c.valid_to is null or c.valid_to >= ${today}::date))
            = ${new Set(neededCredentials).size}::int`,
          code: 'application.invalid' as const,
        },
      ]

function misnamed({ serviceItemId }: Application, reference: Reference) {
  const item = reference.latest(serviceItemId)?.item
  const key = item && identityFieldsOf(item).name
  const message = '身份证号是你的，姓名要和你核过的一样'
  return new ProblemError(
    'application.name-differs',
    key ? { errors: [{ pointer: `/answers/${key}`, code: 'application.name-differs', message }] } : {},
  )
}

/** Says what the statement could only refuse. */
async function explained(
  deps: CaseDeps,
  { tokenHash, application }: Request,
  reference: Reference,
  duplicateIndex: string | null,
  cause: unknown,
): Promise<unknown> {
  const now = deps.clock.now()
  if (violatedConstraint(cause) === 'cases_duplicate_guard' && duplicateIndex !== null) {
    const caseId = await findDuplicate(deps.database, duplicateIndex)
    return new ProblemError('application.duplicate', caseId === null ? {} : { caseId })
  }
  if (cause instanceof ProblemError && cause.code === 'application.name-differs')
    return misnamed(application, reference)
  if (!(cause instanceof ProblemError) || cause.code !== 'application.invalid' || cause.details.errors)
    return cause
  const own = await listOwnCredentials(deps.database, tokenHash, now)
  try {
    check(application, reference, dayIn(now), new Set(own.map(({ code }) => code)))
  } catch (detailed) {
    return detailed
  }
  return cause
}
