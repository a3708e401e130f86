import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { addDays, dayIn, plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { dueOfCase, taskDue } from './clock/clocks'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  file,
  type Journey,
  later,
  offered,
  onDay,
  refusal,
  staff,
} from './journeys/case-fixture'
import { driveTo, driveToEnd } from './journeys/sensible-acts'
import { stepOf } from './route'
import { openParts } from './state'
import { returnTargets } from './step/return-targets'

function fileOn(id: string, day = '2026-11-02', more: Parameters<typeof file>[2] = {}) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day, more)
}
const runOf = ({ state }: Journey, key: string) => state.steps.find((run) => run.key === key)
const statuses = ({ state }: Journey) =>
  Object.fromEntries(state.steps.map(({ key, status }) => [key, status]))
const openUnits = ({ state }: Journey) => openParts(state).map(({ part }) => part.unitId)

describe('a refusal', () => {
  test('goes straight to the first step that delivers', () => {
    const refused = act(driveTo(fileOn('LX-046'), 'finance'), 'refuse')
    expect(statuses(refused)).toEqual({ accept: 'done', joint: 'done', finance: 'done', pay: 'open' })
    expect(refusal(refused, 'pay', 'pay', everybody(refused))).toBe('case.undecided')
    expect(refusal(refused, 'grant', 'finance', everybody(refused))).toBe('case.action-not-allowed')
  })

  test('needs a reason, and no confirmed identity', () => {
    const there = driveTo(fileOn('LX-005', '2026-11-02', { identityConfirmed: false }), 'review')
    expect(refusal(there, 'refuse', 'review', everybody(there), { reasonDigest: null })).toBe(
      'case.reason-missing',
    )
    expect(refusal(there, 'refuse', 'review', everybody(there))).toBeUndefined()
  })

  test('where it is decided at the counter it waits there for its conclusion', () => {
    const refused = act(driveTo(fileOn('LX-013'), 'finish'), 'refuse')
    expect(refused.state.status).toBe('refused')
    expect(act(act(refused, 'conclude'), 'deliver').state.status).toBe('delivered')
  })
})

describe('a return', () => {
  const there = driveTo(fileOn('LX-007'), 'confirm')

  test('may go to any step that judged after acceptance, the nearest unless chosen', () => {
    expect(returnTargets(there.item, there.state, 'confirm')).toEqual(['survey', 'publicity'])
    expect(statuses(act(there, 'return'))).toMatchObject({
      survey: 'done',
      publicity: 'open',
      confirm: 'waiting',
    })
  })

  test('starts the later steps anew', () => {
    const back = act(there, 'return', { toStepKey: 'survey' })
    expect(statuses(back)).toEqual({
      assist: 'skipped',
      accept: 'done',
      survey: 'open',
      publicity: 'waiting',
      confirm: 'waiting',
      deliver: 'waiting',
    })
    expect(runOf(back, 'publicity')?.publishedOn).toBeNull()
    expect(runOf(back, 'survey')).toMatchObject({
      openedAt: back.now,
      parts: [{ outcome: null, doneAt: null }],
    })
    expect(driveToEnd(back, 'granted').at(-1)?.state.status).toBe('delivered')
  })

  test('never goes back to the applicant or behind acceptance', () => {
    expect(refusal(there, 'return', 'confirm', everybody(there), { toStepKey: 'accept' })).toBe(
      'case.target-unknown',
    )
    const legalAid = driveTo(fileOn('LX-050'), 'decide')
    expect(refusal(legalAid, 'return', 'decide', everybody(legalAid))).toBe('case.action-not-allowed')
  })
})

test('an objection sends the case to the step before the publicity, which then begins anew', () => {
  const published = act(driveTo(fileOn('LX-007'), 'publicity'), 'publish-notice')
  const back = act(published, 'record-objection')
  expect(statuses(back)).toMatchObject({ survey: 'open', publicity: 'waiting' })
  expect(back.state.pauses.filter(({ until }) => until === null)).toEqual([])
  const again = act(later(act(back, 'pass'), 1), 'publish-notice')
  expect(refusal(onDay(again, '2026-11-10'), 'close-notice', 'publicity', everybody(again))).toBe(
    'case.publicity-running',
  )
  expect(refusal(onDay(again, '2026-11-11'), 'close-notice', 'publicity', everybody(again))).toBeUndefined()
})

