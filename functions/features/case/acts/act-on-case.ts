import type { ActOnCase } from '#shared/contract/act-on-case'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { namesAnyone, type People } from '#shared/domain/application/public-answer'
import type { WordedItem } from '#shared/domain/case/correction/asked'
import { departmentsSaid } from '#shared/domain/case/correction/joined-notice'
import { handedOverBy } from '#shared/domain/case/delivery/settle'
import type { NoticeWords } from '#shared/domain/case/events'
import type { FiledContent } from '#shared/domain/case/filed-content'
import { amountAsked, isAmountOfGuide } from '#shared/domain/case/result/payout'
import { holdsWords, saysTheSame } from '#shared/domain/case/revocation/same-reason'
import type { CorrectionItem, StepTarget } from '#shared/domain/case/state'
import { openApprovals } from '#shared/domain/case/step/approvals'
import type { StepCommand } from '#shared/domain/case/step/step-command'
import type { VisitWritten } from '#shared/domain/case/visit/visit-record'
import { isBarred } from '#shared/domain/case/whose/barred'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { holdsNumber } from '#shared/domain/kernel/public-numbers'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseRow } from '../case-row'
import type { CaseDeps } from '../deps'
import { membersOf } from '../lists/members'
import { holdersAt } from '../lists/tasks'
import { placeAfterTransfer, transferTargets } from '../lists/transfer-targets'
import { isReached } from '../standing'
import { type CaseText, openContent, openText, sealText } from '../texts'
import { namedIn } from '../views/printed-answers'
import { pointingAtFiles } from './changed-content'
import { paperMended, photosOfVisit, type RecordVisit, writtenOnSite } from './record-visit'
import { type TypedWords, typedObjection } from './typed-objection'
import { type CaseAtHand, type CaseRequest, runVerb } from './verb'

/** One act of staff at one step. */
export const createActOnCase = (deps: CaseDeps) => (request: CaseRequest, body: ActOnCase) =>
  runVerb(deps, request, body.version, async (atHand) => {
    const texts: CaseText[] = []
    const { caseRow, loaded } = atHand
    const seal = (words: string) => {
      const sealed = sealText(deps.cipher, caseRow.id, 'reason', words)
      texts.push(sealed)
      return sealed.digest
    }
    const content = () => openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
    const paperId = body.action === 'record-visit' ? await paperMended(deps, atHand, body) : undefined
    const typed = body.action === 'record-objection' ? await typedObjection(deps, atHand, body) : null
    const command = commandOf(atHand, body, {
      paperId,
      typed,
      seal,
      named: () => namedIn(atHand, content()),
      written: (visit) => writtenOnSite(deps, atHand, visit, seal),
      given: () => content().papers,
      drafted: (asked, words) => wordsHeld(deps, atHand, asked, words),
      isFallen: (reason) => isFallenReason(deps, atHand, reason),
      paid: (amount) => amountSaid(atHand.item, content().answers, amount),
    })
    const uploads = body.action === 'record-visit' ? await photosOfVisit(deps, atHand, body) : []
    return {
      command: { type: 'act', ...command },
      texts,
      uploads,
      reasonDigest: command.reasonDigest,
      ...reasonTold(deps, atHand, body),
    }
  }).catch(pointingAtFiles(deps, request, body))

function isFallenReason({ cipher }: CaseDeps, { caseRow, loaded }: CaseAtHand, reason: string) {
  const fallen = (caseRow.state.refusedBefore ?? []).map(({ reasonDigest }) => reasonDigest)
  return loaded.texts.some(
    (text) => fallen.includes(text.digest) && saysTheSame(openText(cipher, caseRow.id, text), reason),
  )
}

function wordsHeld(
  { cipher }: CaseDeps,
  { caseRow, loaded }: CaseAtHand,
  { kind, name }: Pick<CorrectionItem, 'kind' | 'name'>,
  words: string,
): readonly string[] {
  const drafted = departmentsSaid(caseRow.state)
    .flatMap(({ items }) => items.filter((each) => each.kind === kind && each.name === name))
    .map(({ reasonDigest }) => reasonDigest)
  return loaded.texts
    .filter(({ digest }) => drafted.includes(digest))
    .filter((text) => holdsWords(words, openText(cipher, caseRow.id, text)))
    .map(({ digest }) => digest)
}

