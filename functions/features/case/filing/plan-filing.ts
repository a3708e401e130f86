import type { DeliveryWish } from '#shared/contract/delivery'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import type { Answers } from '#shared/domain/application/answers'
import { applicantFieldsOf, childrenIn, slotsOf, uploadIdsOf } from '#shared/domain/application/item-answers'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import { apartOf } from '#shared/domain/case/clock/due-words'
import type { Speaker } from '#shared/domain/case/delivery/delivery-state'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { Declared } from '#shared/domain/case/filed-content'
import { bookingsOf, bookingTold } from '#shared/domain/case/result/booked'
import type { CaseChannel } from '#shared/domain/case/state'
import { MOST_DECLARED } from '#shared/domain/case/whose/barred'
import type { TickedBy } from '#shared/domain/case/whose/commitment'
import { awaitedIdentity } from '#shared/domain/case/whose/identity'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { type Agreement, ENTERS_AT } from '#shared/domain/organization/entering'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { authenticate } from '../../../platform/http/authenticate'
import { ProblemError } from '../../../platform/http/problem'
import { sealUploads } from '../../application'
import type { Reference } from '../../service-item'
import { bookedView } from '../booked-view'
import type { CaseDeps } from '../deps'
import { dueBecauseOf } from '../due-view'
import { lineColumns } from '../lists/case-line'
import { nameDigests, seenBy } from '../lists/search-index'
import { tasksOf } from '../lists/tasks'
import { timeContext } from '../on-time'
import { CASE_NUMBER_TO_COME } from '../outbox'
import { renewedUntil } from '../renewal'
import { referenceAt } from '../standing'
import { sealContent, sealText } from '../texts'
import { type AnswerFacts, asksNoNumber, asNamed, factsOf, type Named } from '../whose/applicant'
import { whoseToFile } from '../whose/applicant-queries'
import { findFiler, notToBeNamed, personNamed } from '../whose/filer'
import { partiesOf } from '../whose/parties'
import type { Filed } from '../writes/case-write'
import { type Application, type Checked, checkAll, credentialsFor, invalid } from './check-application'
import { wishedAtFiling } from './delivery-wish'
import { barringIndexes, duplicateIndexesOf, mayBar } from './duplicates'
import { seatChanges } from './seats'

/** How an application came in, beside what is applied for. */
export interface Filing extends Application {
  readonly channel: CaseChannel
  readonly src: string | null
  readonly assisted: boolean
  readonly relation: readonly Declared[]
  /** The case whose certificate it asks to renew. */
  readonly renews?: string | undefined
  /** Why they had to come. */
  readonly visitReason?: string | undefined
  readonly commitment?: true | undefined
  /** How the papers are wanted. */
  readonly delivery?: DeliveryWish | undefined
}

interface Request {
  readonly tokenHash: string
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
  readonly takenFrom: 'filer' | null
}