describe('units that answer at the same time', () => {
  const there = driveTo(fileOn('LX-045'), 'parallel')
  const answer = (journey: Journey, ...units: readonly string[]) =>
    units.reduce((next, unitId) => act(next, 'pass', { unitId }), journey)

  test('housing waits for planning and water', () => {
    expect(openUnits(there)).toEqual(['nr', 'eco', 'water', 'emergency'])
    expect(openUnits(answer(there, 'nr'))).not.toContain('housing')
    const opened = answer(there, 'nr', 'water')
    expect(openUnits(opened)).toEqual(['eco', 'housing', 'emergency'])
  })

  test('the step is done when all have answered', () => {
    const almost = answer(there, 'nr', 'water', 'eco', 'emergency')
    expect(runOf(almost, 'parallel')?.status).toBe('open')
    expect(statuses(answer(almost, 'housing'))).toMatchObject({
      parallel: 'done',
      joint: 'skipped',
      finish: 'open',
    })
  })

  test('they meet when one disagrees', () => {
    const failed = act(there, 'fail', { unitId: 'eco' })
    const met = answer(failed, 'nr', 'water', 'emergency', 'housing')
    expect(statuses(met)).toMatchObject({ joint: 'open', finish: 'waiting' })
    expect(statuses(act(met, 'convene'))).toMatchObject({ joint: 'done', finish: 'open' })
    const applicant = met.state.applicant && { ...met.state.applicant, disowned: true }
    const disowned = { ...met, state: { ...met.state, applicant } }
    expect(refusal(disowned, 'convene', 'joint', everybody(met))).toBe('case.action-not-allowed')
  })

  test('they meet when one was late by its own days', () => {
    // Water has ten working days from 2 November.
    const inTime = answer(onDay(there, '2026-11-16'), 'nr', 'water', 'eco', 'emergency', 'housing')
    expect(statuses(inTime)).toMatchObject({ joint: 'skipped' })
    const late = answer(onDay(there, '2026-11-17'), 'nr', 'water', 'eco', 'emergency', 'housing')
    expect(
      runOf(late, 'parallel')
        ?.parts.filter((part) => part.late)
        .map((part) => part.unitId),
    ).toEqual(['water'])
    expect(statuses(late)).toMatchObject({ joint: 'open' })
  })

  test('a special procedure stops the days of its unit only', () => {
    const stopped = act(there, 'suspend', { unitId: 'water' })
    expect(stopped.state.status).toBe(there.state.status)
    expect(dueOfCase(stopped.item, stopped.state, CALENDAR_2026)).toEqual(
      dueOfCase(there.item, there.state, CALENDAR_2026),
    )
    const resumed = act(onDay(stopped, '2026-11-09'), 'resume', { unitId: 'water' })
    const water = openParts(resumed.state).find(({ part }) => part.unitId === 'water')
    expect(water && taskDue(resumed.item, resumed.state, water.step, water.part, CALENDAR_2026)).toEqual({
      kind: 'on',
      on: '2026-11-23',
    })
  })
})

describe('money that is granted', () => {
  test.each(['LX-007', 'LX-008', 'LX-010', 'LX-011', 'LX-030', 'LX-046', 'LX-048'])(
    'is paid before %s is concluded, once',
    (id) => {
      const [pays] = driveToEnd(fileOn(id, '2026-11-02'), 'granted').filter(
        ({ item, state }) =>
          state.paidOn === null &&
          state.steps.some((run) => run.status === 'open' && stepOf(item, run.key).actions.includes('pay')),
      )
      const key = pays?.state.steps.find(({ status }) => status === 'open')?.key ?? ''
      if (!pays) throw new Error(`${id} never pays`)
      expect(refusal(pays, 'conclude', key, everybody(pays))).toBe('case.unpaid')
      expect(offered(pays).map(({ action }) => action)).not.toContain('conclude')
      const paid = act(pays, 'pay')
      expect(refusal(paid, 'pay', key, everybody(paid))).toBe('case.action-not-allowed')
      expect(act(paid, 'conclude').state).toMatchObject({ status: 'concluded', paidOn: dayIn(paid.now) })
    },
  )

  test('is not asked for where nothing was granted', () => {
    const refused = driveToEnd(fileOn('LX-007', '2026-11-02'), 'refused').at(-1)
    expect(refused?.state).toMatchObject({ status: 'delivered', paidOn: null })
  })
})

