import { type SQL, sql } from 'drizzle-orm'
import { consentsNeeded, type GivenConsent } from '#shared/domain/account/consents'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { isServiceOver } from '#shared/domain/kernel/service-end'
import {
  type Change,
  commit,
  STALE_REFERENCE,
  triedAnew,
  violatedConstraint,
} from '../../../platform/db/commit'
import { authenticate } from '../../../platform/http/authenticate'
import type { Intent } from '../../../platform/http/idempotency'
import { foundPrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { discardArrived, locatedMissing, serviceOver } from '../../application'
import { type Reference, referenceDemand } from '../../service-item'
import { type Answered, replayed } from '../acts/verb'
import type { CaseDeps } from '../deps'
import { DISOWNED_DEMAND } from '../whose/disowned-brake'
import { lackingOf } from '../whose/guardian-consent'
import { duplicateDemand, findBarring } from '../writes/barring'
import { CONFIRMED_AS_FOUND } from '../writes/case-rows'
import { renewalDemands } from '../writes/renewed'
import { writeParts } from '../writes/statement'
import { credentialDemand, explained } from './check-application'
import { findFiledWith } from './filed-with'
import { pendingDemand, pendingWords } from './pending-brake'
import { type Filing, type PlannedFiling, planFiling } from './plan-filing'

interface Request {
  readonly tokenHash: string
  readonly intent: Intent
  readonly applications: readonly [Filing, ...Filing[]]
}

/**
 * Files an application: 收件. One round trip checks the session, the papers on file, the uploads, the seat and the
 * duplicate, draws the number and writes the case with its event, texts, tasks, reminders and audit row.
 */
export const createFileApplication = (deps: CaseDeps) => {
  const fileAll = createFileApplications(deps)
  return ({
    application,
    ...request
  }: Omit<Request, 'applications'> & { readonly application: Filing }): Promise<Answered> =>
    fileAll({ ...request, applications: [application] }, ([only]) => only ?? sql`null::json`)
}

/**
 * Files applications of one person that belong together, all or none, in the same way. `answer` makes the answer of what
 * is answered for each of them.
 */
export const createFileApplications =
  (deps: CaseDeps) =>
  async (request: Request, answer: (each: readonly SQL[]) => SQL): Promise<Answered> => {
    const { reference } = deps
    try {
      return await triedAnew(async (isAgain) => {
        if (isServiceOver(deps.endsOn, dayIn(deps.clock.now())))
          throw serviceOver(request.applications[0].channel !== 'mini')
        return file(deps, request, isAgain ? await reference.current() : await reference.cached(), answer)
      })
    } catch (cause) {
      return answeredBefore(deps, request, cause)
    }
  }

/**
 * What would be refused now, the window or the photos being gone, may have been filed already: by this intent, or by another
 * one with the same photos.
 */
async function answeredBefore(deps: CaseDeps, { tokenHash, intent, applications }: Request, cause: unknown) {
  if (!(cause instanceof ProblemError)) throw cause
  const { database, clock, reference } = deps
  const now = clock.now()
  const { principal, prior } = await authenticate(database, tokenHash, now, intent)
  if (!principal) throw new ProblemError('account.session-ended')
  if (prior) return replayed(intent, prior)
  if (cause.code !== 'upload.missing') throw cause
  for (const application of applications) {
    const caseId = await findFiledWith(deps, { tokenHash, application }, await reference.cached())
    if (caseId !== null) throw new ProblemError('application.filed-already', { caseId })
  }
  throw cause
}

const distinct = <Value>(values: readonly (Value | null)[]) => [
  ...new Set(values.filter((value): value is Value => value !== null)),
]

/** Held until it is written: whoever types or is confirmed meanwhile waits, and finds this case. */
const filerPart = (planned: readonly PlannedFiling[]): SQL =>
  sql`filer as (select identity_index from profiles where id = (select profile_id from principal) and joined_into is null
    and identity_index in (select jsonb_array_elements_text(${JSON.stringify(
      distinct(planned.map(({ write }) => write.columns.identityIndex)),
    )}::jsonb)) for share)`

/** What whoever applies has agreed to before; as a parent or guardian, where a child is named. */
function consentsOf(planned: readonly PlannedFiling[], now: Instant): readonly GivenConsent[] {
  const act = planned.some(({ namesChild }) => namesChild) ? 'apply-for-child' : 'apply'
  return planned[0] ? consentsNeeded(act, planned[0].reference.fact('agreements', []), dayIn(now)) : []
}

/** What must hold of whoever files, and of what they apply for. */
function demandsOf(
  planned: readonly PlannedFiling[],
  written: Change['demands'],
  now: Instant,
): Change['demands'] {
  const today = dayIn(now)
  const isTyped = planned.every(({ staffId }) => staffId !== null)
  const needed = consentsOf(planned, now)
  const children = planned.flatMap(({ isForChild, write }) =>
    isForChild ? [write.columns.applicantIndex] : [],
  )
  const own = distinct(
    planned.map(({ isForFiler, write }) => (isForFiler ? write.columns.identityIndex : null)),
  )
  return [
    { holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' },
    { holds: sql`exists(select 1 from actor)`, code: 'account.role-needed' },
    {
      holds: sql`(select real_name_level from principal) >= 2 or ${isTyped}::boolean`,
      code: 'account.real-name-needed',
    },
    {
      // A profile from before the day was kept is known by the number it applies with.
      holds: sql`not exists (select 1 from profiles g join principal p on p.profile_id = g.id
        where g.guardian_until > ${today}::date
          or g.id_number_index in (select jsonb_array_elements_text(${JSON.stringify(children)}::jsonb)))`,
      code: 'account.guardian-needed',
    },
    // Whoever types for others is asked for nothing of their own; whoever types their own, as on the phone.
    {
      holds: sql`(select consents @> ${JSON.stringify(needed.map((each) => ({ ...each, withdrawnAt: null })))}::jsonb
        from principal) or ${planned.every(({ isForOthers }) => isForOthers)}::boolean`,
      code: 'account.consent-needed',
    },
    pendingDemand(now),
    ...distinct(planned.map(({ reference }) => reference)).map((reference) =>
      referenceDemand(reference, ['catalogue', 'calendar']),
    ),
    { holds: sql`not exists (select 1 from filers where misnamed)`, code: 'application.name-differs' },
    CONFIRMED_AS_FOUND,
    // Who files has typed another name or number in the same moment: it is read anew.
    {
      holds: sql`(select count(*) from filer where identity_index in (
        select jsonb_array_elements_text(${JSON.stringify(own)}::jsonb))) = ${own.length}::int`,
      code: STALE_REFERENCE,
    },
    duplicateDemand(now),
    DISOWNED_DEMAND,
    ...planned.flatMap(({ checked, write: { caseId, columns } }) =>
      credentialDemand(checked, { caseId, applicantIndex: columns.applicantIndex }, today),
    ),
    ...written,
    ...renewalDemands(
      planned.map(({ checked, write }) => ({ item: checked.item, write })),
      today,
    ),
    {
      holds: sql`(select count(*) from filed) = ${planned.length}::int`,
      code: STALE_REFERENCE,
    },
  ]
}

/** The same whoever is told: the number that was drawn, and what was worked out. */
const answerOf = ({ write, dueBecause, apart, booked, isIdentityAwaited }: PlannedFiling): SQL => {
  const { caseId, due, state } = write
  return sql`json_build_object('id', ${caseId}::text, 'caseNumber', (select case_number from filed where id = ${caseId}::uuid),
    'dueOn', ${due.kind === 'on' ? due.on : null}::text, 'dueBecause', ${JSON.stringify(dueBecause)}::json,
    'apart', ${apart}::text, 'booked', ${JSON.stringify(booked)}::json,
    'identityAwaited', ${isIdentityAwaited}::boolean, 'version', ${state.version}::int)`
}

async function file(
  deps: CaseDeps,
  request: Request,
  reference: Reference,
  answer: (each: readonly SQL[]) => SQL,
): Promise<Answered> {
  const { applications, intent, tokenHash } = request
  const now = deps.clock.now()
  const planned = await Promise.all(
    applications.map((application) => planFiling(deps, { tokenHash, application }, reference)),
  )
  const staffId = planned[0]?.staffId ?? null
  const writes = planned.map(({ write }) => write)
  const { parts, demands } = writeParts(writes, now)
  const actor: SQL =
    staffId === null
      ? sql`actor as (select 'profile:' || profile_id as actor from principal)`
      : sql`actor as (select ${`staff:${staffId}`}::text as actor from principal where staff_id = ${staffId})`
  try {
    const committed = await commit(deps.database, {
      now,
      intent,
      status: 201,
      by: foundPrincipal(tokenHash, now),
      parts: [actor, filerPart(planned), ...parts],
      demands: demandsOf(planned, demands, now),
      answer: answer(planned.map(answerOf)),
    })
    if (committed.kind === 'replayed') return replayed(intent, committed.prior)
    await discardArrived(
      deps,
      writes.flatMap(({ uploads }) => uploads),
    )
    deps.onCommitted()
    return { status: 201, body: JSON.stringify(committed.answer) }
  } catch (cause) {
    throw await refusalOf(deps, request, { planned, reference, now }, cause)
  }
}

/** What is answered for what the statement refused. */
async function refusalOf(
  deps: CaseDeps,
  { tokenHash, applications }: Request,
  {
    planned,
    reference,
    now,
  }: { readonly planned: readonly PlannedFiling[]; readonly reference: Reference; readonly now: Instant },
  cause: unknown,
): Promise<unknown> {
  if (isDuplicate(cause)) {
    const barring = await findBarring(
      deps.database,
      { tokenHash, now },
      planned.map(({ write }) => ({
        barring: write.barringIndexes,
        applicantIndex: write.columns.applicantIndex,
        itemId: write.itemId,
      })),
    )
    return new ProblemError('application.duplicate', barring === null ? {} : { caseId: barring })
  }
  if (cause instanceof ProblemError && cause.code === 'account.consent-needed')
    return new ProblemError(cause.code, {
      consents: await lackingOf(deps.database, tokenHash, consentsOf(planned, now), now),
    })
  let known = pendingWords(cause, now)
  for (const application of applications) {
    known = await locatedMissing(deps.database, { tokenHash, caseId: null, body: application }, known, now)
    if (known instanceof ProblemError)
      known = await explained(deps, { tokenHash, application }, reference, known, now)
  }
  return known
}

/** There was one before, or another came first in the same moment. */
const isDuplicate = (cause: unknown) =>
  violatedConstraint(cause) === 'cases_duplicate_guard' ||
  (cause instanceof ProblemError && cause.code === 'application.duplicate')
