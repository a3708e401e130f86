import { afterAll, beforeAll, expect, test } from 'vitest'
import { replay } from '#shared/domain/case/evolve'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  file,
  type Journey,
  later,
  offered,
  passTime,
  staff,
} from '#shared/domain/case/journeys/case-fixture'
import { driveToEnd } from '#shared/domain/case/journeys/sensible-acts'
import {
  isDecisionKind,
  isGrantKind,
  isOwnDecisionKind,
  PACKET,
} from '#shared/domain/case/paper/document-kinds'
import type { IssuedContent } from '#shared/domain/case/paper/issued-words'
import { joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import { payoutOf, payoutWords } from '#shared/domain/case/result/payout'
import type { AfterDecisionCommand } from '#shared/domain/case/revocation/after-decision-command'
import { fullDay } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { quoted } from '#shared/domain/kernel/quoted'
import { wordsIssued } from '../../functions/features/case/documents/issue-documents'
import { DOCUMENT_RULES } from '../../functions/features/document'
import type { Reference } from '../../functions/features/service-item'
import { packItems } from '../generated-input'
import { wordsOfPdf } from '../pdf-text'
import { type County, openCounty } from './county'

// Each kind of document of each item that can issue it, as an organ would sign it: its words by a lawyer's list, and its sheet.
let county: County
let reference: Reference
beforeAll(async () => {
  county = await openCounty()
  reference = await county.app.reference.current()
})
afterAll(() => county.close())

const items = packItems()

interface Paper {
  readonly itemId: string
  readonly kind: string
  readonly number: string
  readonly on: string
  readonly content: IssuedContent
  readonly journey: Journey
}

/** Of 大梁村 in 梅渚镇. */
const PLACES = { village: '341821105200', town: '341821105' }
const inCounty = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (key, each) =>
    key === 'toldBy' || /(unit|village|town)Id$/i.test(key)
      ? (PLACES[each as keyof typeof PLACES] ?? each)
      : each,
  )

/** What the events after the first `from` issue. */
function issuedSince({ item, ...journey }: Journey, from: number): readonly Paper[] {
  const all = inCounty(journey.events).map((event, at) => ({ id: `${at}`, event }))
  const issuedOf = (events: typeof all, until: number) =>
    DOCUMENT_RULES.issuedBy(
      events,
      replay(item, inCounty(journey.events).slice(0, until)),
      item,
      reference,
      2026,
    )
  const events = all.slice(from)
  const issued = issuedOf(events, all.length)
  const words = wordsIssued({
    caseRow: { caseNumber: '3418212603020001', villageCode: PLACES.village },
    item,
    state: replay(item, inCounty(journey.events).slice(0, from)),
    reference,
    documents: DOCUMENT_RULES,
    before: issuedOf(all.slice(0, from), from),
    events,
    issued,
  })
  return words.map(({ document, event, content }) => ({
    itemId: item.id,
    kind: document.kind,
    number: `${document.prefix}1号`,
    on: fullDay(dayIn(event.at)),
    content,
    journey: { item, ...journey },
  }))
}

const ASIDE = ['decline', 'request-correction', 'suspend', 'extend', 'publish-notice'] as const

/** Acts on a signed decision: by whom they may be done is asked elsewhere. */
function papersAfter(decided: Journey): readonly Paper[] {
  const { state } = decided
  const deciders = [{ role: 'dept-approver', unitId: state.organUnitId }] as const
  const decider = staff(...deciders, { role: 'town-approver', unitId: state.organUnitId })
  const correction: AfterDecisionCommand = {
    type: 'correct-decision',
    writtenDigest: 'written',
    correctedDigest: 'corrected',
    reasonDigest: 'reason',
  }
  // What several organs have decided each for itself is no decision of whoever joins them: one of them puts its own right.
  if (joinsDecisions(decided.item)) {
    const own = attempt(decided, correction, staff({ role: 'dept-approver', unitId: 'water' }))
    if (!own.ok) throw new Error(own.error.code)
    return issuedSince(own.value, decided.events.length)
  }
  const commands: readonly AfterDecisionCommand[] = [
    correction,
    { type: 'propose-revocation', basis: 'other', reasonDigest: 'reason', speakDays: 5, deciders },
    { type: 'keep-decision', reasonDigest: 'reason' },
    {
      type: 'propose-revocation',
      basis: 'other',
      reasonDigest: 'reason',
      newFactDigest: 'found',
      speakDays: 5,
      deciders,
    },
    { type: 'record-statement', statementDigest: 'statement' },
    { type: 'speak', statementDigest: 'own', isAll: state.decision?.kind === 'granted' },
    { type: 'revoke-decision', reasonDigest: 'reason' },
  ]
  const last = commands.reduce((journey, command) => {
    const done = attempt(journey, command, command.type === 'speak' ? APPLICANT : decider)
    if (!done.ok) throw new Error(`${command.type}: ${done.error.code}`)
    return done.value
  }, decided)
  return [...issuedSince(last, decided.events.length), ...papersTakenBack(decided)]
}

