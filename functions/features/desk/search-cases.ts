import type { Queue } from '#shared/contract/work'
import { caseLight } from '#shared/domain/case/clock/case-light'
import { withTakingBack } from '#shared/domain/case/outcome/now-words'
import { outcomeAt, standingOf } from '#shared/domain/case/outcome/outcome'
import {
  digitsSought,
  isCalled,
  isTelling,
  noticeIn,
  searchWords,
} from '#shared/domain/case/outcome/search-words'
import { takingBackTold } from '#shared/domain/case/revocation/taking-back'
import { stepOf } from '#shared/domain/case/route'
import { openParts } from '#shared/domain/case/state'
import { holdsStep } from '#shared/domain/case/whose/visibility'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { unitName } from '#shared/domain/organization/registry'
import type { Principal } from '../../platform/http/principal'
import {
  type CaseDeps,
  type CaseRow,
  itemOf,
  NOTICED,
  referenceAt,
  sightOf,
  stateOnTime,
  viewFormer,
  wordDigests,
} from '../case'
import type { Reference } from '../service-item'
import { createSearchBrake, working } from './counted-look'
import { holderOf, queueItem } from './list-tasks'
import type { QueueTab } from './queue-queries'
import { type SearchedPage, type SoughtWord, searchCases } from './search-queries'

const PAGE_SIZE = 20
/** What is found and may not be seen makes no page shorter: so many times more is looked for. */
const MOST_ROUNDS = 10

type Item = Queue['items'][number]
type Searched = SearchedPage['cases'][number]
type SearchedTask = Searched['tasks'][number]

interface SearchRequest {
  readonly q: string
  readonly tab: QueueTab | 'all'
  readonly cursor: string | null
}

/** Items and villages by their names; persons and numbers are looked for by the database. */
function soughtOf({ cipher }: CaseDeps, { items, units, fact }: Reference, word: string): SoughtWord {
  const { region } = fact<{ readonly region: { readonly code: string } }>('county')
  const digits = digitsSought(word, region.code)
  const itemIds = items
    .filter(({ name, plainName, keywords }) => isCalled([name, plainName, ...keywords], word))
    .map(({ id }) => id)
  const villageIds = [...units.values()]
    .filter(({ kind, name }) => kind === 'village' && isCalled([name], word))
    .map(({ id }) => id)
  return {
    nameParts: wordDigests(cipher, word),
    notice: null,
    digits,
    itemIds,
    villageIds,
    isTelling: isTelling(word, digits) && itemIds.length + villageIds.length === 0,
  }
}

/** The number of a notice is taken out of what was typed, the rest is words: 梅政示〔2026〕2号. */
function noticeSought({ documents }: CaseDeps, reference: Reference, typed: string) {
  const named = noticeIn(typed)
  if (named === null) return { rest: typed, sought: [] }
  const { written, prefix, year, number } = named
  const unitIds = [...reference.units.keys()].filter(
    (id) => documents.prefix('publicity', id, year, reference) === prefix,
  )
  const notice = { unitIds, year, number }
  const sought = { nameParts: [], digits: null, itemIds: [], villageIds: [], notice, isTelling: true }
  return { rest: typed.replace(written, ' '), sought: [sought] }
}

type Search = Parameters<typeof searchCases>[2]

/** Who asks, with what is due to be known of the county to answer them. */
const asking = async (deps: CaseDeps, { principal, revision }: SearchedPage) => ({
  principal: working(principal),
  reference: await referenceAt(deps, revision),
})

/** A page of what is found and may be seen: `after` is where the next one begins, null at the end. */
async function findPage(deps: CaseDeps, tokenHash: string, search: Search, now: Instant) {
  const items: Item[] = []
  let { after } = search
  for (let round = 1; ; round += 1) {
    const page = await searchCases(deps.database, tokenHash, { ...search, after }, now)
    const asks = await asking(deps, page)
    const last = page.cases[page.cases.length - 1]
    for (const found of page.cases) {
      if (items.length === PAGE_SIZE) break
      after = found.caseRow.id
      items.push(...itemFor(found, asks.principal, asks.reference, now))
    }
    const isEnd = page.cases.length < search.size && last?.caseRow.id === after
    if (last === undefined || isEnd) after = null
    if (after === null || items.length === PAGE_SIZE || round === MOST_ROUNDS)
      return { ...asks, counts: page.counts, items, after }
  }
}

/**
 * Any case that the asking member may see and that all the words match, the newest first: their work, what they have done,
 * and what they have lost, of which number and item alone are found. It stores nothing.
 */
export const createSearchCases = (deps: CaseDeps) => {
  const searches = createSearchBrake(deps)
  return async (tokenHash: string, { q, tab, cursor }: SearchRequest): Promise<Queue> => {
    await searches.count(tokenHash)
    const reference = await deps.reference.cached()
    const { rest, sought } = noticeSought(deps, reference, q)
    const search = {
      words: [...sought, ...searchWords(rest).map((word) => soughtOf(deps, reference, word))],
      confidentialIds: reference.items.filter(({ confidential }) => confidential).map(({ id }) => id),
      tab,
      after: cursor,
      size: PAGE_SIZE + 1,
    }
    const found = await findPage(deps, tokenHash, search, deps.clock.now()).catch((cause: unknown) => {
      searches.forget(tokenHash)
      throw cause
    })
    return {
      counts: found.counts,
      holder: holderOf(found.principal, found.reference),
      items: found.items,
      nextCursor: found.after,
    }
  }
}

