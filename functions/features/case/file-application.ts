import { type SQL, sql } from 'drizzle-orm'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import { slotsOf, uploadIdsOf } from '#shared/domain/application/item-answers'
import { MOST_DECLARED } from '#shared/domain/case/barred'
import { dueOfCase, provisionalDueOfCase } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseChannel, CaseState } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ENTERS_AT } from '#shared/domain/organization/entering'
import { commit, STALE_REFERENCE, StaleReferenceError, violatedConstraint } from '../../platform/db/commit'
import { authenticate } from '../../platform/http/authenticate'
import type { Intent } from '../../platform/http/idempotency'
import { sessionPrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { discardArrived, locatedMissing, sealUploads } from '../application'
import { type Reference, referenceDemand } from '../service-item'
import { type AnswerFacts, asksNoNumber, asNamed, factsOf, type Named } from './applicant'
import { findBarring, whoseToFile } from './applicant-queries'
import {
  type Application,
  type Checked,
  checkAll,
  credentialDemand,
  credentialsFor,
  explained,
  invalid,
} from './check-application'
import type { CaseDeps } from './deps'
import { documentsOf } from './documents'
import { barringIndexes, duplicateIndexesOf, mayBar } from './duplicates'
import { findFiler, notToBeNamed, personNamed } from './filer'
import { CASE_NUMBER_TO_COME } from './outbox'
import { partiesOf } from './parties'
import { pendingDemand, pendingWords } from './pending-brake'
import {
  attachPart,
  auditPart,
  documentParts,
  duplicateDemand,
  eventParts,
  type FiledRow,
  filedOutboxPart,
  fileParts,
  payloadOf,
  seatDemands,
  seatParts,
  taskParts,
  textParts,
} from './repository'
import { seatChanges } from './seats'
import { referenceAt } from './standing'
import { tasksOf } from './tasks'
import { type Declared, sealContent } from './texts'
import { type Answered, replayed } from './verb'
import { dueBecauseOf } from './views/due-view'

/** How an application came in, beside what is applied for. */
interface Filing extends Application {
  readonly channel: CaseChannel
  readonly src: string | null
  readonly assisted: boolean
  readonly relation: readonly Declared[]
}

interface Request {
  readonly tokenHash: string
  readonly intent: Intent
  readonly application: Filing
}

interface Entry {
  readonly staffId: string
  readonly unitId: string
}

/** Only staff of such a place enter at it; null for who applies themselves. */
async function entryOf(
  { database, clock }: CaseDeps,
  { tokenHash, application: { channel } }: Request,
): Promise<Entry | null> {
  if (channel === 'mini') return null
  const { principal } = await authenticate(database, tokenHash, clock.now(), null)
  if (!principal) throw new ProblemError('account.session-ended')
  const place = principal.pools.find(({ role }) => ENTERS_AT[channel].includes(role))
  if (principal.staffId === null || !place) throw new ProblemError('account.role-needed')
  return { staffId: principal.staffId, unitId: place.unitId }
}

interface Whom {
  readonly person: Named
  readonly takenFrom: 'filer' | undefined
}

/** For whom it is, where the form does not ask: whoever files, or whom staff name who type it. */
async function findWhom(
  deps: CaseDeps,
  { tokenHash, application: { applicant } }: Request,
  item: Checked['item'],
  entry: Entry | null,
): Promise<Whom | null> {
  const now = deps.clock.now()
  if (applicant && !asksNoNumber(item)) throw notToBeNamed('姓名和证件号写在表里，这里不用再写')
  if (applicant && entry === null) throw notToBeNamed('自己申请，就是给自己办，不用写别人')
  if (applicant) return { person: personNamed(applicant, dayIn(now)), takenFrom: undefined }
  if (entry !== null || !asksNoNumber(item)) return null
  const person = await findFiler(deps, tokenHash, now)
  return person && { person, takenFrom: 'filer' }
}

/** One answer to whatever is wrong with them, and the last of all: nobody learns which ids there are. */
function checkRelation({ relation }: Filing, reference: Reference) {
  const distinct = new Set(relation.map(({ staffId }) => staffId))
  const isRight =
    distinct.size === relation.length &&
    distinct.size <= MOST_DECLARED &&
    [...distinct].every((staffId) => reference.staff.has(staffId))
  if (isRight) return
  const message = `写的工作人员对不上。最多写 ${MOST_DECLARED} 位，各写一次`
  throw invalid([{ pointer: '/relation', code: 'field.not-an-option', message }])
}

/** Everything of an application that one statement then writes, or refuses. */
function prepare(
  deps: CaseDeps,
  { item, version, fastTrack, answers, papers }: Checked,
  application: Filing,
  facts: AnswerFacts,
  now: Instant,
  { entry, whom }: { readonly entry: Entry | null; readonly whom: Whom | null },
) {
  const caseId = deps.ids.next()
  const { agent, channel, src, assisted, relation } = application
  const content = sealContent(deps.cipher, caseId, {
    answers,
    papers,
    applicantName: facts.name,
    ...(whom === null ? {} : { applicantNumber: whom.person.idNumber }),
    agent: agent && whom?.takenFrom !== 'filer',
    ...(relation.length > 0 ? { relation } : {}),
  })
  const filed = (identityConfirmed: boolean): CaseEvent & { type: 'filed' } => ({
    type: 'filed',
    at: now,
    serviceItemId: item.id,
    itemVersion: version,
    ...facts.place,
    identityConfirmed,
    stepKeys: facts.stepKeys,
    answersDigest: content.digest,
    applicant: facts.applicant,
    confirmedBy: identityConfirmed ? (facts.applicant.kind === 'firm' ? 'power' : 'wechat') : null,
    seats: facts.seats,
    channel,
    src,
    assisted,
    enteredBy: entry?.staffId ?? null,
    enteredAt: entry?.unitId ?? null,
    relatives: relation.map((each) => each.staffId),
    ...(fastTrack ? { fastTrack: true } : {}),
  })
  return {
    caseId,
    content,
    events: { unconfirmed: filed(false), confirmed: filed(true) },
    states: {
      unconfirmed: evolve(item, null, filed(false)),
      confirmed: evolve(item, null, filed(true)),
    },
  }
}

/** Whoever files, unless staff typed it, and the owner, whom the statement finds; a firm's are known before. */
function toldOf(
  { applicant: { kind, numberIndex } }: AnswerFacts,
  entry: Entry | null,
  agents: readonly string[],
) {
  const filer = entry === null ? 'filer' : null
  if (numberIndex === null) return partiesOf(filer, [])
  if (kind === 'person') return partiesOf(filer, ['owner'])
  return partiesOf(
    filer,
    agents.map((id) => `profile:${id}` as const),
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
          attempt === 1 ? await deps.reference.cached() : await deps.reference.current(),
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
  const entry = await entryOf(deps, request)
  const staffId = entry?.staffId ?? null
  const checked = await checkAll(deps, request, reference, today)
  checkRelation(application, reference)
  const { item } = checked
  const whom = await findWhom(deps, request, item, entry)
  const facts = factsOf(deps.cipher, reference, item, checked.answers, {
    named: whom && asNamed(deps.cipher, whom.person, { today, takenFrom: whom.takenFrom }),
    today,
  })
  const whose = { applicantIndex: facts.applicant.numberIndex, itemId: item.id, channel: application.channel }
  const { owners, ownStaff, revision } = await whoseToFile(deps.database, tokenHash, whose, now)
  // Places and pools are those of this moment; what changes from here on is for whoever hands work over.
  if (revision.registry > reference.revision.registry)
    return file(deps, request, await referenceAt(deps, revision))
  const duplicates = duplicateIndexesOf(
    deps.cipher,
    item,
    checked.answers,
    facts.applicant,
    await credentialsFor(deps, request, item),
  )
  const prepared = prepare(deps, checked, application, facts, now, { entry, whom })
  const { caseId, states } = prepared
  const ofPapers = checked.papers.flatMap((paper) => paper.files)
  const ofFields = uploadIdsOf(item, checked.answers)
  const uploads = await sealUploads(deps, { ofPapers, ofFields }, application)
  const due = dueOfCase(item, states.unconfirmed, reference.calendar)
  const sortOn = provisionalDueOfCase(item, states.unconfirmed, reference.calendar, today)
  const tasks = tasksOf({ item, state: states.unconfirmed, reference, now, ownStaff }, [])
  const eventId = deps.ids.next()
  const logged = [{ id: eventId, event: prepared.events.unconfirmed }]
  const parties = toldOf(facts, entry, owners)
  const remindersAt = (after: CaseState) =>
    deps.planReminders({
      caseId,
      caseNumber: CASE_NUMBER_TO_COME,
      item,
      before: null,
      after,
      events: logged,
      due,
      held: tasks,
      opened: tasks,
      newCard: null,
      ownStaff,
      parties,
      actor: { staffId, profileId: null },
    })
  const outbox = {
    confirmed: remindersAt(states.confirmed),
    unconfirmed: remindersAt(states.unconfirmed),
  }
  const seats = seatChanges([], slotsOf(item, checked.answers))
  const dueJson = { dueOn: due.kind === 'on' ? due.on : null, dueBecause: dueBecauseOf(due, item) }
  const columns = {
    applicantIndex: facts.applicant.numberIndex,
    identityIndex: facts.applicant.identityIndex,
    ...duplicates,
    applicantMasked: facts.masked,
  }
  const row: FiledRow = {
    caseId,
    states,
    columns,
    itemId: item.id,
    itemVersion: checked.version,
    mayBar: mayBar(item, facts.applicant),
    barringIndexes: barringIndexes(deps.cipher, item, facts.applicant, duplicates),
    forFirm: facts.applicant.kind === 'firm',
    due,
    sortOn,
    regionCode: reference.fact<{ region: { code: string } }>('county').region.code,
    filedOn: today,
    now,
  }
  const actor: SQL =
    staffId === null
      ? sql`actor as (select 'profile:' || profile_id as actor from principal)`
      : sql`actor as (select ${`staff:${staffId}`}::text as actor from principal where staff_id = ${staffId})`
  try {
    const committed = await commit(deps.database, {
      now,
      intent,
      status: 201,
      by: sessionPrincipal(tokenHash, now),
      parts: [
        actor,
        // Held until it is written: whoever types or is confirmed meanwhile waits, and finds this case.
        sql`filer as (select 1 from profiles where id = (select profile_id from principal) and joined_into is null
          and identity_index = ${facts.applicant.identityIndex}::text for share)`,
        ...fileParts(row),
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
        filedOutboxPart(caseId, outbox, facts.applicant.numberIndex, now),
        ...documentParts(
          caseId,
          documentsOf(logged, states.unconfirmed, item, reference, Number(today.slice(0, 4))),
          now,
        ),
        attachPart(caseId, uploads),
        ...seatParts(item.id, seats),
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
        { holds: sql`exists(select 1 from actor)`, code: 'account.role-needed' },
        {
          holds: sql`(select real_name_level from principal) >= 2 or ${staffId !== null}::boolean`,
          code: 'account.real-name-needed',
        },
        pendingDemand(now),
        {
          // A profile from before the day was kept is known by the number it applies with.
          holds: sql`not exists (select 1 from profiles g join principal p on p.profile_id = g.id
            where g.guardian_until > ${today}::date or (g.id_number_index = ${facts.applicant.numberIndex}::text
              and ${facts.birth !== null && isUnderFourteen(facts.birth, today)}::boolean))`,
          code: 'account.guardian-needed',
        },
        referenceDemand(reference, ['catalogue', 'calendar']),
        {
          holds: sql`(select count(*) from attached) = ${uploads.length}::int`,
          code: 'upload.missing',
        },
        { holds: sql`not (select misnamed from standing)`, code: 'application.name-differs' },
        // Who files has typed another name or number in the same moment: it is read anew.
        {
          holds: sql`${whom?.takenFrom !== 'filer'}::boolean or exists (select 1 from filer)`,
          code: STALE_REFERENCE,
        },
        duplicateDemand(row),
        ...credentialDemand(checked, facts.applicant.numberIndex, today),
        ...seatDemands(seats),
        { holds: sql`exists(select 1 from filed)`, code: STALE_REFERENCE },
      ],
      answer: sql`json_build_object('id', ${caseId}::text, 'caseNumber', (select case_number from filed),
        'dueOn', ${dueJson.dueOn}::text, 'dueBecause', ${JSON.stringify(dueJson.dueBecause)}::json,
        'version', ${states.unconfirmed.version}::int)`,
    })
    if (committed.kind === 'replayed') return replayed(intent, committed.prior)
    await discardArrived(deps, uploads)
    deps.onCommitted()
    return { status: 201, body: JSON.stringify(committed.answer) }
  } catch (cause) {
    if (isDuplicate(cause)) {
      const barring = await findBarring(deps.database, row.barringIndexes, today)
      throw new ProblemError('application.duplicate', barring === null ? {} : { caseId: barring })
    }
    const from = { tokenHash, caseId: null, body: application }
    const known = pendingWords(await locatedMissing(deps.database, from, cause, now))
    throw known instanceof ProblemError ? await explained(deps, request, reference, known, now) : known
  }
}

/** There was one before, or another came first in the same moment. */
const isDuplicate = (cause: unknown) =>
  violatedConstraint(cause) === 'cases_duplicate_guard' ||
  (cause instanceof ProblemError && cause.code === 'application.duplicate')