/** 行政许可法 第42条: the reason of a longer limit is told to the applicant; so is that of a new day. */
function reasonTold(deps: CaseDeps, atHand: CaseAtHand, body: ActOnCase): { readonly reason?: string } {
  if (body.action === 'promise-anew') return { reason: maskNumbersIn(body.reason) }
  return body.action === 'extend' ? { reason: maskNumbersIn(whyExtended(deps, atHand, body.reason)) } : {}
}

/** Why it was asked for, where it was, and not what was answered to whoever asked. */
function whyExtended(
  { cipher }: Pick<CaseDeps, 'cipher'>,
  { caseRow, loaded }: CaseAtHand,
  reason: string,
): string {
  const asked = openApprovals(caseRow.state).find((each) => each.for === 'extend')
  const text = asked && loaded.texts.find(({ digest }) => digest === asked.reasonDigest)
  return text ? openText(cipher, caseRow.id, text) : reason
}

interface Words {
  /** Keeps words and tells their digest. */
  readonly seal: (words: string) => string
  /** The papers as they came. */
  readonly given: () => FiledContent['papers']
  /** What is paid, where it is asked. */
  readonly paid: (amount: number | undefined) => number | undefined
  /** Whether it is the very reason of a refusal that fell. */
  readonly isFallen: (reason: string) => boolean
  /** Of what departments have drafted of one thing, the digests of whose words these words hold. */
  readonly drafted: (asked: Pick<CorrectionItem, 'kind' | 'name'>, words: string) => readonly string[]
  /** The people whom the application names. */
  readonly named: () => People
  /** What was written at a site, its texts kept. */
  readonly written: (visit: RecordVisit) => VisitWritten
  /** Of the site that is written down anew; missing where nothing was signed by all. */
  readonly paperId: string | undefined
  /** What is taken up, in the words and of the day of whoever typed it; null where it was said or written. */
  readonly typed: TypedWords | null
}

