import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOfCase, statutoryClock } from '../clock/clocks'
import { replay } from '../evolve'
import { act, file, type Journey, offered } from '../journeys/case-fixture'
import { driveToEnd, step } from '../journeys/sensible-acts'

function itemOf(id: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const urgentHelp = (minute = 582) =>
  file(itemOf('LX-009'), '2026-11-24', { answers: { kind: '急难型' }, minute })
const dueOn = ({ item, state }: Journey) => dueOfCase(item, state, CALENDAR_2026)
const statusOf = ({ state }: Journey, key: string) => state.steps.find((run) => run.key === key)?.status

describe('an emergency', () => {
  test('is promised for today, and for the next working day after the office has closed', () => {
    expect(dueOn(urgentHelp())).toEqual({ kind: 'on', on: '2026-11-24', clock: 'promised' })
    expect(dueOn(urgentHelp(18 * 60))).toMatchObject({ on: '2026-11-25' })
    const aid = file(itemOf('LX-050'), '2026-11-24', { answers: { urgent: true } })
    expect(dueOn(aid)).toMatchObject({ on: '2026-11-24' })
    expect(statutoryClock(aid.item, aid.state)?.days).toBe(7)
  })

  test('is kept where nothing is urgent', () => {
    const planned = file(itemOf('LX-009'), '2026-11-24', { answers: { kind: '支出型' } })
    expect(dueOn(planned)).toMatchObject({ on: '2026-12-04' })
    expect(planned.state.steps.map(({ key }) => key)).toEqual(['assist', 'accept', 'review', 'finish'])
    expect(planned.state.fastTrack).toBe(false)
    expect(dueOn(file(itemOf('LX-050'), '2026-11-24', { answers: { urgent: false } }))).toMatchObject({
      on: '2026-11-27',
    })
  })

  test('has the household checked after the grant, by the village, without touching the case', () => {
    const filed = urgentHelp()
    expect(filed.state.steps.map(({ key }) => key)).toEqual(['accept', 'review', 'finish', 'assist'])
    expect(offered(filed).map(({ action }) => action)).not.toContain('verify')
    const ended = driveToEnd(filed, 'granted').at(-1) ?? filed
    expect([ended.state.status, statusOf(ended, 'assist')]).toEqual(['delivered', 'open'])
    const checked = act(ended, 'verify')
    expect([checked.state.status, statusOf(checked, 'assist')]).toEqual(['delivered', 'done'])
    expect(replay(itemOf('LX-009'), checked.events)).toEqual(checked.state)
  })

  test('that is refused leaves nothing to check', () => {
    const ended = driveToEnd(urgentHelp(), 'refused').at(-1)
    expect(ended && statusOf(ended, 'assist')).toBe('skipped')
  })

  test('keeps its promise on the day', () => {
    const accepted = act(urgentHelp(), 'accept')
    const concluded = act(step(accepted, 'granted'), 'conclude')
    expect(concluded.state.promiseKeptAt).toBe(concluded.now)
  })
})
