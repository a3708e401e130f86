import { sql } from 'drizzle-orm'
import type { CaseChanged } from '#shared/contract/case'
import { statusWords } from '#shared/contract/case.labels'
import type { NarrowChange } from '#shared/contract/work'
import type { Answers } from '#shared/domain/application/answers'
import { dueOfCase, provisionalDueOfCase } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { type Committed, commit, violatedConstraint } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import { profilePrincipal } from '../../platform/http/principal'
import { discardArrived, type SealedUpload } from '../application'
import { type Reference, referenceDemand } from '../service-item'
import { listCredentialsOf, type Whose, whoseAfter } from './applicant-queries'
import type { OwnedCase } from './case-row'
import { openedCredentials, takesKeyFromFile } from './check-application'
import type { CaseDeps } from './deps'
import { documentsOf } from './documents'
import { bars, type DuplicateIndexes, duplicateIndexesOf, ownerOf } from './duplicates'
import { listCasesOfNumber } from './list-queries'
import type { CaseTask } from './outbox'
import { type Party, partiesOf } from './parties'
import {
  type ApplicantColumns,
  attachPart,
  auditPart,
  documentParts,
  dropParts,
  eventParts,
  movePart,
  outboxParts,
  payloadOf,
  seatDemands,
  seatParts,
  taskParts,
  textParts,
} from './repository'
import { seatsMoved } from './seats'
import { carrierOf, filerOf, itemOf } from './standing'
import { taskChanges, tasksOf } from './tasks'
import type { CaseText } from './texts'
import { dueView } from './views/due-view'

export interface CaseMove {
  readonly caseRow: OwnedCase
  readonly tasks: readonly CaseTask[]
  readonly item: ServiceItem
  readonly events: readonly CaseEvent[]
  /** Those of them that a day that is over brought about, whoever came first after it. */
  readonly byTime?: readonly CaseEvent[]
  readonly texts: readonly CaseText[]
  /** `profile:<id>`, `staff:<id>` or `system:<job>` */
  readonly actor: string
  readonly profileId: string | null
  readonly intent: Intent | null
  readonly reasonDigest: string | null
  /** The words for a longer limit, which the applicant is told (行政许可法 第42条). */
  readonly reason?: string | undefined
  /** Uploads that a supplement brings. */
  readonly uploads?: readonly SealedUpload[]
  /** The answers, for cases that had not recorded their half days yet. */
  readonly answers?: () => Answers
  /** Where the answers have changed. */
  readonly applicant?: ApplicantColumns
  readonly changedAnswers?: Answers
  /** The last digits of the card that money goes to from now on, where it has changed. */
  readonly newCard?: string | null
  /** Who takes the case over. */
  readonly newOwnerId?: string
  /** The account that whoever filed it has become one with. */
  readonly newFilerId?: string
  /** Accounts of the one person who makes it so: none of them is told. */
  readonly madeBy?: readonly string[]
  /** What is answered in place of where the case stands, to who may not know it. */
  readonly answer?: (version: number) => NarrowChange
}

/** The actor of what time alone brings about. */
export const BY_TIME = 'system:run-deadlines'

const idIn = (actor: string, kind: 'staff:' | 'profile:') =>
  actor.startsWith(kind) ? actor.slice(kind.length) : null

/** Whose the case is after the change: only answers that name another number make it somebody else's. */
const whoseIt = (
  { database }: CaseDeps,
  { caseRow, applicant }: CaseMove,
  now: Instant,
): Promise<Whose> | Whose =>
  applicant === undefined || applicant.applicantIndex === caseRow.applicantIndex
    ? caseRow
    : whoseAfter(database, caseRow.id, applicant.applicantIndex, now)

/**
 * The key of a case that had none, from the event on that confirms its applicant: only then may their papers on file be
 * read, from which some items take it, and only then is the number known of who files where no number is asked. Null where
 * the key stays as it is.
 */
async function keyedNow(
  { database, cipher }: CaseDeps,
  { caseRow, item, applicant, answers, changedAnswers }: CaseMove,
  after: CaseState,
  now: Instant,
): Promise<DuplicateIndexes | null> {
  const { applicantIndex, keyIndex, duplicateIndex } = applicant ?? caseRow
  const known = changedAnswers ?? answers?.()
  const isKeyed = keyIndex !== null && duplicateIndex !== null
  if (item.duplicateKeys === null || isKeyed || !after.identityConfirmed || !known) return null
  const rows = takesKeyFromFile(item) ? await listCredentialsOf(database, applicantIndex, now) : []
  const owner = ownerOf({ numberIndex: applicantIndex }, caseRow.filerConfirmed)
  return duplicateIndexesOf(cipher, item, known, owner, openedCredentials(cipher, rows))
}