describe('a site check', () => {
  const there = driveTo(fileOn('LX-028'), 'site')

  test('is judged only when two officers have been there', () => {
    expect(refusal(there, 'pass', 'site', everybody(there))).toBe('case.visit-missing')
    expect(refusal(there, 'record-visit', 'site', everybody(there), { officerIds: ['one', 'one'] })).toBe(
      'case.officers-too-few',
    )
    expect(refusal(act(there, 'record-visit'), 'pass', 'site', everybody(there))).toBeUndefined()
  })

  test('is not passed while something is to be put right, until it was seen again', () => {
    const ordered = act(act(there, 'record-visit'), 'require-rectification')
    expect(refusal(ordered, 'pass', 'site', everybody(ordered))).toBe('case.rectification-open')
    expect(refusal(act(ordered, 'record-visit'), 'pass', 'site', everybody(ordered))).toBeUndefined()
  })

  test('gives its days to put things right: a good result may come before they are over, a bad one of what is seen after', () => {
    const seen = act(onDay(there, '2026-11-09'), 'record-visit')
    const ordered = act(seen, 'require-rectification', { recheckOn: plainDate('2026-11-16') })
    const early = act(onDay(ordered, '2026-11-12'), 'record-visit')
    const at = (day: string, action: 'pass' | 'fail' | 'require-rectification') => {
      const then = onDay(early, day)
      return refusal(then, action, 'site', everybody(then), { recheckOn: plainDate('2026-11-25') })
    }
    expect([at('2026-11-13', 'pass'), at('2026-11-13', 'fail')]).toEqual([
      undefined,
      'case.rectification-open',
    ])
    expect(at('2026-11-13', 'require-rectification')).toBe('case.rectification-open')
    expect([at('2026-11-16', 'fail'), at('2026-11-16', 'require-rectification')]).toEqual([
      'case.visit-missing',
      'case.visit-missing',
    ])
    const onTheDay = act(onDay(early, '2026-11-16'), 'record-visit')
    const then = onDay(onTheDay, '2026-11-16')
    for (const action of ['pass', 'fail', 'require-rectification'] as const)
      expect(
        refusal(then, action, 'site', everybody(then), { recheckOn: plainDate('2026-11-25') }),
      ).toBeUndefined()
  })

  test.each([
    ['2026-11-12', undefined],
    ['2026-11-09', 'case.recheck-day'],
    ['2026-11-14', 'case.recheck-day'],
    ['2026-11-30', undefined],
    ['2026-12-01', 'case.recheck-day'],
  ])('is looked at again on a working day to come, until the law binds: %s', (day, wanted) => {
    // Accepted on Monday, 2 November: twenty working days end on the 30th.
    const seen = act(onDay(there, '2026-11-09'), 'record-visit')
    expect(
      refusal(seen, 'require-rectification', 'site', everybody(seen), { recheckOn: plainDate(day) }),
    ).toBe(wanted)
  })

  test('after the decision is looked at again within a year', () => {
    const seen = act(driveToEnd(fileOn('LX-025'), 'granted').at(-1) ?? there, 'record-visit')
    const again = (ahead: number) =>
      refusal(seen, 'require-rectification', 'inspect', everybody(seen), {
        recheckOn: addDays(dayIn(seen.now), ahead),
      })
    expect(seen.item.steps.find(({ key }) => key === 'inspect')?.actions).toContain('require-rectification')
    expect([again(400), again(7)]).toEqual(['case.recheck-day', undefined])
  })

  test('in a special procedure both clocks stand still, and only its end or a visit is possible', () => {
    const stopped = act(act(there, 'record-visit'), 'suspend')
    expect(stopped.state.status).toBe('suspended')
    expect(dueOfCase(stopped.item, stopped.state, CALENDAR_2026)).toMatchObject({
      kind: 'waits-for',
      stepKey: 'site',
      because: 'special-procedure',
    })
    expect(refusal(stopped, 'pass', 'site', everybody(stopped))).toBe('case.action-not-allowed')
    expect(act(stopped, 'resume').state.status).toBe('examining')
  })
})

describe('who may act', () => {
  test('nobody on their own case, nobody for another unit or in another role', () => {
    const filed = fileOn('LX-005')
    const own = {
      kind: 'staff',
      pools: [{ role: 'town-window', unitId: 'town' }],
      isBarred: true,
    } as const
    expect(refusal(filed, 'accept', 'accept', own)).toBe('case.own-case')
    for (const pool of [
      { role: 'town-window', unitId: 'other' },
      { role: 'town-reviewer', unitId: 'town' },
    ] as const) {
      expect(refusal(filed, 'accept', 'accept', staff(pool))).toBe('case.not-your-task')
    }
    expect(refusal(filed, 'accept', 'accept', APPLICANT)).toBe('case.not-your-task')
  })

  test('a case handed to another unit is theirs', () => {
    const moved = act(fileOn('LX-031'), 'transfer', { toUnitId: 'nr' })
    expect(refusal(moved, 'accept', 'accept', staff({ role: 'window', unitId: 'nr' }))).toBeUndefined()
    expect(refusal(moved, 'accept', 'accept', staff({ role: 'window', unitId: 'market' }))).toBe(
      'case.not-your-task',
    )
  })

  test('nothing is granted to whom nobody has seen, until counter or village confirm', () => {
    const there = driveTo(fileOn('LX-005', '2026-11-02', { identityConfirmed: false }), 'review')
    expect(refusal(there, 'grant', 'review', everybody(there))).toBe('case.identity-unconfirmed')
    const confirm = { type: 'confirm-identity', stepKey: 'review' } as const
    expect(attempt(there, confirm, staff({ role: 'town-reviewer', unitId: 'town' })).ok).toBe(false)
    expect(attempt(there, confirm, staff({ role: 'town-window', unitId: 'elsewhere' })).ok).toBe(false)
    const confirmed = attempt(there, confirm, staff({ role: 'village-agent', unitId: 'village' }))
    expect(confirmed.ok && refusal(confirmed.value, 'grant', 'review', everybody(there))).toBeUndefined()
  })
})
