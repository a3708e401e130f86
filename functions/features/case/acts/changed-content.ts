import type { Answers } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import { followersOf, valueFromNumber } from '#shared/domain/application/from-number'
import { applicantFieldsOf, identityKeysOf, uploadIdsOf } from '#shared/domain/application/item-answers'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import { FILES_A_PAPER, type Paper, validateMaterials } from '#shared/domain/application/validate-materials'
import type { DerivedFacts } from '#shared/domain/case/events'
import type { FiledContent } from '#shared/domain/case/filed-content'
import type { CaseState, ContentChange } from '#shared/domain/case/state'
import type { TickedBy } from '#shared/domain/case/whose/commitment'
import { isMisnamed, isOwnNumber } from '#shared/domain/case/whose/identity'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { fail } from '#shared/domain/kernel/result'
import type { Field, ServiceItem } from '#shared/domain/service-item/item'
import { answerContext, locatedMissing, sealUploads } from '../../application'
import type { Reference } from '../../service-item'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { invalid, misnamed } from '../filing/check-application'
import { duplicateIndexesOf, ownerOf } from '../filing/duplicates'
import { nameDigests } from '../lists/search-index'
import { openContent, sealContent } from '../texts'
import { type AnswerFacts, asKept, factsOf, villageIn } from '../whose/applicant'
import { registeredAs } from '../whose/applicant-queries'
import type { CaseAtHand, CaseRequest } from './verb'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What may be changed: the keys of fields and the names of papers. */
export interface Changeable {
  readonly fields: ReadonlySet<string>
  readonly materials: ReadonlySet<string>
  /** Each of them must be brought (a notice), or any may (of one's own accord). */
  readonly all: boolean
  /** Staff bring it, with whoever came before them. */
  readonly entered: boolean
  /** Why another field is not, by its key, in words. */
  readonly refusal: (key: string) => string
  /** Asked once all that was brought is right, and before its files are made fit to be kept. */
  readonly admit?: (answers: { readonly before: Answers; readonly after: Answers }) => Promise<void>
}

export interface Brought {
  readonly answers?: unknown
  readonly materials?: unknown
  readonly commitment?: true | undefined
}

const given = ({ answers }: Brought) => (isObject(answers) ? answers : {})
const entries = ({ materials }: Brought) => (Array.isArray(materials) ? materials : [])
const nameOf = (entry: unknown) => (isObject(entry) && typeof entry['name'] === 'string' ? entry['name'] : '')

/** What is to be changed, as it was sent. */
export const namesOf = (brought: Brought) => ({
  fields: Object.keys(given(brought)),
  papers: entries(brought).map(nameOf),
})

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right)

/** Anything else stays as it was; name and number of a confirmed applicant may be sent along, as they are. */
function checkUninvited(filed: FiledContent, fixed: readonly string[], may: Changeable, brought: Brought) {
  const answers = Object.entries(given(brought)).flatMap(([key, value]) =>
    may.fields.has(key) || (fixed.includes(key) && same(value, filed.answers[key]))
      ? []
      : [
          {
            pointer: `/answers/${key}`,
            code: 'field.unknown',
            message: may.refusal(key),
          },
        ],
  )
  const papers = entries(brought).flatMap((entry, index) =>
    may.materials.has(nameOf(entry))
      ? []
      : [{ pointer: `/materials/${index}`, code: 'field.unknown', message: '这一样不用交' }],
  )
  if (answers.length + papers.length > 0) throw invalid([...answers, ...papers])
}