const isDeath = ({ events }: CaseMove) =>
  events.some((event) => event.type === 'terminated' && event.cause === 'deceased')

/** What else of an applicant who died is under way, with who holds it. */
async function othersOf({ database }: CaseDeps, reference: Reference, move: CaseMove, now: Instant) {
  const { id, applicantIndex } = move.caseRow
  if (!isDeath(move) || applicantIndex === null) return []
  const found = await listCasesOfNumber(database, applicantIndex, dayIn(now))
  return found
    .filter(({ caseRow }) => caseRow.id !== id)
    .map(({ caseRow, tasks, filedId }) => ({
      caseId: caseRow.id,
      caseNumber: caseRow.caseNumber,
      item: itemOf(reference, caseRow),
      filedId,
      tasks,
    }))
}

/** Who loses the case is told so by that change; of a death whoever had filed it, though the owner took it over. */
function toldOf(move: CaseMove, owners: readonly string[]) {
  const { caseRow } = move
  const { filedBy, ownerId, owners: before, state } = caseRow
  const entered = state.enteredBy === null ? filedBy : null
  const filer = isDeath(move) ? (entered ?? ownerId) : filerOf(caseRow, (id) => owners.includes(id))
  const profile = (id: string) => `profile:${id}` as const
  const carrier = carrierOf(caseRow)
  const takesIt = carrier === null || !owners.includes(carrier)
  const isTold = ({ recipient }: Party) => !move.madeBy?.some((id) => profile(id) === recipient)
  const awaitedOf = (recipient: string) => ({
    takesIt,
    otherName: caseRow.misnamed.some((id) => profile(id) === recipient),
  })
  return partiesOf(filer === null ? null : profile(filer), owners.map(profile), before.map(profile))
    .filter(isTold)
    .map((party) => (party.as === 'owner' ? { ...party, awaited: awaitedOf(party.recipient) } : party))
}

/** Whose the case was until now, and whoever had it where an owner takes it over. */
function losersOf({ caseRow, newOwnerId }: CaseMove, parties: readonly Party[]): readonly string[] {
  const { filedBy, ownerId, owners } = caseRow
  const lost = parties
    .filter(({ as }) => as === 'former-owner')
    .map(({ recipient }) => recipient.replace('profile:', ''))
  if (newOwnerId === undefined) return lost
  const had = [filedBy, ownerId].flatMap((id) => (id === null || owners.includes(id) ? [] : [id]))
  return [...lost, ...had]
}

export const actorPart = (actor: string) => sql`actor as (select ${actor}::text as actor)`

/** A notice also goes out under the county's rule; guides never change in their version. */
const decidedWith = ({ events }: CaseMove) =>
  events.some(({ type }) => type === 'correction-requested')
    ? (['catalogue', 'calendar', 'registry'] as const)
    : (['calendar', 'registry'] as const)

/** Applies events to a case and writes all that follows from them in one round trip; 409 for the loser of a race. */
export async function persistMove(
  deps: CaseDeps,
  reference: Reference,
  move: CaseMove,
  now: Instant,
): Promise<{ readonly committed: Committed; readonly answer: CaseChanged | NarrowChange }> {
  try {
    return await persistOnce(deps, reference, move, now)
  } catch (cause) {
    // Another case of the same owner has become the first in the same moment: this one goes without the guard.
    if (violatedConstraint(cause) !== 'cases_duplicate_guard') throw cause
    return persistOnce(deps, reference, move, now)
  }
}

/**
 * All that follows from a move: the parts of a statement with what must hold then, after the part `actor`. `suffix` tells
 * those of one move from another's in the same statement; uploads, half days and papers are of one move alone.
 */
