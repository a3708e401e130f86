import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { fullDay } from '../../kernel/day-words'
import { dayIn, type Instant, type PlainDate, plainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { caseLight, verdictBefore } from '../clock/case-light'
import { promisedClock, statutoryClock } from '../clock/clocks'
import type { CaseActor, Pool } from '../context'
import { replay } from '../evolve'
import {
  APPLICANT,
  attempt,
  contextOf,
  file,
  HELPER,
  type Journey,
  later,
  staff,
} from '../journeys/case-fixture'
import { driveToEnd } from '../journeys/sensible-acts'
import { outcomeOf } from '../outcome/outcome'
import { revoked } from '../paper/revocation-words'
import { whyNotPaid } from '../result/payout'
import { leavesIt } from '../whose/barred'
import { decideAfter, whyNotAfter } from './after-decision'
import type { AfterDecisionCommand } from './after-decision-command'
import { AFTER_DECISION, type AfterDecision } from './after-decision-who'
import {
  basesOf,
  isAskedToSpeak,
  openAdvices,
  openRevocation,
  revokedBy,
  speakUntil,
  speakUntilOf,
} from './revocation'
import { settlersFor } from './settlers'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const APPROVER: Pool = { role: 'town-approver', unitId: 'town' }
const REVIEWER: Pool = { role: 'town-reviewer', unitId: 'town' }
const WINDOW: Pool = { role: 'town-window', unitId: 'town' }
const SUPERVISOR: Pool = { role: 'supervisor', unitId: 'county' }

const decided = (goal: 'granted' | 'refused', itemId = 'LX-005') => {
  const journey = driveToEnd(file(itemOf(itemId), '2026-03-02'), goal).find(
    ({ state }) => state.decision !== null,
  )
  if (!journey) throw new Error(`${itemId} is never ${goal}`)
  return journey
}
const PROPOSE: AfterDecisionCommand = {
  type: 'propose-revocation',
  basis: 'other',
  reasonDigest: 'why',
  speakDays: 5,
  deciders: [APPROVER],
}
const REVOKE: AfterDecisionCommand = { type: 'revoke-decision', reasonDigest: 'weighed' }

function done(journey: Journey, command: AfterDecisionCommand, actor: CaseActor): Journey {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(tried.error.code)
  expect(replay(tried.value.item, tried.value.events)).toEqual(tried.value.state)
  return tried.value
}
const refusal = (journey: Journey, command: AfterDecisionCommand, actor: CaseActor) => {
  const tried = attempt(journey, command, actor)
  return tried.ok ? null : tried.error.code
}
const mayOf = (journey: Journey, actor: CaseActor): readonly AfterDecision[] =>
  AFTER_DECISION.filter(
    (action) => whyNotAfter(journey.item, journey.state, action, contextOf(journey, actor)) === null,
  )

test('who decided and who approves there correct and propose; who only accepted it, neither', () => {
  const granted = decided('granted')
  expect(mayOf(granted, staff(REVIEWER))).toEqual(['correct-decision', 'propose-revocation'])
  expect(mayOf(granted, staff(APPROVER))).toEqual(['correct-decision', 'propose-revocation'])
  expect(mayOf(granted, staff(SUPERVISOR))).toEqual(['advise-revocation'])
  expect(mayOf(granted, staff(WINDOW))).toEqual([])
  expect(mayOf(granted, APPLICANT)).toEqual([])
})

test('nobody does anything with what is theirs or a relative’s, or with what is not decided', () => {
  const granted = decided('granted')
  const barred = { ...staff(APPROVER), isBarred: true }
  expect(refusal(granted, PROPOSE, barred)).toBe('case.own-case')
  expect(refusal(file(itemOf('LX-005'), '2026-03-02'), PROPOSE, staff(REVIEWER))).toBe('case.undecided')
})

test('whose it is to decide does so once the holder was heard or the days are over, and nobody else ever', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  expect(mayOf(asked, staff(REVIEWER))).toEqual(['record-statement'])
  expect(mayOf(asked, staff(WINDOW))).toEqual(['record-statement'])
  expect(mayOf(asked, staff(APPROVER))).toEqual(['keep-decision'])
  expect(refusal(asked, REVOKE, staff(APPROVER))).toBe('case.hearing-open')
  expect(refusal(asked, PROPOSE, staff(REVIEWER))).toBe('case.revocation-open')
  const heard = done(asked, { type: 'speak', statementDigest: 'words', isAll: true }, APPLICANT)
  expect(mayOf(heard, staff(APPROVER))).toEqual(['revoke-decision', 'keep-decision'])
  expect(mayOf(heard, staff(REVIEWER, SUPERVISOR))).toEqual(['record-statement'])
  expect(refusal(later(asked, 7), REVOKE, staff(APPROVER))).toBe('case.hearing-open')
  expect(refusal(later(asked, 8), REVOKE, staff(APPROVER))).toBeNull()
})