/** The answers with what was brought; those that nobody asked for were judged on the day they were given. */
function changedAnswers(
  item: ServiceItem,
  reference: Reference,
  filed: FiledContent,
  may: Changeable,
  brought: Brought,
  now: CaseAtHand['now'],
) {
  const wanted = may.all ? may.fields : new Set(Object.keys(given(brought)))
  // What is read from a number that has changed is read anew.
  const followers = followersOf(item.fields, Object.keys(given(brought)))
  const kept = Object.entries(filed.answers).filter(([key]) => !followers.includes(key))
  const judged = new Set(kept.map(([key]) => key).filter((key) => !wanted.has(key)))
  const merged = { ...Object.fromEntries(kept), ...given(brought) }
  const context = answerContext(reference, dayIn(now), { agent: filed.agent, entered: may.entered })
  const answers = validateAnswers(item, merged, context, judged)
  const missing = may.all ? missingAnswers(item, filed, may, merged, brought) : []
  if (missing.length === 0) return answers
  const others = answers.ok
    ? []
    : answers.error.filter(({ pointer }) => missing.every((each) => each.pointer !== pointer))
  return fail([...others, ...missing])
}

/** An answer may stay as it was, but is given; what follows from other answers is not asked for. */
function missingAnswers(
  { fields }: ServiceItem,
  { agent }: FiledContent,
  may: Changeable,
  merged: Record<string, unknown>,
  brought: Brought,
) {
  const scope = { fields, values: merged, agent, outer: undefined }
  const follows = (field: Field) =>
    (field.kind === 'select' && field.computed) || valueFromNumber(field, scope) !== undefined
  return fieldsShown({ fields }, merged, agent)
    .filter((field) => may.fields.has(field.key) && !(field.key in given(brought)) && !follows(field))
    .map(({ key, label }) => ({
      pointer: `/answers/${key}`,
      code: 'field.required' as const,
      message: `还差：${label}`,
    }))
}

/** What a notice found wanting is not put right by the very files that it was given of. */
const broughtAgain = (filed: FiledContent, fresh: ReadonlyMap<string, Paper>, brought: Brought) =>
  entries(brought).flatMap((entry, index) => {
    const name = nameOf(entry)
    const files = fresh.get(name)?.files ?? []
    const held = filed.papers.find((paper) => paper.name === name)?.files ?? []
    if (files.length === 0 || files.some((id) => !held.includes(id))) return []
    const message = '还是原来交的，要重新拍'
    return [{ pointer: `/materials/${index}`, code: 'material.already-there', message }]
  })

/** What is brought for a notice takes the place of what was there; of one's own accord it is added to it. */
function changedPapers(
  item: ServiceItem,
  reference: Reference,
  filed: FiledContent,
  may: Changeable,
  brought: Brought,
  now: CaseAtHand['now'],
) {
  const named = new Set(entries(brought).map(nameOf))
  const wanted = may.all ? may.materials : named
  const asked = { materials: item.materials.filter(({ name }) => wanted.has(name)) }
  const context = answerContext(reference, dayIn(now), { agent: filed.agent })
  const checked = validateMaterials(asked, entries(brought), { ...context, onFileCredentialCodes: new Set() })
  const missing = [...wanted]
    .filter((name) => !named.has(name))
    .map((name) => ({ pointer: '/materials', code: 'material.required', message: `还差：${name}` }))
  if (!checked.ok || missing.length > 0) return { faults: [...(checked.ok ? [] : checked.error), ...missing] }
  const fresh = new Map(checked.value.map((paper) => [paper.name, paper]))
  const again = may.all ? broughtAgain(filed, fresh, brought) : []
  if (again.length > 0) return { faults: again }
  const papers = filed.papers.map((paper) => merged(paper, fresh.get(paper.name), may.all))
  const full = papers.filter(({ files }) => files.length > FILES_A_PAPER)
  if (full.length > 0) {
    const message = `一样最多 ${FILES_A_PAPER} 张`
    return { faults: full.map(() => ({ pointer: '/materials', code: 'field.too-many', message })) }
  }
  return { faults: [], papers }
}

/** A file that the paper has already is what an answer that was lost would have told. */
function merged(filed: Paper, fresh: Paper | undefined, replaces: boolean): Paper {
  if (!fresh) return filed
  return replaces ? fresh : { ...fresh, files: [...new Set([...filed.files, ...fresh.files])] }
}

