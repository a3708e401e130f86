import { type SQL, sql } from 'drizzle-orm'
import type { PublicNoticePage, PublicNotices } from '#shared/contract/public-notice'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { noticeForEverybody } from '#shared/domain/case/publicity/public-notice'
import { standingEvents } from '#shared/domain/case/undo'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { addDays, ageOn, dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { mayHangOn } from '../../../platform/db/parts/stored-state'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { Reference } from '../../service-item'
import type { CaseDeps } from '../deps'
import { stateOnTime } from '../on-time'
import { type CaseContent, findContents } from '../queries'
import { NO_OTHERS } from '../same-holder'
import { itemOf } from '../standing'
import { openContent } from '../texts'
import { documentsOf, wholeDocument } from './document-view'
import type { Subject, ViewContext } from './subject'

const PAGE_SIZE = 20
const PAGES_READ = 5
/** No publicity hangs longer. */
const LONGEST_DAYS = 180
const OF_AGE = 18

interface Asked {
  readonly item?: string | undefined
  readonly unit?: string | undefined
  readonly cursor?: string | undefined
}

/** Whoever reads a wall. */
const ANYBODY: Principal = {
  sessionId: '',
  sessionKind: 'phone',
  secondFactor: 'none',
  profileId: '',
  openid: '',
  appid: '',
  realNameLevel: 0,
  idNumberIndex: null,
  identityIndex: null,
  powers: [],
  villageCode: null,
  staffId: null,
  isStale: false,
  pools: [],
}

/** Of what a page of a case reads, what a notice does not tell. */
const UNTOLD = {
  prior: null,
  dealings: null,
  tasks: [],
  rating: null,
  renewals: [],
  hasDied: false,
  later: [],
  typed: [],
  duplicates: [],
  ofHolder: NO_OTHERS,
  oftenMissed: [],
  revision: { calendar: 0, catalogue: 0, registry: 0 },
} as const

function subjectFor(found: CaseContent, context: ViewContext): Subject {
  const { caseRow, texts, events } = found
  const { reference, cipher, now } = context
  const item = itemOf(reference, caseRow)
  const state = stateOnTime(item, caseRow, reference, now)
  return {
    ...context,
    read: { ...UNTOLD, ...found, caseRow, events: standingEvents(events), principal: ANYBODY },
    caseRow,
    item,
    state,
    content: openContent(cipher, caseRow.id, texts, state.answersDigest),
    principal: ANYBODY,
    viewer: 'applicant',
    owns: false,
    readsNumbers: false,
    ownAlone: true,
  }
}

/** Nothing of a child hangs where the whole world reads it. 个人信息保护法 第28、31条 */
function isOfChild({ item, content, now }: Subject) {
  const { number } = applicantFieldsOf(item)
  const typed = number === null ? content.applicantNumber : content.answers[number]
  const birth = typeof typed === 'string' ? birthOfIdNumber(typed) : undefined
  return birth !== undefined && ageOn(birth, dayIn(now)) < OF_AGE
}

function placeOf({ caseRow: { villageCode }, reference }: Subject) {
  if (villageCode === null) return null
  const town = reference.units.get(villageCode)?.parentId
  return [town ? organName(reference, town) : '', unitName(reference, villageCode)].filter(Boolean).join(' ')
}

const isHidden = (subject: Subject) => subject.item.confidential || isOfChild(subject)

/** The notice of a case as it hangs; null where it does not, or not for everybody. */
function hung(subject: Subject) {
  const { item, state, reference, now, read } = subject
  const notice = noticeForEverybody(item, state, { now, calendar: reference.calendar })
  if (notice === null || isHidden(subject)) return null
  const paper = documentsOf(subject).findLast(({ kind }) => kind === 'publicity')
  const event = read.events.find(({ id }) => id === paper?.id)
  if (!paper || event?.type !== 'notice-published' || event.stepKey !== notice.stepKey) return null
  return {
    paper,
    stepKey: notice.stepKey,
    told: {
      id: paper.id,
      serviceItemId: item.id,
      itemName: item.name,
      place: placeOf(subject),
      organName: paper.organName,
      number: paper.documentNumber,
      publishedOn: notice.publishedOn,
      lastOn: notice.lastOn,
    },
  }
}

const villagesOf = ({ units }: Reference, unitId: string) =>
  [...units.values()].filter(({ id, parentId }) => id === unitId || parentId === unitId).map(({ id }) => id)

const among = (values: readonly string[]) =>
  sql`(select value from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`

/** Notices that were put up lately, of cases that go on, each case's newest; narrowed by `more`. */
const putUp = (now: Instant, more: SQL) => sql`select d.id, d.case_id as "caseId"
  from documents d join cases c on c.id = d.case_id
  where d.kind = 'publicity' and d.issued_at >= ${instantAt(addDays(dayIn(now), -LONGEST_DAYS), 0)}::timestamptz
    and c.ended_at is null and ${mayHangOn(dayIn(now))} ${more}
    and not exists (select 1 from documents n where n.case_id = d.case_id and n.kind = 'publicity'
      and n.issued_at > d.issued_at)`

const choicesOf = (reference: Reference): Pick<PublicNotices, 'towns' | 'serviceItems'> => ({
  towns: [...reference.units.values()]
    .filter(({ kind }) => kind === 'town')
    .map(({ id, shortName }) => ({ unitId: id, name: shortName })),
  serviceItems: reference.items
    .filter(({ confidential, steps }) => !confidential && steps.some(({ publicity }) => publicity !== null))
    .map(({ id, plainName }) => ({ id, name: plainName })),
})

const contextOf = async ({ reference, cipher, documents, ownAddress, clock }: CaseDeps) => ({
  reference: await reference.current(),
  cipher,
  documents,
  ownAddress,
  now: clock.now(),
})

const behind = (cursor: string | null) =>
  cursor === null
    ? sql``
    : sql`and (d.issued_at, d.id) < (select k.issued_at, k.id from documents k where k.id = ${cursor}::uuid)`

/** One page of what was put up, with what of it hangs, and where the next begins. */
async function pageBehind(deps: CaseDeps, context: ViewContext, more: SQL, cursor: string | null) {
  const { now } = context
  const rows = await deps.database.rows<{ id: string; caseId: string }>(
    sql`${putUp(now, sql`${more} ${behind(cursor)}`)} order by d.issued_at desc, d.id desc limit ${PAGE_SIZE + 1}`,
  )
  const shown = rows.slice(0, PAGE_SIZE)
  const contents = await findContents(
    deps.database,
    shown.map(({ caseId }) => caseId),
    dayIn(now),
  )
  const items = shown.flatMap(({ caseId }) => {
    const found = contents.get(caseId)
    const notice = found && hung(subjectFor(found, context))
    return notice ? [notice.told] : []
  })
  return { items, nextCursor: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null }
}

/** What is put up today, to anybody, the newest first. */
export const createListNotices =
  (deps: CaseDeps) =>
  async ({ item, unit, cursor }: Asked): Promise<PublicNotices> => {
    const context = await contextOf(deps)
    const { reference } = context
    const more = sql`${item === undefined ? sql`` : sql`and c.service_item_id = ${item}`}
      ${unit === undefined ? sql`` : sql`and c.village_code in ${among(villagesOf(reference, unit))}`}`
    let page = await pageBehind(deps, context, more, cursor ?? null)
    // A child's, or a confidential one, falls away after it was read: nobody is given an empty page before more.
    for (let read = 1; read < PAGES_READ && page.items.length === 0 && page.nextCursor !== null; read += 1)
      page = await pageBehind(deps, context, more, page.nextCursor)
    return { ...page, ...choicesOf(reference) }
  }

/** The notice of this id as it hangs, with its case; 404 once it does not. */
export async function findHung(deps: CaseDeps, id: string) {
  const context = await contextOf(deps)
  const [row] = await deps.database.rows<{ id: string; caseId: string }>(
    putUp(context.now, sql`and d.id = ${id}::uuid`),
  )
  const found = row && (await findContents(deps.database, [row.caseId], dayIn(context.now))).get(row.caseId)
  const subject = found && subjectFor(found, context)
  const notice = subject && hung(subject)
  if (!notice) throw await notHung(deps, context, id)
  return { context, subject, notice }
}

/** Whoever said something against what hung here before still learns whom to ask, and by which number of which paper. */
async function notHung(deps: CaseDeps, context: ViewContext, id: string) {
  const [row] = await deps.database.rows<{ caseId: string }>(
    sql`select case_id as "caseId" from documents where id = ${id}::uuid and kind = 'publicity'`,
  )
  const found = row && (await findContents(deps.database, [row.caseId], dayIn(context.now))).get(row.caseId)
  const subject = found && subjectFor(found, context)
  const paper = subject && subject.caseRow.documents.find((each) => each.id === id)
  if (!paper || isHidden(subject)) return new ProblemError('notice.not-found')
  const phone = phoneOf(context, paper.unitId)
  const call = phone === null ? '' : `打 ${phone}，`
  return new ProblemError('notice.not-found', {
    detail: `提过意见、想问结果：${call}问${organName(context.reference, paper.unitId)}，说是 ${paper.documentNumber}。`,
  })
}

const phoneOf = ({ reference }: ViewContext, unitId: string) => reference.units.get(unitId)?.phone ?? null

/** One of them, as it hangs; 404 once it does not. */
export const createReadNotice =
  (deps: CaseDeps) =>
  async (id: string): Promise<PublicNoticePage> => {
    const { context, subject, notice } = await findHung(deps, id)
    const { title, paragraphs } = wholeDocument(subject, notice.paper)
    const organ = subject.caseRow.documents.find((each) => each.id === id)?.unitId ?? ''
    return {
      ...notice.told,
      title,
      paragraphs: [...paragraphs],
      phone: phoneOf(context, organ),
    }
  }
