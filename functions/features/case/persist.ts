import { sql } from 'drizzle-orm'
import type { CaseChanged } from '#shared/contract/case'
import type { CaseNudged } from '#shared/contract/nudge'
import type { NarrowChange } from '#shared/contract/work'
import { type CaseDue, dueOfCase } from '#shared/domain/case/clock/clocks'
import { missedItems } from '#shared/domain/case/correction/missed-items'
import { evolve, goneBack } from '#shared/domain/case/evolve'
import { type Issued, outcomeOf } from '#shared/domain/case/outcome/outcome'
import type { CaseState } from '#shared/domain/case/state'
import { isUndoable, UNDO_SECONDS } from '#shared/domain/case/undo'
import { ownAmongStaff } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, yearOf } from '#shared/domain/kernel/plain-date'
import { type Committed, commit, commitBySystem, violatedConstraint } from '../../platform/db/commit'
import { profilePrincipal } from '../../platform/http/principal'
import { discardArrived } from '../application'
import { type Reference, referenceDemand } from '../service-item'
import type { CaseDeps } from './deps'
import { issuedTexts, withCodes } from './documents/issue-documents'
import { dueView } from './due-view'
import { openedCredentials, takesKeyFromFile } from './filing/check-application'
import { bars, type DuplicateIndexes, duplicateIndexesOf, ownerOf } from './filing/duplicates'
import { seatsMoved } from './filing/seats'
import { lineColumns } from './lists/case-line'
import { listOthersOfNumber } from './lists/list-queries'
import { seenBy } from './lists/search-index'
import { isSameShare, taskChanges, tasksOf } from './lists/tasks'
import { carrierOf, filerOf, itemOf } from './standing'
import { auditedReason, namedTexts } from './texts'
import { undoneUntil } from './undo-time'
import { listCredentialsOf, type Whose, whoseAfter } from './whose/applicant-queries'
import { heardBy } from './whose/heard-by'
import { type Party, partiesOf } from './whose/parties'
import type { CaseMove } from './writes/case-move'
import type { Moved } from './writes/case-write'
import { actorPart, writeParts } from './writes/statement'

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
  events.some(
    ({ type, ...event }) =>
      type === 'applicant-death-recorded' ||
      (type === 'terminated' && 'cause' in event && event.cause === 'deceased'),
  )
const isOfDeath = (move: CaseMove) =>
  isDeath(move) || move.events.some(({ type }) => type === 'death-record-withdrawn')
/** What else of an applicant who died is under way, with who holds it: by the same rule as `saysWhoDied`. */
async function othersOf({ database }: CaseDeps, reference: Reference, move: CaseMove, now: Instant) {
  const { id, applicantIndex, state, filedBy } = move.caseRow
  if (!isOfDeath(move) || applicantIndex === null) return []
  const found = await listOthersOfNumber(database, { id, applicantIndex }, dayIn(now))
  const concerned = found.filter(({ caseRow }) => state.identityConfirmed || caseRow.filedBy === filedBy)
  return concerned.map(({ caseRow, tasks }) => ({
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    item: itemOf(reference, caseRow),
    tasks,
  }))
}

/** Whose the case is, was until now, and whoever filed it; of a death whoever had filed it, though the owner took it over. */
function partiesAt(move: CaseMove, owners: readonly string[]) {
  const { caseRow } = move
  const { filedBy, ownerId, owners: before, state } = caseRow
  const entered = state.enteredBy === null ? filedBy : null
  const filer = isDeath(move) ? (entered ?? ownerId) : filerOf(caseRow, (id) => owners.includes(id))
  const profile = (id: string) => `profile:${id}` as const
  const carrier = carrierOf(caseRow)
  const takesIt = carrier === null || !owners.includes(carrier)
  const hasOtherFirmName = caseRow.otherFirmName !== null
  const awaitedOf = (recipient: string) => ({
    takesIt,
    otherName: caseRow.misnamed.some((id) => profile(id) === recipient),
    hasOtherFirmName,
  })
  return partiesOf(filer === null ? null : profile(filer), owners.map(profile), before.map(profile)).map(
    (party) => {
      if (party.as === 'owner') return { ...party, awaited: awaitedOf(party.recipient) }
      return hasOtherFirmName
        ? { ...party, awaited: { takesIt: false, otherName: false, hasOtherFirmName } }
        : party
    },
  )
}