test('the days end early by the holder’s own word that nothing more comes, and by nothing else', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  const say = (isAll: boolean): AfterDecisionCommand => ({ type: 'speak', statementDigest: 'words', isAll })
  const helper = HELPER
  expect(refusal(asked, say(true), helper)).toBe('case.action-not-allowed')
  const open = [
    done(asked, say(false), APPLICANT),
    done(asked, say(false), helper),
    done(asked, { type: 'record-statement', statementDigest: 'words' }, staff(WINDOW)),
  ]
  for (const each of open) expect(refusal(each, REVOKE, staff(APPROVER))).toBe('case.hearing-open')
  const asks = open.map(({ state }) => state.revocations?.map(isAskedToSpeak))
  expect(asks).toEqual([[false], [true], [true]])
  expect(refusal(done(asked, say(true), APPLICANT), REVOKE, staff(APPROVER))).toBeNull()
  const filer = { ...APPLICANT, speaksAs: 'filer' } as CaseActor
  expect(refusal(done(asked, say(true), filer), REVOKE, staff(APPROVER))).toBeNull()
  // A power to apply for one item is none to give up the hearing.
  const agent = { ...APPLICANT, mayWaive: false } as CaseActor
  expect(refusal(asked, say(true), agent)).toBe('case.action-not-allowed')
  expect(refusal(asked, say(false), agent)).toBeNull()
})

test('whoever says more after all takes back that it was all', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  const say = (isAll: boolean): AfterDecisionCommand => ({ type: 'speak', statementDigest: 'words', isAll })
  const all = done(asked, say(true), APPLICANT)
  const agent = { ...APPLICANT, mayWaive: false } as CaseActor
  const noted: AfterDecisionCommand = { type: 'record-statement', statementDigest: 'words' }
  const more = [
    done(all, say(false), APPLICANT),
    done(all, say(false), agent),
    done(all, noted, staff(WINDOW)),
  ]
  for (const each of more) {
    expect(refusal(each, REVOKE, staff(APPROVER))).toBe('case.hearing-open')
    expect(refusal(later(each, 8), REVOKE, staff(APPROVER))).toBeNull()
    expect(refusal(done(each, say(true), APPLICANT), REVOKE, staff(APPROVER))).toBeNull()
  }
  expect(refusal(done(all, say(false), HELPER), REVOKE, staff(APPROVER))).toBeNull()
})

test('a refusal that fell is not refused again by whoever did, nor by another for the very reason', () => {
  const by = (staffId: string, ...pools: readonly Pool[]) => ({ ...staff(...pools), staffId })
  const start = decided('refused')
  const [last] = start.events.slice(-1)
  if (last?.type !== 'refused') throw new Error('not refused')
  const events = [...start.events.slice(0, -1), { ...last, staffId: 'sun', reasonDigest: 'poor' }]
  const refused = { ...start, events, state: replay(start.item, events) }
  const fallenBy = (basis: 'other' | 'procedure') =>
    done(done(refused, { ...PROPOSE, basis }, staff(REVIEWER)), REVOKE, by('wu', APPROVER))
  const again = (journey: Journey, staffId: string, reasonDigest: string) => {
    const { stepKey, unitId } = last
    const command = { type: 'act', action: 'refuse', stepKey, unitId, reasonDigest } as const
    const tried = attempt(journey, command, by(staffId, REVIEWER))
    return tried.ok ? null : tried.error.code
  }
  const open = fallenBy('other')
  expect(again(open, 'sun', 'found anew')).toBe('case.refused-before')
  expect(again(open, 'li', 'poor')).toBe('case.same-refusal')
  expect(again(open, 'li', 'found anew')).toBeNull()
  // What they did themselves keeps them from all of it, as long as there are others.
  expect([leavesIt(open.state), leavesIt(fallenBy('procedure').state)]).toEqual([[], ['sun']])
})

