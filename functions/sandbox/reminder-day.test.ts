import { describe, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { type DayFacts, type DayPush, type DayReminder, reminderDayOf } from './reminder-day'

const today = (time: string) => new Date(`2026-11-24T${time}:00+08:00`).toISOString() as Instant
const NOW = today('18:40')
const CLERK = 'staff:zhao-min'

const written = (id: string, time: string, changes: Partial<DayReminder> = {}): DayReminder => ({
  id,
  recipient: CLERK,
  urgent: false,
  title: `消息${id}`,
  writtenAt: today(time),
  availableAt: today(time),
  endedAt: today(time),
  droppedAt: null,
  inInbox: false,
  because: null,
  isMerged: false,
  toldBy: null,
  status: 'delivered',
  ...changes,
})

const waits = (at: Instant) => ({ availableAt: at, endedAt: null, status: 'queued' as const })

const push = (time: string, recipient = CLERK, templateId = 'YX-STAFF-TASK'): DayPush => ({
  recipient,
  kind: 'staff',
  templateId,
  at: today(time),
})

const dayOf = (facts: Partial<DayFacts>) =>
  reminderDayOf({
    now: NOW,
    reminders: [],
    pushes: [],
    people: [{ id: 'zhao-min', name: '赵敏', recipients: [CLERK], kind: 'staff', hours: [[510, 1051]] }],
    ...USUAL_LIMITS,
    ...facts,
  })

describe('a day of reminders', () => {
  test('each message has one fate, and together they are all that was wanted', () => {
    const { wanted, fates, rang } = dayOf({
      reminders: [
        written('1', '08:30'),
        written('2', '08:31', { isMerged: true, toldBy: '1', because: '合在一条里' }),
        written('3', '09:00', { droppedAt: today('09:05'), endedAt: null, status: 'dropped' }),
        written('4', '10:00', { inInbox: true, because: '没有打扰你' }),
        written('5', '17:50', waits('2026-11-25T00:30:00.000Z' as Instant)),
        written('6', '18:00', waits(today('19:00'))),
        written('7', '11:00', { status: 'failed' }),
        written('8', '12:00', { status: 'sent' }),
      ],
      pushes: [push('08:30'), push('12:00')],
    })
    expect(fates).toEqual({
      received: 1,
      merged: 1,
      dropped: 1,
      inbox: 1,
      'put-off': 1,
      waiting: 1,
      failed: 1,
      sent: 1,
    })
    expect(Object.values(fates).reduce((sum, count) => sum + count)).toBe(wanted)
    expect(rang).toBe(2)
  })

  test('a lane tells when it was written, where it went, and why', () => {
    const night = '2026-11-23T22:10:00.000Z' as Instant
    const [lane] = dayOf({
      reminders: [
        written('1', '09:00', { writtenAt: '2026-11-23T09:40:00.000Z' as Instant }),
        written('2', '06:10', { writtenAt: night, isMerged: true, toldBy: '1', endedAt: today('09:00') }),
        written('3', '17:50', waits('2026-11-25T00:30:00.000Z' as Instant)),
      ],
      pushes: [push('09:00')],
    }).lanes
    expect(lane).toMatchObject({ rang: 1, max: 6 })
    expect(lane?.marks.map(({ id, fate, from, to }) => [id, fate, from, to])).toEqual([
      ['1', 'received', 0, 540],
      ['2', 'merged', 370, 540],
      ['3', 'put-off', 1070, 1440],
    ])
    const [, merged, putOff] = lane?.marks ?? []
    expect(merged?.steps.map(({ title, says }) => `${title}：${says}`)).toEqual([
      '想发：6:10，消息2',
      '并进一条：消息1',
      '收到了：9:00',
    ])
    expect(putOff?.steps[1]).toEqual({
      title: '推到以后',
      says: '11月25日 8:30 再看，那时还没办完才发，和别的并成一条',
      tone: 'waiting',
    })
  })

  test('what another push told is told with what became of that push, and what is due is being sent', () => {
    const stepsOf = (changes: Partial<DayReminder>) =>
      dayOf({ reminders: [written('1', '09:00', changes)] }).lanes[0]?.marks[0]?.steps.map(
        ({ title, says }) => `${title}：${says}`,
      )
    const merged = { isMerged: true, toldBy: '0' }
    expect(stepsOf({ ...merged, status: 'failed' })?.at(-1)).toBe('没送到：9:00')
    expect(stepsOf({ ...merged, status: 'sent' })?.at(-1)).toBe('发出去了：9:00')
    expect(stepsOf(waits(NOW))?.at(-1)).toBe('正在发：18:40')
    expect(stepsOf(waits(today('19:00')))?.at(-1)).toMatch(/^还没到时候：19:00 再看/)
  })

  test('an urgent message that was put off is told', () => {
    const late = written('1', '17:50', { urgent: true, ...waits('2026-11-25T00:30:00.000Z' as Instant) })
    expect(dayOf({ reminders: [late] }).urgentKeptBack).toBe(1)
    expect(dayOf({ reminders: [{ ...late, urgent: false }] }).urgentKeptBack).toBe(0)
  })

  test('of a template any sixty seconds count, and of people who was rung how often', () => {
    const { limits } = dayOf({
      pushes: [
        { ...push('08:30'), at: '2026-11-24T00:30:50.000Z' as Instant },
        { ...push('08:31'), at: '2026-11-24T00:31:40.000Z' as Instant },
        { ...push('08:32'), at: '2026-11-24T00:31:50.000Z' as Instant },
        push('08:31', 'staff:sun-zhiyuan', 'YX-STAFF-DUE'),
      ],
    })
    expect(limits.busiestMinute).toEqual({ count: 2, at: '2026-11-24T00:30:50.000Z', max: 600 })
    expect(limits.people.find(({ kind }) => kind === 'staff')).toEqual({
      kind: 'staff',
      max: 6,
      most: 3,
      times: [1, 0, 1],
    })
    expect(limits.account.count).toBe(4)
  })
})