const hearsOf =
  ({ madeBy }: CaseMove) =>
  ({ recipient }: Party) =>
    !madeBy?.some((id) => `profile:${id}` === recipient)

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

/** A notice also goes out under the county's rule; guides never change in their version. */
const decidedWith = (writes: readonly Moved[]) =>
  writes.some(({ events }) => events.some(({ event }) => event.type === 'correction-requested'))
    ? (['catalogue', 'calendar', 'registry'] as const)
    : (['calendar', 'registry'] as const)

/** Applies events to a case and writes all that follows from them in one round trip; 409 for the loser of a race. */
export async function persistMove(
  deps: CaseDeps,
  reference: Reference,
  move: CaseMove,
  now: Instant,
): Promise<{ readonly committed: Committed; readonly answer: CaseChanged | NarrowChange | CaseNudged }> {
  try {
    return await persistOnce(deps, reference, move, now)
  } catch (cause) {
    // Another case of the same owner has become the first in the same moment: this one goes without the guard.
    if (violatedConstraint(cause) !== 'cases_duplicate_guard') throw cause
    return persistOnce(deps, reference, move, now)
  }
}

/** What whoever did it may take back yet. */
function undoable({ restored, events, by }: Pick<CaseMove, 'restored' | 'events' | 'by'>) {
  const last = events.at(-1)
  return last !== undefined && !restored && isUndoable(last) && by.actor.startsWith('staff:') ? last : null
}

/** What can still be taken back is told when it no longer can; what was taken back is told to nobody. */
function told(
  move: CaseMove,
  plan: CaseDeps['planReminders'],
  change: Parameters<CaseDeps['planReminders']>[0],
) {
  if (move.restored) return []
  const last = undoable(move)
  return plan(change).map((row) => (last ? { ...row, availableAt: undoneUntil(last.at) } : row))
}

/** What the first notice had missed is kept with the second, which nobody takes back. */
const missedBy = ({ caseRow, item, events }: CaseMove): Moved['missed'] =>
  events.flatMap((event, at) => {
    if (event.type !== 'correction-requested') return []
    const before = events
      .slice(0, at)
      .reduce<CaseState>((state, each) => evolve(item, state, each), caseRow.state)
    const { version, itemVersion } = caseRow
    return missedItems(item, before, event).map((each) => ({
      ...each,
      sequence: version + at + 1,
      itemVersion,
      at: event.at,
    }))
  })