test('only the owner ends the days of a notice that was not served yet: a phone on which it was filed for them is not theirs', () => {
  const HOLDER = { ...APPLICANT, speaksAs: 'filer' } as CaseActor
  const journeys = [{}, { isUnreached: true } as const, { isHelped: true } as const]
  const told = journeys.map((reach) => done({ ...decided('granted'), ...reach }, PROPOSE, staff(REVIEWER)))
  const afterWord = (asked: Journey, by: CaseActor, isAll: boolean) =>
    refusal(done(asked, { type: 'speak', statementDigest: 'words', isAll }, by), REVOKE, staff(APPROVER))
  const rows = told.map((asked) => [
    afterWord(asked, APPLICANT, true),
    afterWord(asked, HOLDER, true),
    afterWord(asked, HELPER, false),
  ])
  const UNSERVED = 'case.hearing-unserved'
  expect(rows).toEqual([
    [null, null, 'case.hearing-open'],
    [null, UNSERVED, UNSERVED],
    [null, UNSERVED, UNSERVED],
  ])
  const asks = told.map((asked) =>
    done(asked, { type: 'speak', statementDigest: 'words', isAll: true }, HOLDER).state.revocations?.map(
      isAskedToSpeak,
    ),
  )
  expect(asks).toEqual([[false], [true], [true]])
})

test('the paper that revokes says on which day they had the notice, and none where they never had it', () => {
  const told = done({ ...decided('granted'), isUnreached: true }, PROPOSE, staff(REVIEWER))
  const toldWords = (asked: Journey) => {
    const [open] = asked.state.revocations ?? []
    if (!open) throw new Error('nothing is proposed')
    const state = { ...asked.state, revocations: [{ ...open, answeredAt: asked.now, revoked: true }] }
    const event = { ...open, type: 'decision-revoked', at: asked.now, stepKey: '', unitId: '' } as const
    const { item } = asked
    const issuing = {
      item,
      state,
      calendar: CALENDAR_2026,
      phone: null,
      remedy: null,
      decidedBy: null,
      ownPapers: new Map(),
      certifiedBy: null,
    }
    return revoked(issuing, event)
      .paragraphs.map(({ said }) => said)
      .join('')
  }
  expect(toldWords(told)).not.toContain('书面告知拟撤销')
  const fortnight = later(told, 14)
  const [open] = told.state.revocations ?? []
  if (!open) throw new Error('nothing is proposed')
  const servedOn = dayIn(fortnight.now)
  const served = { ...fortnight, state: { ...told.state, revocations: [{ ...open, servedOn }] } }
  expect(toldWords(served)).toContain(`${fullDay(servedOn)}已经书面告知`)
  const reached = done(decided('granted'), PROPOSE, staff(REVIEWER))
  expect(toldWords(reached)).toContain(`${fullDay(dayIn(reached.now))}已经书面告知`)
})