/** As it stands in the list of who asks; nothing of what they may not see. */
export function itemFor(
  found: Searched,
  principal: Principal,
  reference: Reference,
  now: Instant,
): readonly Item[] {
  const { caseRow, tasks, isOpenly } = found
  const item = itemOf(reference, caseRow)
  const sight = sightOf(item, found, principal)
  if (sight === 'former') return isOpenly ? [formerItem(caseRow, reference)] : []
  const isHidden = item.confidential && !holdsStep({ item, state: caseRow.state, tasks }, principal)
  // Of a case that is not theirs yet they are told the number, and find it by nothing else.
  if (sight === null || isHidden || (sight === 'objection' && !isOpenly)) return []
  if (sight === 'objection') return [noticedItem(caseRow, reference, now)]
  const task = taskOf(tasks, principal)
  const shown = task
    ? queueItem(asQueued(task, caseRow), principal, reference, now)
    : caseItem(caseRow, reference, now)
  return [{ ...shown, relation: relationTo(found, task, item, principal) }]
}

/** Of a case that is open to them: what is theirs to do outranks what they have done. */
function relationTo(
  { caseRow, tasks, dealings }: Searched,
  task: SearchedTask | undefined,
  item: ReturnType<typeof itemOf>,
  principal: Principal,
): Item['relation'] {
  const isHeld =
    task !== undefined &&
    principal.pools.some(({ role, unitId }) => role === task.role && unitId === task.unitId)
  if (isHeld) return task.queue === 'to-do' ? 'to-do' : 'waiting'
  if ((dealings?.actedAt ?? []).length > 0) return 'acted'
  return holdsStep({ item, state: caseRow.state, tasks }, principal) ? 'post' : null
}

/** The work of who asks at it: what is to be done before what waits. */
function taskOf(tasks: readonly SearchedTask[], { pools, staffId }: Principal): SearchedTask | undefined {
  const isAdmin = pools.some(({ role }) => role === 'admin')
  const theirs = tasks.filter(
    ({ role, unitId, barred, unstaffed }) =>
      !barred.includes(staffId ?? '') &&
      (pools.some((pool) => pool.role === role && pool.unitId === unitId) || (unstaffed && isAdmin)),
  )
  return theirs.find(({ queue }) => queue === 'to-do') ?? theirs[0]
}

const asQueued = ({ isLined, ...task }: SearchedTask, caseRow: CaseRow) => ({
  ...task,
  ...identityOf(caseRow),
  serviceItemId: caseRow.serviceItemId,
  itemVersion: caseRow.itemVersion,
  applicantMasked: caseRow.applicantMasked,
  villageCode: caseRow.villageCode,
  isFilerKnown: caseRow.filerConfirmed !== null,
  unlined: isLined ? null : caseRow,
})

const identityOf = ({ id, caseNumber }: CaseRow) => ({ caseId: id, caseNumber })

/** Nothing is theirs to do at it. */
function caseItem(caseRow: CaseRow, reference: Reference, now: Instant): Item {
  const item = itemOf(reference, caseRow)
  const state = stateOnTime(item, caseRow, reference, now)
  const [open] = openParts(state)
  const stepKey = open?.step.key ?? state.steps[state.steps.length - 1]?.key ?? ''
  const { villageCode, applicantMasked, documents } = caseRow
  const { calendar } = reference
  const today = dayIn(now)
  const light = caseLight(item, state, today, calendar)
  const outcome = outcomeAt(standingOf(item, state, { calendar, documents }), light, 'staff')
  const by = takingBackTold(state, outcome.key, calendar)
  return {
    ...identityOf(caseRow),
    plainName: item.plainName,
    stepKey,
    stepName: stepOf(item, stepKey).name,
    applicantMasked,
    villageName: villageCode === null ? null : (reference.units.get(villageCode)?.name ?? null),
    light: state.endedAt === null ? light : null,
    dueOn: state.endedAt === null ? caseRow.dueOn : null,
    outcome,
    note: withTakingBack({ unitId: null, words: outcome.word }, by, today).words,
    firstAction: null,
    unitName: unitName(reference, open?.part.unitId ?? state.organUnitId),
    relation: null,
  }
}

/** Of what hangs there for everybody: its number, its item, its village and who put it up. */
function noticedItem(caseRow: CaseRow, reference: Reference, now: Instant): Item {
  const { note: _note, ...item } = caseItem(caseRow, reference, now)
  return { ...item, applicantMasked: '', light: null, dueOn: null, outcome: NOTICED, note: NOTICED.word }
}

/** Of what was handed on: its number, its item and where it went. */
function formerItem(caseRow: CaseRow, reference: Reference): Item {
  const item = itemOf(reference, caseRow)
  const { nowText } = viewFormer(caseRow, item, reference)
  const went = caseRow.state.transfers[caseRow.state.transfers.length - 1]
  const stepKey = went?.stepKey ?? caseRow.state.steps[0]?.key ?? ''
  return {
    ...identityOf(caseRow),
    plainName: item.plainName,
    stepKey,
    stepName: stepOf(item, stepKey).name,
    applicantMasked: '',
    villageName: null,
    light: null,
    dueOn: null,
    outcome: null,
    note: nowText ?? '',
    firstAction: null,
    unitName: unitName(reference, went?.toUnitId ?? ''),
    relation: 'handed-on',
  }
}
