// The clock that one may push forward.

import { attempt, byId, call, day, inShanghai } from './page.js'
import { state } from './state.js'

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const EVENING = '18:30'

const isBeforeEvening = () => state.now.slice(11, 16) < EVENING

export const weekday = (iso) => WEEKDAYS[new Date(inShanghai(iso)).getUTCDay()]

const SVG = 'http://www.w3.org/2000/svg'
function hand(turn, length, colour, width) {
  const line = document.createElementNS(SVG, 'path')
  const [x, y] = [Math.sin(turn * 2 * Math.PI) * length, -Math.cos(turn * 2 * Math.PI) * length]
  line.setAttribute('d', `M22 22l${x.toFixed(1)} ${y.toFixed(1)}`)
  line.setAttribute('stroke', colour)
  line.setAttribute('stroke-width', width)
  line.setAttribute('stroke-linecap', 'round')
  return line
}

export function drawClock({ now }) {
  state.now = now
  const [hours, minutes] = now.slice(11, 16).split(':').map(Number)
  for (const time of document.querySelectorAll('#clock-time, #phone-time'))
    time.textContent = now.slice(11, 16)
  byId('clock-day').textContent = `${day(now)} ${weekday(now)}`
  byId('clock-hands').replaceChildren(
    hand((hours + minutes / 60) / 12, 10, '#0b6a63', '3.2'),
    hand(minutes / 60, 14, '#1f1d1a', '2.2'),
  )
  const words = isBeforeEvening() ? `今晚 ${EVENING}` : '明早 8:00'
  const button = byId('move-turn')
  if (!button.disabled && button.textContent !== words) button.textContent = words
}

const onDay = (days, time) => {
  const date = new Date(Date.parse(`${state.now.slice(0, 10)}T00:00:00Z`) + days * 86_400_000)
  return `${date.toISOString().slice(0, 10)}T${time}:00+08:00`
}
const moves = {
  hour: () => ({ advanceHours: 1 }),
  turn: () => ({ set: isBeforeEvening() ? onDay(0, EVENING) : onDay(1, '08:00') }),
  day: () => ({ advanceWorkingDays: 1 }),
  deadline: () => ({ to: 'next-deadline' }),
}

/** 今晚 18:30, 明天 8:30, 11月30日 8:30: when that is, seen from now. */
export function momentFromNow(iso) {
  const there = inShanghai(iso)
  const days = Math.round((Date.parse(there.slice(0, 10)) - Date.parse(state.now.slice(0, 10))) / 86_400_000)
  const [hours, minutes] = there.slice(11, 16).split(':')
  const time = `${Number(hours)}:${minutes}`
  if (days === 0) return `${Number(hours) >= 18 ? '今晚' : '今天'} ${time}`
  return `${days === 1 ? '明天' : day(there)} ${time}`
}

/** Moves it as the door takes it, unless it is past that already. */
export async function moveClock(move) {
  drawClock(await call('POST', '/clock', move))
}

/** `onMoved` is asked after each move. */
export function startClock(onMoved) {
  const buttons = [...document.querySelectorAll('[data-move]')]
  const press = async (button) => {
    const words = button.textContent
    for (const each of buttons) each.disabled = true
    button.textContent = '正在拨…'
    await attempt(async () => {
      await moveClock(moves[button.dataset.move]())
      await onMoved()
    })
    button.textContent = words
    for (const each of buttons) each.disabled = false
    drawClock({ now: state.now })
  }
  for (const button of buttons) button.addEventListener('click', () => press(button))
}