test('who proposed it, or wrote down what was said, does not revoke it', () => {
  const as = (staffId: string, ...pools: readonly Pool[]) => ({ ...staff(...pools), staffId })
  const asked = done(decided('granted'), PROPOSE, as('wu', APPROVER))
  const heard = done(
    asked,
    { type: 'record-statement', statementDigest: 'words' },
    as('zhao', WINDOW, APPROVER),
  )
  const over = later(heard, 8)
  const inPlace = { ...APPLICANT, isHolder: false, speaksAs: 'staff' } as CaseActor
  const say: AfterDecisionCommand = { type: 'speak', statementDigest: 'w', isAll: false, recordedBy: 'sun' }
  expect(refusal(later(done(asked, say, inPlace), 8), REVOKE, as('sun', APPROVER))).toBe('case.own-record')
  expect(refusal(over, REVOKE, as('wu', APPROVER))).toBe('case.own-proposal')
  expect(refusal(over, REVOKE, as('zhao', APPROVER))).toBe('case.own-record')
  expect(refusal(over, REVOKE, as('li', APPROVER))).toBeNull()
})

test('no day is over in a year without a calendar: then the holder has to say that it is all', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  const calendar: WorkingCalendar = new Map()
  const on = later(asked, 60)
  const context = { ...contextOf(on, staff(APPROVER)), calendar }
  const undated = on.state.revocations?.map(({ speakUntil: _told, ...each }) => each) ?? []
  const state = { ...on.state, revocations: undated }
  expect(whyNotAfter(on.item, state, 'revoke-decision', context)).toEqual({ code: 'case.hearing-undated' })
  expect(speakUntilOf(state, contextOf(on, APPLICANT).calendar)).toMatchObject({ speakUntil: '2026-03-09' })
  expect(speakUntil({ proposedAt: on.now, speakDays: 5 }, calendar).kind).toBe('calendar-missing')
})

test('what was granted ends for good; what was kept goes on as it was', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  const spoken = done(asked, { type: 'record-statement', statementDigest: 'words' }, staff(WINDOW))
  const kept = done(spoken, { type: 'keep-decision', reasonDigest: 'fine' }, staff(APPROVER))
  expect([kept.state.status, kept.state.steps]).toEqual([asked.state.status, asked.state.steps])
  expect(refusal(kept, PROPOSE, staff(REVIEWER))).toBe('case.new-fact-missing')
  const again = done(kept, { ...PROPOSE, newFactDigest: 'since' } as AfterDecisionCommand, staff(REVIEWER))
  expect(again.state.revocations).toHaveLength(2)
  const revoked = done(later(spoken, 8), REVOKE, staff(APPROVER))
  expect(revoked.state).toMatchObject({ status: 'revoked', endedAt: revoked.now })
  expect(revoked.state.steps.filter(({ status }) => status === 'open' || status === 'waiting')).toEqual([])
  expect(mayOf(revoked, staff(APPROVER, REVIEWER, SUPERVISOR))).toEqual([])
})

test('what is to be revoked is not paid meanwhile', () => {
  const item = packItems().find(({ steps }) => steps.some(({ actions }) => actions.includes('pay')))
  const granted = decided('granted', item?.id)
  const own: Pool = { role: 'dept-approver', unitId: granted.state.organUnitId }
  expect(whyNotPaid(granted.state)).toBeNull()
  const asked = done(granted, { ...PROPOSE, deciders: [own] } as AfterDecisionCommand, staff(own))
  expect(whyNotPaid(asked.state)).toEqual({ code: 'case.revocation-open' })
  const kept = done(asked, { type: 'keep-decision', reasonDigest: 'fine' }, staff(own))
  expect(whyNotPaid(kept.state)).toBeNull()
})

test('what was refused goes back to who refused it, with days that begin anew', () => {
  const refused = decided('refused')
  const asked = done(refused, PROPOSE, staff(REVIEWER))
  const anew = done(later(asked, 30), REVOKE, staff(APPROVER))
  expect(anew.state).toMatchObject({
    status: 'examining',
    decision: null,
    endedAt: null,
    completeAt: anew.now,
  })
  expect(anew.state.steps.find(({ status }) => status === 'open')?.key).toBe(refused.state.decision?.stepKey)
  expect(promisedClock(anew.item, anew.state)?.startedAt).toBe(anew.now)
})

test('the law’s days of a permit begin anew as well', () => {
  const refused = decided('refused', 'LX-026')
  const own: Pool = { role: 'dept-approver', unitId: refused.state.organUnitId }
  const asked = done(refused, { ...PROPOSE, deciders: [own] } as AfterDecisionCommand, staff(own))
  const anew = done(later(asked, 30), REVOKE, staff(own))
  expect(statutoryClock(anew.item, anew.state)?.startedAt).toBe(anew.now)
})