/** Revoked while a record of a death stood that was wrong, and taken back; none of what names nobody who could die. */
function papersTakenBack(decided: Journey): readonly Paper[] {
  const { state } = decided
  const deciders = [{ role: 'dept-approver', unitId: state.organUnitId }] as const
  const death = { type: 'record-death', proofDigest: 'paper', bornOn: null, isBeforeFiling: false } as const
  const dead = attempt(decided, { ...death, diedOn: dayIn(decided.now) }, everybody(decided))
  if (!dead.ok || state.decision?.kind !== 'granted') return []
  const does = (journey: Journey, command: Parameters<typeof attempt>[1], actor = everybody(journey)) => {
    const done = attempt(journey, command, actor)
    if (!done.ok) throw new Error(`${command.type}: ${done.error.code}`)
    return done.value
  }
  const basis = { basis: 'other', reasonDigest: 'reason', speakDays: 5, deciders } as const
  const proposed = does(dead.value, { type: 'propose-revocation', ...basis }, staff(...deciders))
  const takenOn = dayIn(proposed.now)
  const handed = does(proposed, {
    type: 'hand-over',
    of: 'revocation-notice',
    takenOn,
    takerDigest: 'family',
  })
  const decider = staff(...deciders)
  const fallen = does(later(handed, 10), { type: 'revoke-decision', reasonDigest: 'reason' }, decider)
  const lives = does(fallen, { type: 'withdraw-death-record', reasonDigest: 'another' })
  const back = does(lives, { type: 'keep-decision', reasonDigest: 'reason' }, decider)
  return issuedSince(back, lives.events.length)
}

const isDecidedBy = ({ state }: Journey, before: Journey | undefined) =>
  state.decision !== null && before?.state.decision === null

const papersAside = (here: Journey) =>
  ASIDE.filter((action) => offered(here).some((each) => each.action === action)).map((action) =>
    act(here, action),
  )

/** The first of each kind that an item can issue, by acts, by time, and by a grant and a refusal. */
function papersOf(item: Journey['item']): readonly Paper[] {
  const found = new Map<string, Paper>()
  const note = (after: Journey, from: number) => {
    for (const paper of issuedSince(after, from)) if (!found.has(paper.kind)) found.set(paper.kind, paper)
  }
  const filed = file(item, '2026-03-02')
  for (const goal of ['granted', 'refused'] as const) {
    let before: Journey | undefined
    for (const here of driveToEnd(filed, goal)) {
      note(here, before?.events.length ?? 1)
      for (const paper of isDecidedBy(here, before) ? papersAfter(here) : [])
        found.set(`${paper.kind} ${goal}`, paper)
      before = here
      for (const aside of papersAside(here)) {
        note(aside, here.events.length)
        // Nothing is brought, before the reminder and after it.
        note(passTime(later(passTime(later(aside, 15)), 25)), aside.events.length)
      }
    }
  }
  const silent = passTime(later(filed, 20))
  for (const paper of issuedSince(silent, filed.events.length)) found.set(`${paper.kind} by silence`, paper)
  return [...found.values()]
}

let papers: readonly Paper[] = []
beforeAll(() => {
  papers = items.flatMap(papersOf)
})