/** The command of an act, as far as the county knows whom and what it names. */
function commandOf(atHand: CaseAtHand, body: ActOnCase, words: Words): StepCommand {
  const { seal, named, written, given, paid, paperId, typed } = words
  const at = { stepKey: body.stepKey, unitId: body.unitId }
  switch (body.action) {
    case 'request-correction':
      return {
        ...at,
        action: body.action,
        reasonDigest: seal(body.reason),
        items: askedItems(atHand.item, body.items, seal, words.drafted),
      }
    case 'draft-correction':
      checkNotOnFile(body.items, given())
      return {
        ...at,
        ...freely(body, seal),
        action: body.action,
        items: askedItems(atHand.item, body.items, seal),
      }
    case 'return-draft':
      return { ...at, action: body.action, reasonDigest: seal(body.reason), toUnitId: body.toUnitId }
    case 'return':
      return { ...at, action: body.action, reasonDigest: seal(body.reason), toStepKey: body.toStepKey }
    case 'transfer': {
      const { action, reason, toUnitId } = body
      return {
        ...at,
        action,
        reasonDigest: seal(reason),
        toUnitId,
        moved: placeAfter(atHand, at, toUnitId),
      }
    }
    case 'assign':
      checkAssignee(atHand, at, body.staffId)
      return { ...at, ...freely(body, seal), action: body.action, staffId: body.staffId }
    case 'record-visit':
      checkOfficers(atHand, body.unitId, body.officerIds)
      return {
        ...at,
        ...freely(body, seal),
        action: body.action,
        officerIds: body.officerIds,
        record: written(body),
        paperId,
        ...(body.whyAnew === undefined ? {} : { whyAnewDigest: seal(body.whyAnew) }),
      }
    case 'sign-visit':
      return { ...at, action: body.action, reasonDigest: null, recordDigest: body.record }
    case 'require-rectification': {
      const { action, reason, recheckOn } = body
      return { ...at, action, reasonDigest: seal(reason), recheckOn: plainDate(recheckOn) }
    }
    case 'suspend': {
      const { action, reason, basis, expectedDays } = body
      return { ...at, action, reasonDigest: seal(reason), basis, expectedDays }
    }
    case 'promise-anew': {
      const { action, reason, newDueOn } = body
      return { ...at, action, reasonDigest: seal(reason), newDueOn: plainDate(newDueOn) }
    }
    case 'pay':
      return { ...at, ...freely(body, seal), action: body.action, paidOn: plainDate(body.paidOn) }
    case 'deliver':
      return { ...at, ...freely(body, seal), action: body.action, method: body.method }
    case 'request-approval':
    case 'reject-approval':
      return { ...at, action: body.action, reasonDigest: seal(body.reason), for: body.for }
    case 'settle': {
      const { action, method = handedOverBy(atHand.item, atHand.caseRow.state, isReached(atHand.caseRow)) } =
        body
      return { ...at, ...freely(body, seal), action, method, amount: paid(body.amount) }
    }
    case 'terminate':
      return { ...at, action: body.action, reasonDigest: null, cause: body.reason }
    case 'record-objection': {
      const { action, objectionId } = body
      const { reason, raisedOn } = typed ?? body
      if (reason === undefined) throw new ProblemError('case.reason-missing')
      return {
        ...at,
        action,
        reasonDigest: seal(reason),
        objectionId,
        raisedOn: raisedOn === undefined ? undefined : plainDate(raisedOn),
      }
    }
    case 'publish-notice': {
      const { action, tells } = body
      return { ...at, ...freely(body, seal), action, tells: noticeWords(tells, seal, named) }
    }
    case 'grant':
      return { ...at, ...freely(body, seal), action: body.action, amount: paid(body.amount) }
    case 'decline':
    case 'fail':
    case 'extend':
      return { ...at, action: body.action, reasonDigest: seal(body.reason) }
    case 'refuse':
      return {
        ...at,
        action: body.action,
        reasonDigest: seal(body.reason),
        isFallenReason: words.isFallen(body.reason),
      }
    default:
      return { ...at, ...freely(body, seal), action: body.action }
  }
}

const freely = ({ reason }: { readonly reason?: string | undefined }, seal: (words: string) => string) => ({
  reasonDigest: reason === undefined ? null : seal(reason),
})

/** A grant that pays says how much, or it decides nothing that could be paid or objected to. Where it is not asked it is not kept. */
function amountSaid(item: ServiceItem, answers: FiledContent['answers'], amount: number | undefined) {
  if (amountAsked(item, answers) === null) return undefined
  const code =
    amount === undefined
      ? 'case.amount-missing'
      : isAmountOfGuide(item, answers, amount)
        ? null
        : 'case.amount-not-guide'
  if (code === null) return amount
  throw new ProblemError(code, { errors: [{ pointer: '/amount', code, message: item.amount?.text ?? '' }] })
}

/** What everybody reads holds no number of anybody and none of the people whom the application names, whoever wrote it. */
function noticeWords(
  tells: Readonly<Record<string, string>> = {},
  seal: (words: string) => string,
  named: () => People,
): readonly NoticeWords[] {
  const told = Object.entries(tells)
  const people = told.length > 0 ? named() : { names: [], places: [] }
  return told.map(([key, words]) => {
    const refused = holdsNumber(words)
      ? (['case.notice-number', '去掉号码'] as const)
      : namesAnyone(words, people)
        ? (['case.notice-name', '去掉人名'] as const)
        : undefined
    if (refused) {
      const [code, message] = refused
      throw new ProblemError(code, { errors: [{ pointer: `/tells/${key}`, code, message }] })
    }
    return { key, digest: seal(words) }
  })
}

type Asked = Extract<ActOnCase, { readonly action: 'request-correction' }>['items']

/**
 * Whoever puts a firm's code right says whose it is: a slip in the code alone would hand the application to another firm, and
 * the name beside it is what shows that.
 */