/** The applicant where the form asks for no number: whoever files, or whom staff name when they type it; null elsewhere. */
async function findWhom(
  deps: CaseDeps,
  { tokenHash, application: { applicant } }: Request,
  item: Checked['item'],
  entry: Entry | null,
): Promise<Whom | null> {
  const now = deps.clock.now()
  if (applicant && !asksNoNumber(item)) throw notToBeNamed('姓名和证件号写在表里，这里不用再写')
  if (applicant && entry === null) throw notToBeNamed('自己申请，就是给自己办，不用写别人')
  if (applicant) return { person: personNamed(applicant, dayIn(now)), takenFrom: null }
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

/** Whoever came is asked before anything is typed, by whichever page or client: 个人信息保护法 第13、31条. */
function checkAgreed({ consent }: Filing, entry: Entry | null) {
  if ((consent === undefined) === (entry === null)) return
  const [code, message] =
    entry === null
      ? ['field.unknown', '自己申请，不用写别人同不同意']
      : ['field.required', '先问来的人同不同意替他填。他同意了，重新打开这一页填']
  throw invalid([{ pointer: '/consent', code, message }])
}

const agreementOf = ({ consent, agent }: Filing): Omit<Agreement, 'applicant'> =>
  consent === undefined ? {} : { consent, ...(agent ? { consentBy: 'agent' } : {}) }

/** Whoever types for somebody is confirmed as nobody. */
function speakerOf(entry: Entry | null, isConfirmed: boolean): Speaker {
  if (isConfirmed) return 'owner'
  return entry === null ? 'filer' : 'staff'
}

/** Everything of an application that one statement then writes, or refuses. */
function prepare(
  deps: CaseDeps,
  { item, version, fastTrack, answers, papers }: Checked,
  application: Filing,
  facts: AnswerFacts,
  now: Instant,
  {
    entry,
    whom,
    isConfirmed,
    renewsUntil,
    reference,
  }: {
    readonly reference: Reference
    readonly entry: Entry | null
    readonly whom: Whom | null
    readonly isConfirmed: boolean
    readonly renewsUntil: PlainDate | null
  },
) {
  const caseId = deps.ids.next()
  const { agent, channel, src, assisted, relation, renews, visitReason, commitment, delivery } = application
  const content = sealContent(deps.cipher, caseId, {
    answers,
    papers,
    applicantName: facts.name,
    ...(whom === null ? {} : { applicantNumber: whom.person.idNumber }),
    agent: agent && whom?.takenFrom !== 'filer',
    ...(relation.length > 0 ? { relation } : {}),
  })
  const visit = visitReason === undefined ? null : sealText(deps.cipher, caseId, 'note', visitReason)
  const event: CaseEvent & { type: 'filed' } = {
    type: 'filed',
    at: now,
    serviceItemId: item.id,
    itemVersion: version,
    ...facts.place,
    identityConfirmed: isConfirmed,
    stepKeys: facts.stepKeys,
    answersDigest: content.digest,
    applicant: facts.applicant,
    confirmedBy: isConfirmed ? (facts.applicant.kind === 'firm' ? 'power' : 'wechat') : null,
    seats: facts.seats,
    channel,
    src,
    assisted,
    enteredBy: entry?.staffId ?? null,
    enteredAt: entry?.unitId ?? null,
    relatives: relation.map((each) => each.staffId),
    fastTrack,
    ...(renews === undefined ? {} : { renews }),
    ...(renewsUntil === null ? {} : { renewsUntil }),
    ...agreementOf(application),
    ...(visit === null ? {} : { visitReasonDigest: visit.digest }),
    ...(commitment === undefined
      ? {}
      : { isCommitted: commitment, tickedBy: tickedAt(application, entry, whom) }),
  }
  const texts = visit === null ? [content] : [content, visit]
  const filed = evolve(item, null, event)
  const wished = wishedAtFiling(deps.cipher, { caseId, item, state: filed }, delivery, {
    by: speakerOf(entry, isConfirmed),
    context: timeContext(now, reference),
  })
  return {
    caseId,
    texts: [...texts, ...wished.texts],
    events: [event, ...wished.events],
    state: wished.state,
  }
}

/** Staff who type it have read it out; else whoever files has ticked it themselves. */
function tickedAt({ agent }: Pick<Filing, 'agent'>, entry: Entry | null, whom: Whom | null): TickedBy {
  const isAgent = agent && whom?.takenFrom !== 'filer'
  if (entry === null) return isAgent ? 'agent' : 'applicant'
  return isAgent ? 'read-to-comer' : 'read-to-applicant'
}

/** Region and day; the number of the day follows. */
const numberPrefix = (reference: Reference, today: PlainDate) =>
  reference.fact<{ region: { code: string } }>('county').region.code + today.slice(2).replaceAll('-', '')

/** Whoever files, unless staff typed it, and the owner, whom the statement finds; a firm's are known before. */
function partiesToFile(
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

/** An application that one statement then files, with others or alone, or refuses. */
export interface PlannedFiling {
  readonly write: Filed
  /** What it was planned with. */
  readonly reference: Reference
  readonly checked: Checked
  /** Who types it, of the staff; null for who applies themselves. */
  readonly staffId: string | null
  /** Staff type what is not their own. */
  readonly isForOthers: boolean
  /** Its applicant is whoever files, as they were known a moment ago. */
  readonly isForFiler: boolean
  readonly isForChild: boolean
  /** Its applicant, or anybody else whom it names, is under fourteen. */
  readonly namesChild: boolean
  readonly dueBecause: ReturnType<typeof dueBecauseOf>
  readonly apart: string | null
  readonly booked: ReturnType<typeof bookedView>['booked']
  readonly isIdentityAwaited: boolean
}

/** Its papers bear the name as the licence has it, however its blanks and brackets were typed. */
function inRegistersForm(item: ServiceItem, answers: Answers, firmName: string | null): Answers {
  const { name: key } = applicantFieldsOf(item)
  return firmName === null || key === null ? answers : { ...answers, [key]: firmName }
}

/** Checks an application and works out all that filing it writes; whatever is wrong with it is thrown. */
export async function planFiling(
  deps: CaseDeps,
  request: Request,
  reference: Reference,
): Promise<PlannedFiling> {
  const { application, tokenHash } = request
  const now = deps.clock.now()
  const today = dayIn(now)
  const entry = await entryOf(deps, request)
  const staffId = entry?.staffId ?? null
  const typed = await checkAll(deps, request, reference, today)
  checkRelation(application, reference)
  checkAgreed(application, entry)
  const { item } = typed
  const whom = await findWhom(deps, request, item, entry)
  const named = whom && asNamed(deps.cipher, whom.person, { today, takenFrom: whom.takenFrom })
  const read = (answers: Answers) => factsOf(deps.cipher, reference, item, answers, { named, today })
  const { applicant, masked } = read(typed.answers)
  const whose = { applicant, masked, itemId: item.id, channel: application.channel }
  const { owners, ownStaff, isKnown, firmName, revision } = await whoseToFile(
    deps.database,
    tokenHash,
    whose,
    now,
  )
  // Places and pools are those of this moment; what changes from here on is for whoever hands work over.
  if (revision.registry > reference.revision.registry)
    return planFiling(deps, request, await referenceAt(deps, revision))
  const checked = { ...typed, answers: inRegistersForm(item, typed.answers, firmName) }
  const facts = read(checked.answers)
  const duplicates = duplicateIndexesOf(
    deps.cipher,
    item,
    checked.answers,
    facts.applicant,
    await credentialsFor(deps, request, item),
  )
  // Whoever types for somebody is not whom it is for.
  const isConfirmed = isKnown && entry === null
  const { caseId, texts, state, ...prepared } = prepare(deps, checked, application, facts, now, {
    reference,
    entry,
    whom,
    isConfirmed,
    renewsUntil: await renewedUntil(deps.database, application.renews),
  })
  const ofPapers = checked.papers.flatMap((paper) => paper.files)
  const ofFields = uploadIdsOf(item, checked.answers)
  const uploads = await sealUploads(deps, { ofPapers, ofFields }, application)
  const due = dueOfCase(item, state, reference.calendar)
  const tasks = tasksOf({ item, state, reference, now, ownStaff, documents: [] }, [])
  const events = prepared.events.map((event) => ({ id: deps.ids.next(), event }))
  const parties = partiesToFile(facts, entry, owners)
  const reminders = deps.planReminders({
    caseId,
    caseNumber: CASE_NUMBER_TO_COME,
    item,
    before: null,
    after: state,
    events,
    due,
    held: tasks,
    opened: tasks,
    newCard: null,
    ownStaff,
    parties,
    actor: { staffId, profileId: null },
  })
  const write: Filed = {
    kind: 'filed',
    caseId,
    itemId: item.id,
    before: 0,
    itemVersion: checked.version,
    state,
    line: lineColumns({ item, state, reference, now, documents: [] }),
    due,
    numberPrefix: numberPrefix(reference, today),
    columns: {
      applicantIndex: facts.applicant.numberIndex,
      identityIndex: facts.applicant.identityIndex,
      ...duplicates,
      applicantMasked: facts.masked,
      nameParts: nameDigests(deps.cipher, facts.name),
    },
    mayBar: mayBar(item, facts.applicant),
    barringIndexes: barringIndexes(deps.cipher, item, facts.applicant, duplicates),
    forFirm: facts.applicant.kind === 'firm',
    events,
    texts,
    tasks: { removed: [], written: tasks },
    seenBy: seenBy({ item, state, tasks }, staffId === null ? '' : `staff:${staffId}`),
    reminders,
    documents: [],
    uploads,
    seats: seatChanges([], slotsOf(item, checked.answers)),
    audit: { id: deps.ids.next(), action: 'case.file', reasonDigest: null },
  }
  const isForChild = facts.birth !== null && isUnderFourteen(facts.birth, today)
  return {
    write,
    reference,
    checked,
    staffId,
    isForOthers: staffId !== null && !ownStaff.includes(staffId),
    isForFiler: whom?.takenFrom === 'filer',
    isForChild,
    namesChild: isForChild || childrenIn(item, checked.answers, today).length > 0,
    dueBecause: dueBecauseOf(due, item),
    apart: apartOf(item, state, due),
    booked: bookedView(bookingTold(bookingsOf(state), now, false), reference).booked,
    isIdentityAwaited: awaitedIdentity(item, state) !== null,
  }
}