/** What of it is otherwise than before: what was sent along as it was is no change. */
const changeOf = (
  item: ServiceItem,
  filed: FiledContent,
  next: FiledContent,
): Omit<ContentChange, 'byOwner'> => ({
  fields: item.fields.map(({ key }) => key).filter((key) => !same(next.answers[key], filed.answers[key])),
  papers: next.papers
    .filter(({ files }, at) => !same(files, filed.papers[at]?.files))
    .map(({ name }) => name),
  named: null,
})

/** The last digits of the card that money goes to from now on; null where it stayed as it was. */
function newCardOf(item: ServiceItem, filed: FiledContent, next: FiledContent) {
  const [card] = item.fields
    .filter(({ key, kind }) => kind === 'bankcard' && !same(next.answers[key], filed.answers[key]))
    .map(({ key }) => next.answers[key])
  return typeof card === 'string' ? card.slice(-4) : null
}

/** The files that the case does not have yet. A photo field takes no paper of the case over: it has not judged it. */
function freshFiles(item: ServiceItem, filed: FiledContent, next: FiledContent) {
  const papersOf = ({ papers }: FiledContent) => papers.flatMap(({ files }) => files)
  const fieldsOf = ({ answers }: FiledContent) => uploadIdsOf(item, answers)
  const held = new Set([...papersOf(filed), ...fieldsOf(filed)])
  const judged = new Set(fieldsOf(filed))
  return {
    ofPapers: papersOf(next).filter((id) => !held.has(id)),
    ofFields: fieldsOf(next).filter((id) => !judged.has(id)),
  }
}

/** A file that is not theirs to bring is pointed at, like one that never came. */
export const pointingAtFiles =
  (deps: CaseDeps, { tokenHash, caseId }: CaseRequest, body: unknown) =>
  async (cause: unknown): Promise<never> => {
    throw await locatedMissing(deps.database, { tokenHash, caseId, body }, cause, deps.clock.now())
  }

/** Of one's own accord nobody brings what is there already. */
function checkChanges(may: Changeable, { fields, papers }: Pick<ContentChange, 'fields' | 'papers'>) {
  if (may.all || fields.length + papers.length > 0) return
  throw invalid([
    { pointer: '/materials', code: 'material.already-there', message: '这些已经交过了，不用再交' },
  ])
}

/** At a counter nobody writes down who came; on a phone it is the owner, or whoever filed it, for themselves or for another. */
function tickedAnew({ owner, filer, isOther }: CaseAtHand['claim'], { agent }: FiledContent): TickedBy {
  if (owner) return 'applicant'
  if (!filer) return 'read-to-comer'
  return agent || isOther ? 'agent' : 'applicant'
}