function withFirmsName(item: ServiceItem, items: Asked): Asked {
  const { kind, name, number } = applicantFieldsOf(item)
  const asks = (key: string | null) => items.some((each) => each.kind === 'field' && each.name === key)
  return kind === 'firm' && name !== null && asks(number) && !asks(name)
    ? [...items, { kind: 'field', name, reason: '和代码一起照营业执照写' }]
    : items
}

const askedItems = (
  item: ServiceItem,
  items: Asked,
  seal: Words['seal'],
  drafted?: Words['drafted'],
): readonly WordedItem[] =>
  withFirmsName(item, items).map(({ kind, name, reason }, index) => {
    checkCorrectionItem(item, kind, name, index)
    const holds = drafted?.({ kind, name }, reason) ?? []
    return { kind, name, reasonDigest: seal(reason), ...(holds.length > 0 ? { holds } : {}) }
  })

/** What the county has is asked of nobody. 国务院令第716号 */
function checkNotOnFile(items: Asked, papers: FiledContent['papers']) {
  const at = items.findIndex(
    ({ kind, name }) =>
      kind === 'material' && papers.some((paper) => paper.name === name && paper.state === 'exempt'),
  )
  const code = 'case.asked-on-file'
  if (at >= 0)
    throw new ProblemError(code, {
      errors: [{ pointer: `/items/${at}/name`, code, message: '证照库里有，不能再要' }],
    })
}

/** 一次性告知: only what the guide lists may be asked for again. */
function checkCorrectionItem(item: ServiceItem, kind: 'material' | 'field', name: string, at: number) {
  const known =
    kind === 'material'
      ? item.materials.some((material) => material.name === name && material.kind === 'upload')
      : item.fields.some((field) => field.key === name)
  if (!known) throw unknown(`/items/${at}/name`, '指南里没有这一样，不能要')
}

function placeAfter(
  { reference, caseRow: { state }, item }: CaseAtHand,
  { stepKey, unitId }: StepTarget,
  toUnitId: string,
) {
  const targets = transferTargets(reference, state, item, stepKey, unitId)
  if (!targets.some((target) => target.unitId === toUnitId)) throw unknown('/toUnitId', '不能转给这个单位')
  return placeAfterTransfer(reference, state, item, stepKey, unitId, toUnitId)
}

/** A task is given to whoever holds it: anybody else would be reminded of what they cannot see; and to nobody what is their own. */
function checkAssignee({ reference, caseRow, loaded }: CaseAtHand, at: StepTarget, staffId: string) {
  if (!reference.staff.has(staffId)) throw unknown('/staffId', '没有这个人')
  checkNotTheirs(caseRow, [staffId])
  if (!holdersAt(reference, caseRow, loaded.tasks, at).some(({ id }) => id === staffId))
    throw unknown('/staffId', '只能指派给办这一步的人')
}

function checkNotTheirs(caseRow: CaseRow, staffIds: readonly string[]) {
  if (staffIds.some((id) => isBarred(caseRow, id))) throw new ProblemError('case.own-case')
}

/**
 * 行政许可法 第34条: those who look at a site belong to the organ that examines. Whoever writes it down was there, unless
 * they only stand in for an organ that has nobody. Nobody goes along to what is their own.
 */
function checkOfficers(
  { reference, caseRow, principal }: CaseAtHand,
  unitId: string,
  officerIds: readonly string[],
) {
  checkNotTheirs(caseRow, officerIds)
  const members = membersOf(reference, unitId)
  const elsewhere = officerIds.findIndex((id) => !members.has(id))
  if (elsewhere >= 0) {
    const message = '这个人不在办这一步的单位'
    throw new ProblemError('case.officer-elsewhere', {
      errors: [{ pointer: `/officerIds/${elsewhere}`, code: 'case.officer-elsewhere', message }],
    })
  }
  const { staffId } = principal
  if (staffId !== null && members.has(staffId) && !officerIds.includes(staffId))
    throw unknown('/officerIds', '到现场的人里要有你自己')
}

const unknown = (pointer: string, message: string) =>
  new ProblemError('case.target-unknown', {
    detail: message,
    errors: [{ pointer, code: 'case.target-unknown', message }],
  })
