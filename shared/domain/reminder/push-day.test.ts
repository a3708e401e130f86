import { describe, expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { type PushDay, pushesOf } from './push-day'

const at = (clock: string) => new Date(`2026-11-24T${clock}:00+08:00`).toISOString() as Instant

const CLERK: PushDay = {
  limit: { max: 6, urgentReserve: 2 },
  sent: 0,
  lastAt: null,
  closes: 17 * 60 + 30,
}
const AGENT: PushDay = { ...CLERK, limit: { max: 3, urgentReserve: 2 }, closes: 20 * 60 + 30 }
const RESIDENT: PushDay = { ...CLERK, limit: { max: 3, urgentReserve: 1 }, closes: null }

const calm = (says = 'YX-CASE-PROGRESS accepted 受理了') => ({ urgent: false, says })
const urgent = { urgent: true, says: '' }

describe('whoever is called to work', () => {
  test('hears once of all that waits, what is urgent with what is not', () => {
    const waiting = [calm(), calm(), urgent, calm()]
    expect(pushesOf(waiting, CLERK, at('08:30'))).toEqual([{ told: waiting, time: { kind: 'now' } }])
  })

  test('hears of what can wait in the hours that are left, shared among the pushes that are left', () => {
    const day = { ...CLERK, sent: 1, lastAt: at('08:30') }
    expect(pushesOf([calm()], day, at('08:31'))[0]?.time).toEqual({ kind: 'today', at: at('10:45') })
    expect(pushesOf([calm()], day, at('10:45'))[0]?.time).toEqual({ kind: 'now' })
    const noon = { ...CLERK, sent: 3, lastAt: at('13:00') }
    expect(pushesOf([calm()], noon, at('13:01'))[0]?.time).toEqual({ kind: 'today', at: at('15:15') })
  })

  test('keeps the reserve for what cannot wait', () => {
    const day = { ...CLERK, sent: 4, lastAt: at('15:15') }
    expect(pushesOf([calm()], day, at('17:00'))[0]?.time).toEqual({ kind: 'next-day' })
    expect(pushesOf([calm(), urgent], day, at('15:53'))[0]?.time).toEqual({ kind: 'now' })
  })

  test('hears of what cannot wait at once, or within the hour where the phone has just rung', () => {
    expect(pushesOf([urgent], CLERK, at('09:42'))[0]?.time).toEqual({ kind: 'now' })
    const rung = { ...CLERK, sent: 1, lastAt: at('09:42') }
    expect(pushesOf([urgent], rung, at('09:43'))[0]?.time).toEqual({ kind: 'today', at: at('10:42') })
    expect(pushesOf([urgent], rung, at('11:00'))[0]?.time).toEqual({ kind: 'now' })
    const late = { ...CLERK, sent: 3, lastAt: at('15:30') }
    expect(pushesOf([urgent], late, at('15:31'))[0]?.time).toEqual({ kind: 'today', at: at('15:50') })
    const closing = { ...CLERK, sent: 2, lastAt: at('16:45') }
    expect(pushesOf([urgent], closing, at('16:46'))[0]?.time).toEqual({ kind: 'now' })
  })

  test('hears by the last push, an hour before the end, of all that came until then', () => {
    const day = { ...CLERK, sent: 5, lastAt: at('11:00') }
    expect(pushesOf([urgent], day, at('11:01'))[0]?.time).toEqual({ kind: 'today', at: at('16:30') })
    expect(pushesOf([urgent], day, at('16:40'))[0]?.time).toEqual({ kind: 'now' })
    expect(pushesOf([urgent], { ...day, sent: 6 }, at('16:40'))[0]?.time).toEqual({ kind: 'next-day' })
  })

  test('an agent of an evening hears once of what can wait, and twice more of what cannot', () => {
    expect(pushesOf([calm(), calm()], AGENT, at('18:30'))[0]?.time).toEqual({ kind: 'now' })
    const told = { ...AGENT, sent: 1, lastAt: at('18:30') }
    expect(pushesOf([calm()], told, at('19:00'))[0]?.time).toEqual({ kind: 'next-day' })
    expect(pushesOf([urgent], told, at('19:00'))[0]?.time).toEqual({ kind: 'now' })
    expect(pushesOf([urgent], { ...told, sent: 2 }, at('19:00'))[0]?.time).toEqual({
      kind: 'today',
      at: at('19:30'),
    })
  })

  test('hours that are over share nothing', () => {
    const day = { ...CLERK, sent: 1, lastAt: at('17:40') }
    expect(pushesOf([calm()], day, at('17:41'))[0]?.time).toEqual({ kind: 'now' })
  })

  test('nothing waits, nothing rings', () => {
    expect(pushesOf([], CLERK, at('09:00'))).toEqual([])
    expect(pushesOf([], RESIDENT, at('09:00'))).toEqual([])
  })
})

describe('whoever hears of their own cases', () => {
  test('hears what says the same at once and everything else by itself, what is urgent first', () => {
    const done = calm('YX-CASE-RESULT concluded 办好了')
    const other = calm('YX-CASE-RESULT concluded 没批')
    expect(pushesOf([done, other, urgent, done], RESIDENT, at('09:00'))).toEqual([
      { told: [urgent], time: { kind: 'now' } },
      { told: [done, done], time: { kind: 'now' } },
      { told: [other], time: { kind: 'next-day' } },
    ])
  })

  test('what cannot wait has the reserve', () => {
    const day = { ...RESIDENT, sent: 2, lastAt: at('09:00') }
    expect(pushesOf([calm(), urgent], day, at('09:01')).map(({ time }) => time.kind)).toEqual([
      'now',
      'next-day',
    ])
    expect(pushesOf([urgent], { ...day, sent: 3 }, at('09:01'))[0]?.time).toEqual({ kind: 'next-day' })
  })
})