test('a refusal falls for no reason that only a grant can have, and without anybody to decide nothing is proposed', () => {
  const refused = decided('refused')
  expect(basesOf('refused')).toEqual(['abuse', 'beyond-powers', 'procedure', 'other'])
  expect(refusal(refused, { ...PROPOSE, basis: 'fraud' } as AfterDecisionCommand, staff(REVIEWER))).toBe(
    'case.action-not-allowed',
  )
  const alone: Journey = { ...refused, members: [{ staffId: 'sun', ...REVIEWER }] }
  const sun = { ...staff(REVIEWER), staffId: 'sun' }
  expect(refusal(alone, PROPOSE, sun)).toBe('case.revoker-missing')
  expect(mayOf(alone, sun)).not.toContain('propose-revocation')
})

test('who did not apply speaks on nothing, and nobody speaks where nothing is asked', () => {
  const granted = decided('granted')
  const speak: AfterDecisionCommand = { type: 'speak', statementDigest: 'words', isAll: true }
  expect(refusal(granted, speak, APPLICANT)).toBe('case.action-not-allowed')
  const asked = done(granted, PROPOSE, staff(REVIEWER))
  const { item, state } = asked
  expect(decideAfter(item, state, speak, contextOf(asked, staff(REVIEWER)))).toMatchObject({ ok: false })
})

test('a permit is revoked by the article of its law; anything else by its own rule and the county’s', () => {
  const [permit, allowance] = [itemOf('LX-026'), itemOf('LX-005')]
  const by = (item: typeof permit, decidedAs: 'granted' | 'refused') =>
    revokedBy(item, { basis: 'fraud', decided: decidedAs }).join('、')
  expect(by(permit, 'granted')).toBe('《中华人民共和国行政许可法》第六十九条第二款')
  for (const cited of [by(permit, 'refused'), by(allowance, 'granted')]) {
    expect(cited).not.toContain('第六十九条')
    expect(cited).toContain('本县公布的办件规则')
  }
})

test('the organ’s own approvers decide, where it has none its reviewers; nobody of another organ signs in its name', () => {
  const granted = decided('granted')
  const of = (approvers: readonly string[], { barred = '', proposer = '' }) => {
    const members = [
      ...approvers.map((staffId) => ({ staffId, ...APPROVER })),
      { staffId: 'sun', ...REVIEWER },
      { staffId: 'li', role: 'county-approver', unitId: 'county' } as const,
    ].filter(({ staffId }) => staffId !== barred)
    const { handlersOf } = contextOf({ ...granted, members }, staff(REVIEWER))
    return settlersFor(granted, handlersOf, { last: [], proposer })
  }
  expect(of(['wu', 'he'], { proposer: 'wu' })).toEqual([APPROVER])
  expect(of(['wu'], { barred: 'wu' })).toEqual([REVIEWER])
  expect(of([], {})).toEqual([REVIEWER])
  // What its head proposes another of the organ settles, of a lower rank where there is none beside.
  expect(of(['wu'], { proposer: 'wu' })).toEqual([REVIEWER])
  expect(of([], { barred: 'sun' })).toEqual([])
})

const ADVISE: AfterDecisionCommand = {
  type: 'advise-revocation',
  basis: 'procedure',
  reasonDigest: 'found',
  answerers: [APPROVER],
}
const GOVERNMENT: Pool = { role: 'county-approver', unitId: 'county' }

