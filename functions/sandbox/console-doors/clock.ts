import type { Hono } from 'hono'
import { z } from 'zod'
import { CLOSING_MINUTE } from '#shared/domain/kernel/office-hours'
import { dayIn, type Instant, instantAt, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import type { World } from '../wechat/endpoint'
import { HOUR, shanghai } from './instants'
import { Refusal, read } from './requests'

// Two years and more; beyond it a slip of the keyboard is likelier than a wish.
const MAX_HOURS = 20_000
const MAX_WORKING_DAYS = 600

const clockMove = z.union([
  z.strictObject({ advanceHours: z.number().positive().max(MAX_HOURS) }),
  z.strictObject({ advanceWorkingDays: z.int().positive().max(MAX_WORKING_DAYS) }),
  z.strictObject({ to: z.literal('next-deadline') }),
  z.strictObject({ set: z.string().max(40) }),
])

type ClockMove = z.infer<typeof clockMove>

/** What is due on a day is due by 17:30: an hour is left to see it. */
const LAST_HOUR = CLOSING_MINUTE - 60

async function targetOf(world: World, move: ClockMove): Promise<Instant> {
  const now = world.clock.now()
  if ('advanceHours' in move) {
    return new Date(
      world.clock.milliseconds() + Math.round(move.advanceHours * HOUR),
    ).toISOString() as Instant
  }
  if ('advanceWorkingDays' in move) {
    const day = world.doors.addWorkingDays(dayIn(now), move.advanceWorkingDays)
    return instantAt(day, minuteOfDayIn(now))
  }
  if ('to' in move) {
    const day = await world.doors.nextDeadline()
    if (day === null) throw new Refusal(409, 'sandbox.no-deadline', '后面没有等着的期限，先去办一件事')
    return instantAt(day, LAST_HOUR)
  }
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(move.set)
  const at = isMoment ? Date.parse(move.set) : Number.NaN
  if (Number.isNaN(at))
    throw new Refusal(422, 'sandbox.clock-unreadable', '时间写成 2026-11-24T09:42:00+08:00 这样')
  if (at > world.clock.milliseconds() + MAX_HOURS * HOUR) {
    throw new Refusal(422, 'sandbox.clock-too-far', '一次最多往前拨两年多')
  }
  return new Date(at).toISOString() as Instant
}

async function moveClock(world: World, move: ClockMove) {
  await world.clock.refresh()
  const target = await targetOf(world, move)
  if (Date.parse(target) < world.clock.milliseconds()) {
    throw new Refusal(409, 'sandbox.clock-backwards', '时钟只能往前拨')
  }
  const moved = await world.clock.alone(async () => {
    await world.doors.advance(target, (instant) => world.clock.moveTo(instant))
    await world.clock.moveTo(target)
    return true
  })
  if (!moved) throw new Refusal(409, 'sandbox.clock-moving', '时钟正在拨，等它走完')
}

export function addClockDoors(app: Hono, world: World) {
  app.get('/clock', async (context) => {
    await world.clock.refresh()
    return context.json({ now: shanghai(world.clock.milliseconds()) })
  })
  app.post('/clock', async (context) => {
    await moveClock(world, await read(context, clockMove))
    return context.json({ now: shanghai(world.clock.milliseconds()) })
  })
}