/** Checks what was brought to a case and works out anew all that follows from its answers. */
export async function changeContent(deps: CaseDeps, atHand: CaseAtHand, may: Changeable, brought: Brought) {
  const { caseRow, item, reference, loaded, principal, now } = atHand
  const state = currentState(item, caseRow, now)
  const filed = openContent(deps.cipher, caseRow.id, loaded.texts, state.answersDigest)
  const fixed = identityKeysOf(item)
  checkUninvited(filed, fixed, may, brought)
  const answers = changedAnswers(item, reference, filed, may, brought, now)
  const papers = changedPapers(item, reference, filed, may, brought, now)
  if (!answers.ok || papers.papers === undefined) {
    throw invalid([...(answers.ok ? [] : answers.error), ...papers.faults])
  }
  const facts = factsOf(deps.cipher, reference, item, answers.value, {
    named: asKept(item, state, filed),
    today: dayIn(now),
  })
  const { applicant } = facts
  const registered = await registeredName(deps, item, facts, { may, brought })
  if (registered !== null) {
    const withName = { ...given(brought), [registered.key]: registered.name }
    return changeContent(deps, atHand, may, { ...brought, answers: withName })
  }
  const isOthers = isMisnamed(applicant, principal)
  await checkName(deps, item, facts, { may, brought, isOthers })
  const next: FiledContent = {
    ...filed,
    answers: answers.value,
    papers: papers.papers,
    applicantName: facts.name,
  }
  const change = changeOf(item, filed, next)
  checkChanges(may, change)
  await may.admit?.({ before: filed.answers, after: next.answers })
  const uploads = await sealUploads(deps, freshFiles(item, filed, next), brought)
  const text = sealContent(deps.cipher, caseRow.id, next)
  const keys = item.duplicateKeys ?? []
  const keepsNumber = applicant.numberIndex === caseRow.applicantIndex
  const isSameKey = keepsNumber && keys.every((key) => same(next.answers[key], filed.answers[key]))
  return {
    text,
    uploads,
    ticked: brought.commitment === undefined ? {} : { tickedBy: tickedAnew(atHand.claim, filed) },
    change: { ...change, byOwner: atHand.claim.owner && keepsNumber },
    newCard: newCardOf(item, filed, next),
    facts: derivedFacts(
      state,
      facts,
      villageIn(item, filed.answers),
      isOwnNumber(applicant.numberIndex, principal) && !isOthers && atHand.claim.filer,
    ),
    changedAnswers: next.answers,
    applicant: {
      applicantIndex: applicant.numberIndex ?? caseRow.applicantIndex,
      identityIndex: applicant.identityIndex,
      // What the keys take from papers on file was read when the applicant was known, and is when another is.
      ...(isSameKey
        ? { duplicateIndex: caseRow.duplicateIndex, keyIndex: caseRow.keyIndex }
        : duplicateIndexesOf(
            deps.cipher,
            item,
            next.answers,
            ownerOf(applicant, caseRow.filerConfirmed),
            new Map(),
          )),
      applicantMasked: facts.masked,
      nameParts: nameDigests(deps.cipher, facts.name),
    },
  }
}

/**
 * A name beside one's own number is the confirmed one, and beside a firm's code the register's. What somebody else had
 * written wrongly holds up nothing but itself, and what is not asked for is not refused here.
 */
async function checkName(
  { database }: CaseDeps,
  item: ServiceItem,
  { applicant, name }: AnswerFacts,
  change: { readonly may: Changeable; readonly brought: Brought; readonly isOthers: boolean },
) {
  const { may, brought, isOthers } = change
  if (!identityKeysOf(item).some((key) => may.fields.has(key) && key in given(brought))) return
  if (isOthers) throw misnamed(item)
  const isFirm = applicantFieldsOf(item).kind === 'firm'
  if (isFirm && (await registeredAs(database, applicant.numberIndex, name)).other !== null)
    throw misnamed(item)
}

/** Of a firm's name that was brought the register's own form of it, where that is another. 政务数据共享条例 */
async function registeredName(
  { database }: CaseDeps,
  item: ServiceItem,
  { applicant, name: typed }: AnswerFacts,
  { may, brought }: { readonly may: Changeable; readonly brought: Brought },
) {
  const { kind, name: key } = applicantFieldsOf(item)
  if (kind !== 'firm' || key === null || !may.fields.has(key) || !(key in given(brought))) return null
  const { form: name } = await registeredAs(database, applicant.numberIndex, typed)
  return name === null ? null : { key, name }
}

function derivedFacts(
  state: CaseState,
  facts: ReturnType<typeof factsOf>,
  villageBefore: string | null,
  isOwn: boolean,
): DerivedFacts {
  return {
    applicant: facts.applicant,
    confirmedBy: state.identityConfirmed || !isOwn ? null : 'wechat',
    stepKeys: facts.stepKeys,
    seats: facts.seats,
    // A case that was handed over stays where it went: only another answer moves it.
    moved:
      facts.villageId === villageBefore || facts.villageId === null
        ? null
        : { ...facts.place, villageAnew: true },
  }
}