test('a supervisor proposes to the organ, which declines with a reason or tells the holder', () => {
  const granted = decided('granted')
  expect(refusal(granted, ADVISE, staff(REVIEWER))).toBe('case.not-your-task')
  const advised = done(granted, ADVISE, staff(SUPERVISOR))
  expect(mayOf(advised, staff(SUPERVISOR))).toEqual([])
  expect(refusal(advised, ADVISE, staff(SUPERVISOR))).toBe('case.advice-open')
  // An order comes over what was only suggested.
  const ordered = done(advised, ADVISE, staff(GOVERNMENT))
  expect(refusal(ordered, ADVISE, staff(GOVERNMENT))).toBe('case.advice-open')
  expect(openRevocation(advised.state)).toBeUndefined()
  const decline: AfterDecisionCommand = { type: 'decline-advice', reasonDigest: 'right' }
  expect(refusal(advised, decline, staff(SUPERVISOR))).toBe('case.not-your-task')
  const declined = done(advised, decline, staff(APPROVER))
  expect(declined.state.status).toBe(granted.state.status)
  expect(openAdvices(declined.state)).toEqual([])
  const proposed = done(advised, PROPOSE, staff(APPROVER))
  expect(openAdvices(proposed.state)).toEqual([])
})

test('what the county’s government orders is not declined: the organ tells the holder, and decides itself', () => {
  const ordered = done(decided('granted'), ADVISE, staff(GOVERNMENT))
  expect(refusal(ordered, { type: 'decline-advice', reasonDigest: 'right' }, staff(APPROVER))).toBe(
    'case.advice-ordered',
  )
  const proposed = done(ordered, PROPOSE, staff(APPROVER))
  expect(mayOf(later(proposed, 8), staff(GOVERNMENT))).toEqual([])
  expect(refusal(later(proposed, 8), REVOKE, staff(APPROVER))).toBeNull()
})

test('the last day to speak that was told is made later by another calendar, never earlier', () => {
  const asked = done(decided('granted'), PROPOSE, staff(REVIEWER))
  const [open] = asked.state.revocations ?? []
  if (open?.speakUntil === undefined) throw new Error('no day was told')
  const told = open.speakUntil
  const { calendar } = contextOf(asked, APPLICANT)
  const year = calendar.get(2026)
  if (!year) throw new Error('no calendar')
  const withOff = (day: PlainDate) =>
    new Map(calendar).set(2026, { ...year, offDays: new Set([...year.offDays, day]) })
  const longer = withOff(told)
  const later_ = speakUntil(open, longer)
  expect(later_.kind === 'on' && later_.on > told).toBe(true)
  expect(speakUntilOf(asked.state, longer)).toEqual({ speakUntil: later_.kind === 'on' ? later_.on : '' })
  expect(speakUntilOf(asked.state, calendar)).toEqual({})
  const moved = { ...open, speakUntil: later_.kind === 'on' ? later_.on : told }
  expect(speakUntil(moved, calendar)).toEqual(later_)
  expect(speakUntil(open, new Map())).toEqual({ kind: 'on', on: told })
})

test('a refusal that came too late is judged by its first verdict, whatever is decided anew', () => {
  const late = decided('refused')
  const { calendar } = contextOf(late, APPLICANT)
  const on = plainDate('2026-06-01')
  const tooLate = (journey: Journey) => ({
    ...journey.state,
    promiseKeptAt: '2026-06-01T02:00:00.000Z' as Instant,
  })
  const before = verdictBefore(late.item, tooLate(late), calendar)
  expect(before).toMatchObject({ judgedOn: on })
  expect(verdictBefore(late.item, late.state, calendar)).toBeUndefined()
  const first = caseLight(late.item, tooLate(late), on, calendar)
  const again = done(done(late, PROPOSE, staff(REVIEWER)), REVOKE, staff(APPROVER))
  const state = { ...again.state, ...(before ? { lateBefore: before } : {}) }
  expect(caseLight(again.item, again.state, dayIn(again.now), calendar).kind).not.toBe('late')
  expect(caseLight(again.item, state, dayIn(again.now), calendar)).toEqual(first)
  expect(first.kind).toBe('late')
  expect(
    outcomeOf(again.item, state, { calendar, documents: [], today: dayIn(again.now), reader: 'applicant' })
      .key,
  ).toBe('late')
  const kept = { ...state, promiseKeptAt: again.now }
  expect(caseLight(again.item, kept, dayIn(again.now), calendar)).toEqual(first)
})