export async function partsOfMove(
  deps: CaseDeps,
  reference: Reference,
  move: CaseMove,
  { now, suffix = '' }: { readonly now: Instant; readonly suffix?: string },
) {
  const { caseRow, item } = move
  const after = move.events.reduce<CaseState>((state, event) => evolve(item, state, event), caseRow.state)
  const due = dueOfCase(item, after, reference.calendar)
  const handedOver = move.events.filter((event) => event.type === 'handed-over')
  const { owners, ownStaff } = await whoseIt(deps, move, now)
  const place = { item, state: after, reference, now, ownStaff }
  const held = tasksOf(place, move.tasks, handedOver)
  const tasks = taskChanges(move.tasks, held)
  const parties = toldOf(move, owners)
  const logged = move.events.map((event) => ({ id: deps.ids.next(), event }))
  const outbox = deps.planReminders({
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    item,
    before: caseRow.state,
    after,
    events: logged,
    due,
    held,
    opened: tasks.opened,
    newCard: move.newCard ?? null,
    reason: move.reason ?? null,
    ownStaff,
    parties,
    others: await othersOf(deps, reference, move, now),
    actor: { staffId: idIn(move.actor, 'staff:'), profileId: idIn(move.actor, 'profile:') },
  })
  const projection = {
    state: after,
    due,
    sortOn: provisionalDueOfCase(item, after, reference.calendar, dayIn(now)),
    bars: bars(item, after),
    applicant: move.applicant ?? null,
    duplicates: (await keyedNow(deps, move, after, now)) ?? move.applicant ?? null,
    newOwnerId: move.newOwnerId ?? null,
    newFilerId: move.newFilerId ?? null,
  }
  const uploads = move.uploads ?? []
  const seats = seatsMoved(item, { before: caseRow.state, after }, move.answers ?? (() => ({})))
  const parts = [
    movePart(caseRow.id, caseRow.version, projection, now, suffix),
    ...eventParts({
      caseId: caseRow.id,
      after: caseRow.version,
      previous: sql`(select hash from case_events where case_id = ${caseRow.id}::uuid and sequence = ${caseRow.version}::int)`,
      events: logged.map(({ id, event }) => ({
        id,
        type: event.type,
        at: event.at,
        payload: sql`${payloadOf(event)}::text`,
        ...(move.byTime?.includes(event) ? { actor: BY_TIME } : {}),
      })),
      suffix,
    }),
    ...textParts(caseRow.id, move.texts, now, suffix),
    ...taskParts(caseRow.id, tasks.removed, tasks.written, suffix),
    ...dropParts(caseRow.id, losersOf(move, parties), now, suffix),
    ...outboxParts(caseRow.id, outbox, now, suffix),
    ...documentParts(
      caseRow.id,
      documentsOf(logged, after, item, reference, Number(dayIn(now).slice(0, 4))),
      now,
    ),
    ...(uploads.length > 0 ? [attachPart(caseRow.id, uploads)] : []),
    ...seatParts(item.id, seats),
    auditPart({
      id: deps.ids.next(),
      at: now,
      action: `case.${move.events.map((event) => event.type).join('+')}`,
      subject: `case:${caseRow.id}`,
      reasonDigest: move.reasonDigest,
      suffix,
    }),
  ]
  const demands = [
    { holds: sql`exists(select 1 from ${sql.raw(`moved${suffix}`)})`, code: 'case.state-changed' as const },
    referenceDemand(reference, decidedWith(move)),
    ...(uploads.length > 0
      ? [
          {
            holds: sql`(select count(*) from attached) = ${uploads.length}::int`,
            code: 'upload.missing' as const,
          },
        ]
      : []),
    ...seatDemands(seats),
  ]
  return { parts, demands, after, due, uploads, isTold: outbox.length > 0 }
}

async function persistOnce(deps: CaseDeps, reference: Reference, move: CaseMove, now: Instant) {
  const { caseRow, item } = move
  const { parts, demands, after, due, uploads, isTold } = await partsOfMove(deps, reference, move, { now })
  const changed: CaseChanged = {
    id: caseRow.id,
    version: after.version,
    status: after.status,
    statusText: statusWords(after),
    ...dueView(item, after, due),
  }
  const answer = move.answer?.(after.version) ?? changed
  const committed = await commit(deps.database, {
    now,
    ...(move.profileId === null
      ? ({ by: 'system', intent: null } as const)
      : { by: profilePrincipal(move.profileId), intent: move.intent }),
    status: 200,
    parts: [actorPart(move.actor), ...parts],
    demands,
    answer: sql`${JSON.stringify(answer)}::json`,
  })
  if (committed.kind === 'done') await discardArrived(deps, uploads)
  if (isTold) deps.onCommitted()
  return { committed, answer }
}
