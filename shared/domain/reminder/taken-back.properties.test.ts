import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { dueOfCase } from '../case/clock/clocks'
import type { CaseCommand } from '../case/decide'
import { awaitedServices } from '../case/delivery/delivery-clock'
import { owedPapers } from '../case/delivery/owed-papers'
import { attempt, everybody, file, type Journey, later, staff } from '../case/journeys/case-fixture'
import { driveToEnd } from '../case/journeys/sensible-acts'
import { outcomeOf } from '../case/outcome/outcome'
import { openHearing } from '../case/revocation/revocation'
import { unheardOf } from '../case/revocation/unheard'
import { dayIn, instantAt } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { payersReminders } from './after-decision-staff'
import type { PlanContext } from './change'
import { tellResident } from './resident'

const item = packItems().find(({ id }) => id === 'LX-010')
if (!item) throw new Error('no LX-010')
const granted = driveToEnd(file(item, '2026-03-02'), 'granted').find(({ state }) => state.decision !== null)
if (!granted) throw new Error('nothing was granted')
const GRANTED: Journey = granted
const HEAD = staff({ role: 'dept-approver', unitId: GRANTED.state.organUnitId })
const DECIDERS = [{ role: 'dept-approver', unitId: GRANTED.state.organUnitId }] as const

const ACTS = {
  propose: () => ({
    type: 'propose-revocation',
    basis: 'procedure',
    reasonDigest: 'why',
    newFactDigest: 'found',
    speakDays: 5,
    deciders: DECIDERS,
  }),
  revoke: () => ({ type: 'revoke-decision', reasonDigest: 'weighed' }),
  keep: () => ({ type: 'keep-decision', reasonDigest: 'kept' }),
  dies: ({ now }: Journey) => ({
    type: 'record-death',
    diedOn: dayIn(now),
    proofDigest: 'paper',
    bornOn: null,
    isBeforeFiling: false,
  }),
  lives: () => ({ type: 'withdraw-death-record', reasonDigest: 'another' }),
  serve: ({ now, state }: Journey) => ({
    type: 'hand-over',
    of: owedPapers(state).at(-1) ?? 'revocation',
    takenOn: dayIn(now),
    takerDigest: state.isDeceased ? 'family' : null,
  }),
} as const satisfies Record<string, (journey: Journey) => CaseCommand>
const BY_HEAD: ReadonlySet<string> = new Set(['propose', 'revoke', 'keep'])

const CONTEXT: PlanContext = {
  calendar: CALENDAR_2026,
  units: new Map(),
  unitName: (unitId) => unitId,
  holders: () => [{ id: 'payer', name: '' }],
  handlersOf: () => ['payer'],
  isAway: () => false,
}

interface Told {
  readonly owner: string
  readonly payer: string
}

function toldBy(before: Journey, after: Journey, told: Told): Told {
  const events = after.events.slice(before.events.length).map((event, at) => ({ id: `${at}`, event }))
  const due = dueOfCase(after.item, after.state, CALENDAR_2026)
  const pays = after.state.steps.filter(({ key }) =>
    after.item.steps.some((step) => step.key === key && step.actions.includes('pay')),
  )
  const held = pays.flatMap(({ key: stepKey, status, parts }) =>
    status === 'open' ? parts.map(({ unitId }) => ({ stepKey, role: 'dept-window', unitId })) : [],
  )
  const change = {
    caseId: 'case',
    caseNumber: 'number',
    item: after.item,
    before: before.state,
    after: after.state,
    events,
    due,
    held,
    opened: [],
    parties: [],
    newCard: null,
    actor: { staffId: null, profileId: null },
  } as never
  const heard = after.state.isDeceased
    ? []
    : events.flatMap(({ event }) => {
        const message = tellResident(event, change, CONTEXT, { as: 'owner', acted: false })
        return message && event.type !== 'served' ? [message.title + message.lines[0]] : []
      })
  const paid = payersReminders(change, CONTEXT, dayIn(after.now)).map(({ title }) => title)
  return { owner: heard.at(-1) ?? told.owner, payer: paid.at(-1) ?? told.payer }
}

function holds({ item: guide, state, now, ...journey }: Journey, told: Told) {
  const waits = unheardOf(state).length > 0
  const { word } = outcomeOf(guide, state, {
    calendar: CALENDAR_2026,
    documents: [],
    today: dayIn(now),
    reader: 'applicant',
  })
  if (waits) {
    expect(word).toBe('正在收回撤销')
    expect(owedPapers(state)).not.toContain('revocation')
    expect(awaitedServices(guide, state).map(({ of }) => of)).not.toContain('revocation')
    const serving = ACTS.serve({ item: guide, state, now, ...journey })
    const at = { item: guide, state, now, ...journey }
    const served = attempt(at, { ...serving, of: 'revocation' }, everybody(at))
    expect(served.ok ? 'served' : served.error.code).toBe('case.taking-back')
  } else expect(word).not.toContain('正在收回')
  if (state.isDeceased || told.owner === '') return
  const isOpen = openHearing(state) !== undefined
  const isRevoked = state.status === 'revoked'
  expect(told.owner.includes('正在收回撤销')).toBe(waits)
  expect(/已经撤销|[^不]撤销了/.test(told.owner)).toBe(isRevoked && !waits)
  expect(/准备撤销/.test(told.owner)).toBe(isOpen)
  if (told.payer !== '') {
    const goes = isRevoked ? '不用发了' : isOpen ? '先不要发钱' : '接着发钱'
    expect(told.payer).toContain(goes)
  }
}

type Step = keyof typeof ACTS | 'tick'
/** Each by itself, and what few histories would come to by chance. */
const STEPS = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...(Object.keys(ACTS) as Step[]), 'tick' as const).map((one) => [one]),
  },
  { weight: 1, arbitrary: fc.constant<Step[]>(['dies', 'propose', 'serve', 'tick', 'revoke']) },
  { weight: 1, arbitrary: fc.constant<Step[]>(['dies', 'propose', 'serve', 'tick', 'revoke', 'lives']) },
)

/** One step of a history, a minute after the last; `undefined` where it is refused. */
function stepped(journey: Journey, step: Step, minute: number): Journey | undefined {
  if (step === 'tick') return later(journey, 6)
  const here = { ...journey, now: instantAt(dayIn(journey.now), 10 * 60 + minute) }
  const done = attempt(here, ACTS[step](here), BY_HEAD.has(step) ? HEAD : everybody(here))
  return done.ok ? done.value : undefined
}

function sawOf(before: Journey, { state }: Journey, step: Step): string | undefined {
  const waited = unheardOf(before.state).length
  const waits = unheardOf(state).length
  if (waits < waited && step === 'keep') return state.isDeceased ? 'back-dead' : 'back'
  return waits > 0 ? 'waits' : undefined
}

test.each([1, 7, 42, 1234])(
  'last words are true in whatever order it comes, and nothing that waits is served: seed %i',
  (seed) => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.array(STEPS, { minLength: 4, maxLength: 16 }).map((each) => each.flat()),
        (steps) => {
          let journey = GRANTED
          let told: Told = { owner: '', payer: '' }
          for (const [minute, step] of steps.entries()) {
            const next = stepped(journey, step, minute)
            if (!next) continue
            told = toldBy(journey, next, told)
            seen.add(sawOf(journey, next, step) ?? '')
            journey = next
            holds(journey, told)
          }
        },
      ),
      { seed, numRuns: 300 },
    )
    expect([...seen].sort()).toEqual(['', 'back', 'back-dead', 'waits'])
  },
)
