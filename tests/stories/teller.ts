import { replay } from '#shared/domain/case/evolve'
import type { Journey } from '#shared/domain/case/journeys/case-fixture'
import type { IssuedContent, IssuedParagraph } from '#shared/domain/case/paper/issued-words'
import { payoutOf, payoutWords } from '#shared/domain/case/result/payout'
import { dayIn, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import { wordsIssued } from '../../functions/features/case/documents/issue-documents'
import { DOCUMENT_RULES } from '../../functions/features/document'
import { COUNTY, PLACES } from './county'
import { type Readings, readingsOf } from './readings'

const clock = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0')).join(':')

/** Of no answer at all, which leaves the amount to the guide. */
const paid = (journey: Journey, pays: NonNullable<IssuedParagraph['pays']>) => {
  const payout = payoutOf(journey.item, { card: '6228480402564893308' }, pays.from, pays.amount)
  return payout === null ? '' : payoutWords(payout)
}

const paragraphText = (journey: Journey, { said, reason, documentId, answers, pays }: IssuedParagraph) =>
  [
    said,
    reason === undefined ? '' : `【${reason}】`,
    documentId === undefined ? '' : `〔第 ${documentId} 件文书〕`,
    answers === undefined ? '' : `〔${answers.keys.join('、')}〕`,
    answers?.told === undefined ? '' : JSON.stringify(answers.told),
    pays === undefined ? '' : paid(journey, pays),
  ].join('')

const addressee = ({ to }: IssuedContent) => {
  if (to === null || typeof to === 'string') return String(to)
  return `${to.kind}，${to.identityConfirmed ? '核过' : '没核'}，${to.answersDigest}`
}

const paperText = (journey: Journey, prefix: string, content: IssuedContent) =>
  [
    `  《${content.title}》${prefix}　${content.organ}　给：${addressee(content)}`,
    ...content.paragraphs.map((each) => `    ${paragraphText(journey, each)}`),
    `    ＝${content.plain}`,
    ...(content.remedy === null ? [] : [`    不服：${content.remedy}`]),
    ...(content.certificate ? [`    证：${JSON.stringify(content.certificate)}`] : []),
  ].join('\n')

/** The papers that came with the events after the first `from`. */
function papersSince(journey: Journey, from: number): readonly string[] {
  const { item } = journey
  // What was taken back has issued nothing, and its taking back issues nothing.
  if (journey.events.slice(from).some(({ type }) => type === 'undone')) return []
  const all = journey.events.map((event, at) => ({ id: `${at}`, event }))
  const issuedBy = (events: typeof all, state: Journey['state']) =>
    DOCUMENT_RULES.issuedBy(events, state, item, COUNTY, 2026)
  const before = all.slice(0, from)
  const was = replay(item, journey.events.slice(0, from))
  return wordsIssued({
    caseRow: { caseNumber: '3418212603020001', villageCode: PLACES.villageId },
    item,
    state: was,
    reference: COUNTY,
    documents: DOCUMENT_RULES,
    before: issuedBy(before, was),
    events: all.slice(from),
    issued: issuedBy(all.slice(from), journey.state).map((each) => ({ ...each, code: 'CODE' })),
  }).map(({ document, content }) => paperText(journey, document.prefix, content))
}

const changed = (before: Readings, after: Readings): readonly string[] => [
  ...Object.entries(after)
    .filter(([name, said]) => said !== (before[name] ?? ''))
    .map(([name, said]) => `  ${name}：${said || '（没有了）'}`),
  ...Object.entries(before)
    .filter(([name, said]) => said !== '' && !(name in after))
    .map(([name]) => `  ${name}：（没有了）`),
]

type Turn = readonly [what: string, after: (journey: Journey) => Journey]

/** A case from its filing on as a text: after each turn what is new of what can be told, and each paper whole. */
export function tell(start: Journey, turns: readonly Turn[]): string {
  const said: string[] = [`${start.item.id} ${start.item.name}`]
  let [here, before, seen]: [Journey, Readings, number] = [start, {}, 1]
  const note = (what: string) => {
    const { now, events } = here
    const fresh = events.slice(seen).map(({ type }) => type)
    const when = `${dayIn(now)} ${clock(minuteOfDayIn(now))}`
    said.push(`\n${when} ${what}${fresh.length > 0 ? `（${fresh.join('，')}）` : ''}`)
    said.push(...papersSince(here, seen))
    const after = readingsOf(here)
    said.push(...changed(before, after))
    before = after
    seen = events.length
  }
  note('提交')
  for (const [what, turn] of turns) {
    here = turn(here)
    note(what)
  }
  return `${said.join('\n')}\n`
}