const AFTERWARDS = [
  'amendment',
  'own-amendment',
  'revocation-notice',
  'revocation',
  'revocation-kept',
  'revocation-withdrawn',
]
const REASON = '材料里的数和登记的不一样'
/** By the last option of a select, and to one card. */
const answersIn = ({ fields }: Journey['item']) =>
  Object.fromEntries(
    fields.flatMap((field): [string, string][] => {
      if (field.kind === 'bankcard') return [[field.key, '6228480402564893308']]
      return field.kind === 'select' ? [[field.key, field.options.at(-1) ?? '']] : []
    }),
  )

const paidBy = (item: Journey['item'], from: string | null) => {
  const payout = payoutOf(item, answersIn(item), from)
  return payout === null ? '' : payoutWords(payout)
}

/** As a page would print it, each reason filled in. */
const textOf = ({ content, journey: { item } }: Paper) =>
  content.paragraphs.map(({ said, reason, answers, documentId, pays }) =>
    [
      said,
      pays === undefined ? '' : paidBy(item, pays.from),
      reason === undefined ? '' : REASON,
      answers === undefined ? '' : '申请人：沈*梅。',
      documentId === undefined ? '' : '《决定书》（郎民准〔2026〕1号）',
    ].join(''),
  )

test('every kind that the pack names is issued by some item', () => {
  const issued = new Set(papers.map(({ kind }) => kind))
  const kinds = reference
    .fact<{ kinds: readonly { key: string }[] }>('document-kinds')
    .kinds.map(({ key }) => key)
  // Between offices.
  expect(kinds.filter((key) => !issued.has(key))).toEqual(['supervision'])
  expect(papers.length).toBeGreaterThan(items.length * 5)
})

/** What the organs pay themselves, with the month from which, of a case filed and decided in March 2026. */
const PAID: Readonly<Record<string, string | null>> = {
  'LX-005': '2026年3月',
  'LX-007': '2026年4月',
  'LX-008': '2026年4月',
  'LX-009': null,
  'LX-010': '2026年3月',
  'LX-011': '2026年4月',
  'LX-014': '符合领取条件的次月',
  'LX-019': null,
  'LX-024': null,
  'LX-029': null,
  'LX-030': null,
  'LX-046': null,
  'LX-049': null,
}
/** Of 危房改造 and 惠企政策 no card is asked for. */
const NO_CARD = ['LX-030', 'LX-046']
const isGrantRevoked = ({ kind, journey }: Paper) =>
  kind === 'revocation' && journey.state.decision?.kind === 'granted'
const isPaidGrant = ({ kind, itemId }: Paper) => isGrantKind(kind) && itemId in PAID

