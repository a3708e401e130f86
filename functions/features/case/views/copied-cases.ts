import { RELATION_LABELS } from '#shared/contract/case.labels'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { fullDay } from '#shared/domain/kernel/day-words'
import { addDays, dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CopiedCase, CopiedCases } from '../../account'
import { answerLabels } from '../answer-labels'
import type { CaseDeps } from '../deps'
import { standOf, summaryOf } from '../lists/list-cases'
import { type CasePage, type ListedCase, listCases } from '../lists/list-queries'
import { type CaseContent, findContents, type ReadCase } from '../queries'
import { NO_OTHERS } from '../same-holder'
import { isReadersOwn, referenceAt } from '../standing'
import { answersToMend } from './answers-to-mend'
import { answersOf, papersOf, subjectOf } from './case-view'
import type { Subject, ViewContext } from './subject'
import { timelineOf } from './timeline-view'

/** The newest: a copy is read on a phone. */
const MOST = 300
/** So many in one statement. */
const PAGE_SIZE = 50

type Pairs = CopiedCase['answers']
type Asked = NonNullable<CasePage['principal']>

/** In full what the reader may have given back when they answer anew, the rest as the page of the case masks it. */
function wholeAnswers(subject: Subject): Pairs {
  const { item, content, reference, caseRow, principal } = subject
  const back = answersToMend(subject, item.fields)
  const labels = answerLabels(reference)
  const answers = answersOf(subject).map(({ key, label, text }): Pairs[number] => {
    const field = item.fields.find((each) => each.key === key)
    const answer = content.answers[key]
    const isBack = field && JSON.stringify(back[key]) === JSON.stringify(answer)
    return [label, isBack ? describeAnswer(field, answer, labels, { unmasked: true }) : text]
  })
  const declared = caseRow.filedBy === principal.profileId ? (content.relation ?? []) : []
  return [
    ...answers,
    ...declared.map(({ staffId, kind }): Pairs[number] => [
      '你说的亲属',
      `${reference.staffName(staffId)}（${RELATION_LABELS[kind]}）`,
    ]),
  ]
}

const PAPER_WORDS = {
  generated: '填的表就是',
  exempt: '政府已经有了，没要你交',
  provided: '交了',
  'not-given': '没交',
} as const

/** By the names under which the reader sent them. */
const papersIn = (subject: Subject): Pairs =>
  papersOf(subject).map(({ name, state, files, withheld }) => [
    name,
    [files.map((file) => file.name).join('、'), withheld].filter(Boolean).join('，') || PAPER_WORDS[state],
  ])

/** The history of its page, oldest first, and who looked at it without having it in hand: their own alone is told that. */
function historyOf(subject: Subject, { looks }: CaseContent): Pairs {
  const events = timelineOf(subject).map(({ at, title, who, note }) => ({
    at,
    words: `${who}：${[title, note].filter(Boolean).join('，')}`,
  }))
  const seen = subject.owns ? looks : []
  return [
    ...events.reverse().map(({ at, words }): Pairs[number] => [fullDay(dayIn(at as Instant)), words]),
    // It ends with the day on which it began.
    ...seen.map((until): Pairs[number] => [fullDay(addDays(dayIn(until), -1)), '督查写了理由，看过这件']),
  ]
}

/** Of what a page of a case reads, what the copy does not tell. */
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
} as const

function contentOf(
  content: CaseContent,
  { principal, revision }: Pick<ReadCase, 'revision'> & { readonly principal: Asked },
  context: ViewContext,
) {
  const read = { ...UNTOLD, ...content, principal, revision }
  const { subject } = subjectOf(read, content.caseRow, principal, 'applicant', context)
  return {
    answers: wholeAnswers(subject),
    papers: papersIn(subject),
    history: historyOf(subject, content),
  }
}

/** Exactly the cases of the reader's own list, in its words. 401 without a session. */
export const createCopyCases = (deps: CaseDeps): CopiedCases => {
  const { database, cipher, documents, ownAddress } = deps
  const pageFrom = async (tokenHash: string, before: string | null, now: Instant) => {
    const page = await listCases(database, tokenHash, { before, size: PAGE_SIZE + 1 }, now)
    const { principal, revision } = page
    if (!principal) throw new ProblemError('account.session-ended')
    const reference = await referenceAt(deps, revision)
    const shown = page.cases.slice(0, PAGE_SIZE)
    const contents = await findContents(
      database,
      shown.map(({ id }) => id),
      dayIn(now),
    )
    const told = (row: ListedCase): readonly CopiedCase[] => {
      const content = contents.get(row.id)
      if (!content) return []
      const { own } = standOf(row, reference, now)
      // What somebody is called stands in the copy once: their own cases say that they are theirs.
      const summary = summaryOf(row, { principal, name: null }, reference, now)
      return [
        {
          number: row.caseNumber,
          item: summary.plainName,
          whose: isReadersOwn({ ...row, state: own }, principal) ? null : row.applicantMasked,
          byOneself: row.filedBy === principal.profileId && own.enteredBy === null,
          filedOn: dayIn(row.filedAt),
          word: summary.outcome.word,
          ...contentOf(content, { principal, revision }, { reference, cipher, documents, ownAddress, now }),
        },
      ]
    }
    return {
      cases: shown.flatMap(told),
      next: page.cases.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
    }
  }
  return async (tokenHash) => {
    const now = deps.clock.now()
    let { cases, next } = await pageFrom(tokenHash, null, now)
    while (next !== null && cases.length < MOST) {
      const page = await pageFrom(tokenHash, next, now)
      cases = [...cases, ...page.cases]
      next = page.next
    }
    return { cases, hasMore: next !== null }
  }
}