/** Whatever a move changes, worked out to be written; with others in one statement or alone. */
export async function planMove(
  deps: CaseDeps,
  reference: Reference,
  move: CaseMove,
  now: Instant,
): Promise<{
  readonly write: Moved
  readonly after: CaseState
  readonly due: CaseDue
  readonly documents: readonly Issued[]
}> {
  const { caseRow, item } = move
  const after = move.restored
    ? goneBack(move.restored.state, caseRow.state)
    : move.events.reduce<CaseState>((state, event) => evolve(item, state, event), caseRow.state)
  const due = dueOfCase(item, after, reference.calendar)
  const handedOver = move.events.filter((event) => event.type === 'handed-over')
  const { owners, ...whose } = await whoseIt(deps, move, now)
  const ownStaff = ownAmongStaff({ state: after, ownStaff: whose.ownStaff })
  const events = move.events.map((event) => ({
    id: deps.ids.next(),
    event,
    ...(move.byTime?.includes(event) ? { actor: BY_TIME } : {}),
  }))
  const issued = withCodes(deps, deps.documents.issuedBy(events, after, item, reference, yearOf(dayIn(now))))
  const sealed = issuedTexts(deps, reference, { caseRow, item, events, issued })
  const documents = [...caseRow.documents, ...issued]
  const staffed = { item, state: after, reference, now, ownStaff, documents }
  const held = tasksOf(staffed, move.restored?.tasks ?? move.tasks, handedOver)
  const { opened, ...tasks } = taskChanges(move.tasks, held)
  const anew = opened.filter(({ onlyTo }) => onlyTo === undefined)
  const parties = partiesAt(move, owners)
  const reminders = told(move, deps.planReminders, {
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    item,
    before: caseRow.state,
    after,
    events,
    due,
    held,
    opened,
    newCard: move.newCard ?? null,
    reason: move.reason ?? null,
    ownStaff,
    parties: (await heardBy(deps, caseRow, after, parties)).filter(hearsOf(move)),
    others: await othersOf(deps, reference, move, now),
    actor: { staffId: idIn(move.by.actor, 'staff:'), profileId: idIn(move.by.actor, 'profile:') },
  })
  const reasonDigest = auditedReason(move.events, move.reasonDigest)
  const write: Moved = {
    kind: 'moved',
    caseId: caseRow.id,
    itemId: item.id,
    before: caseRow.version,
    state: after,
    line: lineColumns({ item, state: after, reference, now, documents }),
    due,
    bars: bars(item, after),
    applicant: move.applicant ?? null,
    duplicates: (await keyedNow(deps, move, after, now)) ?? move.applicant ?? null,
    newOwnerId: move.newOwnerId ?? null,
    newFilerId: move.newFilerId ?? null,
    losers: losersOf(move, parties),
    kept: held.filter(
      (task) => move.restored || (!anew.some(isSameShare(task)) && move.tasks.some(isSameShare(task))),
    ),
    undone: move.restored?.undone ?? [],
    events,
    texts: [...namedTexts(move.texts, move.events, reasonDigest), ...sealed.texts],
    certificates: sealed.certificates,
    missed: missedBy(move),
    tasks,
    seenBy: seenBy({ item, state: after, tasks: held }, move.by.actor),
    reminders,
    documents: issued,
    uploads: move.uploads ?? [],
    seats: seatsMoved(item, { before: caseRow.state, after }, move.answers ?? (() => ({}))),
    audit: {
      id: deps.ids.next(),
      action: `case.${move.events.map((event) => event.type).join('+')}`,
      reasonDigest,
    },
  }
  return { write, after, due, documents }
}

/** The parts of a statement that writes planned moves, after the part `actor`, with what must hold then. */
export function movingParts(reference: Reference, writes: readonly Moved[], now: Instant) {
  const { parts, demands } = writeParts(writes, now)
  return { parts, demands: [...demands, referenceDemand(reference, decidedWith(writes))] }
}

/** Writes what a job moves, all in one statement; where one of the cases has moved on meanwhile none is moved. */
export async function persistTogether(
  deps: CaseDeps,
  reference: Reference,
  moves: readonly Omit<CaseMove, 'by'>[],
  { actor, now }: { readonly actor: `system:${string}`; readonly now: Instant },
): Promise<void> {
  const planned = await Promise.all(
    moves.map((move) => planMove(deps, reference, { ...move, by: { profileId: null, actor } }, now)),
  )
  const writes = planned.map(({ write }) => write)
  const { parts, demands } = movingParts(reference, writes, now)
  await commitBySystem(deps.database, { now, parts: [actorPart(actor), ...parts], demands })
  if (writes.some(({ reminders }) => reminders.length > 0)) deps.onCommitted()
}

async function persistOnce(deps: CaseDeps, reference: Reference, move: CaseMove, now: Instant) {
  const { write, after, due, documents } = await planMove(deps, reference, move, now)
  const changed: CaseChanged = {
    id: write.caseId,
    version: after.version,
    status: after.status,
    outcome: outcomeOf(move.item, after, {
      calendar: reference.calendar,
      documents,
      today: dayIn(now),
      reader: idIn(move.by.actor, 'staff:') === null ? 'applicant' : 'staff',
    }),
    ...dueView(move.item, after, due),
    undoSeconds: undoable(move) ? UNDO_SECONDS : null,
  }
  const answer = move.answer?.(after.version) ?? changed
  const { parts, demands } = movingParts(reference, [write], now)
  const committed = await commit(deps.database, {
    now,
    ...(move.by.profileId === null
      ? ({ by: 'system', intent: null } as const)
      : { by: profilePrincipal(move.by.profileId), intent: move.by.intent }),
    status: move.status ?? 200,
    parts: [actorPart(move.by.actor), ...parts],
    demands,
    answer: sql`${JSON.stringify(answer)}::json`,
  })
  if (committed.kind === 'done') await discardArrived(deps, write.uploads)
  if (write.reminders.length > 0 || move.restored) deps.onCommitted()
  return { committed, answer }
}