/** What a lawyer looks for, and where it is asked of whom. */
const LIST: readonly {
  readonly asks: string
  readonly of: (paper: Paper) => boolean
  readonly holds: (paper: Paper, words: string) => boolean
}[] = [
  {
    asks: 'a title',
    of: () => true,
    holds: ({ content }) => /^[一-龥]{2,}/.test(content.title),
  },
  {
    asks: 'a number of its organ, kind and year',
    of: () => true,
    holds: ({ number }) => /^[一-龥]+〔2026〕1号$/.test(number),
  },
  {
    asks: 'an organ',
    of: () => true,
    holds: ({ content }) => /^(郎溪县|宣城市|国家税务总局).+/.test(content.organ),
  },
  {
    asks: 'what was applied for and when',
    of: ({ kind }) => kind !== 'service' && kind !== 'publicity',
    holds: ({ journey }, words) =>
      words.includes(`于${fullDay(dayIn(journey.state.filedAt))}申请${quoted(journey.item.name)}`),
  },
  {
    asks: 'whom it is for',
    of: ({ kind }) => kind !== 'publicity',
    holds: ({ content }) => content.to !== null,
  },
  {
    asks: 'the articles that it rests on',
    of: ({ kind }) =>
      isDecisionKind(kind) ||
      isOwnDecisionKind(kind) ||
      ['decline', 'revocation-notice', 'revocation'].includes(kind),
    holds: ({ kind, journey: { item } }, words) =>
      /根据(《.+》|[一-龥]+〔\d{4}〕\d+号)/.test(words) ||
      // What no law of the matter says anything of goes by the county's own published rule, cited as such.
      (kind === 'decline' && item.typeCode !== '01' && words.includes('根据本县公布的办件规则（不予受理）')),
  },
  {
    asks: 'which part it is, of what the organ alone decides',
    of: ({ kind }) => isOwnDecisionKind(kind),
    holds: ({ content }, words) =>
      /其中的“.+”由本机关决定。/.test(words) && !content.organ.includes('马上办'),
  },
  {
    asks: 'each decision by its document, of what joins them, and that it is none',
    of: ({ kind }) => kind === PACKET,
    holds: ({ content }, words) =>
      content.paragraphs.filter(({ documentId }) => documentId !== undefined).length === 5 &&
      words.includes('不另作决定') &&
      content.remedy === null,
  },
  {
    asks: 'the reason',
    of: ({ kind }) =>
      [
        'refuse',
        'deny',
        'own-refuse',
        'decline',
        'suspension',
        'extension',
        'correction',
        ...AFTERWARDS,
      ].includes(kind),
    holds: (_paper, words) => words.includes(REASON),
  },
  {
    asks: 'where and until when one may object',
    of: (paper) => ['refuse', 'deny', 'own-refuse', 'decline'].includes(paper.kind) || isGrantRevoked(paper),
    holds: (_paper, words) => /60 日内向.+申请行政复议/.test(words) && /6 个月内向.+法院起诉/.test(words),
  },
  {
    asks: 'how much, from when and to which card',
    of: isPaidGrant,
    holds: ({ itemId }, words) => {
      const from = PAID[itemId]
      return (
        /每月发放 300 元|发放标准：.{6,}。/.test(words) &&
        (from ? words.includes(`自${from}起`) : !/自[^，。]+起发放/.test(words)) &&
        words.includes('打到尾号 3308 的卡') === !NO_CARD.includes(itemId)
      )
    },
  },
  {
    asks: 'where and until when one may object to the amount',
    of: isPaidGrant,
    holds: ({ content }, words) =>
      /对金额有异议的，.+60 日内向.+申请行政复议.+6 个月内向.+法院起诉/.test(words) &&
      content.remedy !== null &&
      !words.includes('不服这个决定'),
  },
  {
    asks: 'no way to object to what was given and pays nothing',
    of: (paper) => isGrantKind(paper.kind) && !isPaidGrant(paper),
    holds: ({ content }, words) => content.remedy === null && /准予|予以备案/.test(words),
  },
  {
    asks: 'until when the case is decided',
    of: ({ kind }) => kind === 'acceptance',
    holds: (_paper, words) =>
      /(承诺 \d+ 个工作日|当场)/.test(words) && /到2026年\d+月\d+日|已满|当场|的时间不算在内/.test(words),
  },
  {
    asks: 'all that is missing, until when, and what follows',
    of: ({ kind }) => kind === 'correction',
    holds: (_paper, words) =>
      /1\. .+：/.test(words) && /请在2026年\d+月\d+日以前（含当天）补齐/.test(words) && /到期/.test(words),
  },
  {
    asks: 'which procedure and how long',
    of: ({ kind }) => kind === 'suspension',
    holds: (_paper, words) =>
      /预计 \d+ 天/.test(words) &&
      (words.includes('不计算在办理期限内') ||
        /由本机关决定.*不计算在本机关办理这一项的期限内，也不计算在整件的法定期限内（依据：[^）]+）；整件承诺的期限不因此停止计算/.test(
          words,
        )),
  },
  {
    asks: 'by how much the limit is longer, with whose consent',
    of: ({ kind }) => kind === 'extension',
    holds: (_paper, words) => /延长 \d+ (个工作日|天)/.test(words) && words.includes('批准'),
  },
  {
    asks: 'how long it hangs and to whom one objects',
    of: ({ kind }) => kind === 'publicity',
    holds: (_paper, words) =>
      /公示期自2026年\d+月\d+日起，到2026年\d+月\d+日止/.test(words) && words.includes('异议'),
  },
  {
    asks: 'which document it is about, by title and number',
    of: ({ kind }) => AFTERWARDS.includes(kind),
    holds: (_paper, words) => words.includes('的文书：《决定书》（郎民准〔2026〕1号）'),
  },
  {
    asks: 'what stood there, what is to be read, and that the decision stays',
    of: ({ kind }) => kind === 'amendment' || kind === 'own-amendment',
    holds: (_paper, words) => /原文为：.+更正为：.+决定和它的期限都不变/.test(words),
  },
  {
    asks: 'why it is kept, and that it stands as it was',
    of: ({ kind }) => kind === 'revocation-kept',
    holds: ({ journey: { item, events } }, words) =>
      /不撤销的理由：.+决定不撤销这个决定，它和它的期限都照原来的算/.test(words) &&
      words.includes('接着发') === (item.id in PAID && events.some(({ type }) => type === 'granted')),
  },
  {
    asks: 'what was revoked unheard and why that falls, by which article, and that the decision stands',
    of: ({ kind }) => kind === 'revocation-withdrawn',
    holds: ({ journey: { item } }, words) =>
      /本机关决定撤销这个决定.+登记错了.+收回的理由：.+本机关收回撤销决定，原决定照样有效/.test(words) &&
      words.includes(item.typeCode === '01' ? '行政许可法》第七条' : '办件规则') &&
      words.includes('接着发') === item.id in PAID,
  },
  {
    asks: 'that one may speak, until when and how',
    of: ({ kind, journey: { events } }) =>
      kind === 'revocation-notice' && events.some(({ type }) => type === 'granted'),
    holds: (_paper, words) =>
      /有权陈述、申辩，请在2026年\d+月\d+日以前（含当天，5 个工作日内）提出：.+窗口/.test(words),
  },
  {
    asks: 'that one was told, what was said, and how it was weighed',
    of: isGrantRevoked,
    holds: (_paper, words) =>
      /没有收到.*陈述、申辩/.test(words)
        ? /书面告知.+撤销的理由：/.test(words) && !words.includes('采纳')
        : /书面告知.+陈述、申辩：.+采纳情况和撤销的理由：/.test(words),
  },
  {
    asks: 'what becomes of what was given, of a permit with the compensation',
    of: isGrantRevoked,
    holds: ({ journey: { item } }, words) =>
      words.includes('不再有效') &&
      words.includes('停止发放') === item.id in PAID &&
      words.includes('依法给予赔偿') === (item.typeCode === '01'),
  },
  {
    asks: 'that a refusal that fell is decided anew, until when',
    of: (paper) => paper.kind === 'revocation' && !isGrantRevoked(paper),
    holds: ({ content }, words) => /重新作出决定/.test(words) && content.remedy === null,
  },
  {
    asks: 'the article of the law of permits for what was permitted, and no such article for anything else',
    of: ({ kind }) => kind === 'revocation-notice' || kind === 'revocation',
    holds: ({ journey: { item, events } }, words) =>
      words.includes('行政许可法》第六十九条') ===
      (item.typeCode === '01' && events.some(({ type }) => type === 'granted')),
  },
  {
    asks: 'what was served, how and when',
    of: ({ kind }) => kind === 'service',
    holds: (_paper, words) =>
      /送达的文书：/.test(words) && /送达方式：/.test(words) && /(送达日期|寄出日期)：/.test(words),
  },
]

test.each(LIST)('each says $asks where it has to', ({ of, holds }) => {
  const asked = papers.filter(of)
  expect(asked.length).toBeGreaterThan(0)
  const lacking = asked.filter((paper) => !holds(paper, textOf(paper).join('')))
  expect(
    lacking.map(
      ({ itemId, kind, content }) =>
        `${itemId} ${kind}: ${content.paragraphs.map((each) => each.said).join('')}`,
    ),
  ).toEqual([])
})

test('each comes out of the printer in its own words', async () => {
  for (const paper of papers) {
    const { content, number, on } = paper
    const paragraphs = textOf(paper)
    const sheet = await county.services.printing.pdf({
      title: content.title,
      number,
      recipient: content.to === null ? null : '沈*梅（3418**********0024）',
      paragraphs,
      organ: content.organ,
      day: on,
      issuedOn: '2026-03-02',
      mark: null,
    })
    const to = content.to === null ? '' : '沈*梅（3418**********0024）：'
    const words = [content.organ, content.title, number, to, ...paragraphs, '盖章处', content.organ, on]
    expect(await wordsOfPdf(sheet), `${paper.itemId} ${paper.kind}`).toBe(words.join('').replace(/\s/g, ''))
  }
}, 180_000)
