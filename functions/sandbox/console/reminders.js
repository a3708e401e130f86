// Today's reminders: where each has gone, how often whose phone rang, and why one did not.

import { drawClock, startClock } from './clock.js'
import { attempt, call, draw, element } from './page.js'
import { face, subtitleOf } from './people.js'
import { state } from './state.js'
import { CAST } from './words.js'

const POLL_MILLISECONDS = 2000
const MIDNIGHT = 1440
/** The night is drawn no wider than an hour of the day. */
const [FIRST, LAST] = [6 * 60, 24 * 60]
const QUIET = [8 * 60, 22 * 60]

const MARKS = {
  merged: '想发，并进一条',
  received: '发出并收到',
  sent: '发出，没有回执',
  inbox: '没响，在消息里',
  waiting: '还没到时候',
  'put-off': '推到以后',
  dropped: '不用发了',
  failed: '没送到',
}
const KINDS = {
  resident: '居民每人每天',
  enterprise: '企业经办每人每天',
  'part-timer': '兼职代办每人每天',
  staff: '工作人员每人每天',
}

const SVG = 'http://www.w3.org/2000/svg'
function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

/** The sign of a fate: told apart by its form, not by colour alone. */
function sign(fate) {
  const box = drawn('svg', { viewBox: '-10 -10 20 20', class: `sign sign-${fate}`, 'aria-hidden': 'true' })
  if (fate === 'merged') box.append(drawn('circle', { r: 5.5, class: 'ring' }))
  else if (fate === 'dropped') box.append(drawn('path', { d: 'M-5-5L5 5M5-5L-5 5', class: 'stroke' }))
  else if (fate === 'put-off' || fate === 'waiting') {
    box.append(drawn('circle', { r: 7, class: 'ring' }))
    if (fate === 'put-off') box.append(drawn('path', { d: 'M0 0V-7A7 7 0 0 1 0 7Z', class: 'fill' }))
    else box.append(drawn('path', { d: 'M0-4V0L3 2', class: 'stroke' }))
  } else {
    box.append(drawn('circle', { r: 8, class: 'disc' }))
    const inside = {
      received: drawn('path', { d: 'M-3.5 0L-1 2.8L3.5-2.4', class: 'inside' }),
      sent: drawn('path', { d: 'M-2.4-2a2.4 2.4 0 1 1 3.4 2.2Q0 .8 0 2M0 4.6V4.7', class: 'inside' }),
      inbox: drawn('path', { d: 'M-4 4L4-4', class: 'inside' }),
      failed: drawn('path', { d: 'M0-4.5V1M0 4V4.1', class: 'inside' }),
    }
    box.append(inside[fate])
  }
  return box
}

const placeOf = (minute) => (Math.min(LAST, Math.max(FIRST, minute)) - FIRST) / (LAST - FIRST)
const percent = (minute) => `${(placeOf(minute) * 100).toFixed(2)}%`
const clock = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

function drawHead({ wanted, rang, fates, urgentKeptBack }) {
  draw('day-title', [wanted, rang], () => [
    wanted === 0 ? '今天还没有要发的' : `今天想发 ${wanted} 条，真打扰人的 ${rang} 次`,
  ])
  const urgent = urgentKeptBack > 0 ? `急件有 ${urgentKeptBack} 条推到了以后。` : '急件一条没推。'
  draw('day-says', [wanted, fates, urgentKeptBack], () => [
    wanted === 0
      ? '办件有了动静，这里就看得到每一条去了哪里。'
      : `每一条都有去处，“消息”里一条没丢。${urgent}`,
  ])
  draw('legend', 'once', () =>
    Object.entries(MARKS).map(([fate, words]) => element('li', {}, sign(fate), words)),
  )
}

/** From all that was wanted down to what arrived; what was none of takes no place. */
function drawFall({ wanted, fates }) {
  const out = fates.sent + fates.received
  const steps = [
    ['想发', wanted, '', 'all'],
    ['合并', fates.merged, '几条并一条', 'less'],
    ['不用发', fates.dropped, '事情变了', 'less'],
    ['只放消息里', fates.inbox, '不该响，或响不了', 'less'],
    ['推到以后', fates['put-off'], '夜里、休息，或今天够多了', 'less'],
    ['还没到时候', fates.waiting, '今天还会发', 'less'],
    ['没送到', fates.failed, '消息里有', 'less'],
    ['发出', out, '', 'out'],
    ['收到', fates.received, fates.sent > 0 ? `${fates.sent} 条没有回执` : '', 'out'],
  ]
  draw('fall', [wanted, fates], () => {
    let left = wanted
    return steps.map(([title, count, says, tone]) => {
      if (tone === 'less') left -= count
      const bottom = tone === 'less' ? left : 0
      const bar = element('i', { class: `bar bar-${tone}`, 'aria-hidden': 'true' })
      bar.hidden = count === 0
      const share = (value) => `${wanted === 0 ? 0 : ((value / wanted) * 100).toFixed(2)}%`
      bar.style.bottom = share(bottom)
      bar.style.height = share(count)
      return element(
        'li',
        {},
        element('span', { class: 'column', 'aria-hidden': 'true' }, bar),
        element('b', {}, `${title} ${tone === 'less' && count > 0 ? '−' : ''}${count}`),
        element('small', {}, says),
      )
    })
  })
}

const kindWords = { resident: '居民', enterprise: '企业经办' }
const spanOf = (hours) =>
  hours.map(([from, until]) => `${clock(from)}—${clock(until - (until % 10))}`).join('，')

function gauge({ rang, max }) {
  const boxes = Array.from({ length: max }, (_, nth) => element('i', { class: nth < rang ? 'on' : '' }))
  return element(
    'span',
    { class: 'rang' },
    element('span', { class: 'gauge', 'aria-hidden': 'true' }, ...boxes),
    element('span', {}, `${rang} / ${max} 次${rang >= max ? '，满' : ''}`),
  )
}

let chosen
/** So many of one place are told one by one. */
const MOST_TOLD = 8

function choose(lane, marks) {
  chosen = marks[0].id
  drawWhy(lane, marks)
  for (const each of document.querySelectorAll('.mark'))
    each.setAttribute('aria-pressed', String(each.dataset.id === chosen))
}

const whyOf = (lane, { title, urgent, steps }, count) => [
  element(
    'p',
    { class: 'told' },
    `给${lane.name}${urgent ? '，急' : ''}：${title}${count > 1 ? `（${count} 条一样）` : ''}`,
  ),
  element(
    'ol',
    { class: 'chain' },
    ...steps.map(({ title: name, says, tone }) =>
      element('li', { class: tone }, element('b', {}, name), says),
    ),
  ),
]

function drawWhy(lane, marks) {
  const alike = new Map()
  for (const mark of marks) {
    const key = JSON.stringify([mark.title, mark.urgent, mark.steps])
    alike.set(key, [...(alike.get(key) ?? []), mark])
  }
  const told = [...alike.values()]
  const more = told.slice(MOST_TOLD).flat().length
  draw('why', [lane.id, marks], () => [
    ...told.slice(0, MOST_TOLD).flatMap((same) => whyOf(lane, same[0], same.length)),
    ...(more > 0 ? [element('p', { class: 'note' }, `这时候还有 ${more} 条，去处在图上。`)] : []),
    element('a', { class: 'tag', href: `/sandbox#${lane.id}` }, `看${lane.name}的手机`),
  ])
}

/** From where it was written to where it was told, below the line. */
function arc({ from, to, fate }) {
  const [start, end] = [placeOf(from) * 1000, placeOf(to) * 1000]
  const isOpen = fate === 'put-off' || fate === 'waiting'
  return drawn('path', {
    d: `M${start.toFixed(1)} 38C${(start + 10).toFixed(1)} 62 ${(end - 10).toFixed(1)} 62 ${end.toFixed(1)} 38`,
    class: isOpen ? 'arc arc-open' : 'arc',
  })
}

const isPlain = ({ fate, from, to }) => fate === 'inbox' || fate === 'dropped' || to - from < 5

const timeOf = ({ fate, from, to }) => (fate === 'merged' || fate === 'put-off' ? from : to)
/** As wide as a finger's end, of the day that is drawn. */
const APART = 0.03
/** Which sign stands for several. */
const TELLING = ['failed', 'received', 'sent', 'put-off', 'waiting', 'merged', 'inbox', 'dropped']

/** What lies so close that one would hide the other is one mark. */
function groupsOf(marks) {
  const groups = []
  for (const mark of marks.toSorted((one, other) => timeOf(one) - timeOf(other))) {
    const last = groups.at(-1)
    if (last && placeOf(timeOf(mark)) - placeOf(timeOf(last[0])) < APART) last.push(mark)
    else groups.push([mark])
  }
  return groups
}

function markButton(lane, marks) {
  const [first] = marks
  const at = clock(timeOf(first) % MIDNIGHT)
  const fate = TELLING.find((each) => marks.some((mark) => mark.fate === each))
  const words =
    marks.length === 1
      ? `${at} ${first.title}：${MARKS[fate]}`
      : `${at} 起 ${marks.length} 条：${[...new Set(marks.map((mark) => MARKS[mark.fate]))].join('；')}`
  const made = element(
    'button',
    {
      type: 'button',
      class: 'mark',
      'data-id': first.id,
      'aria-pressed': String(marks.some(({ id }) => id === chosen)),
      'aria-label': words,
      title: words,
      onclick: () => choose(lane, marks),
    },
    sign(fate),
    ...(marks.length > 1 ? [element('small', {}, String(marks.length))] : []),
  )
  made.style.left = percent(timeOf(first))
  return made
}

/** Behind a lane: the night, and where the clock stands. */
function backdrop(minute) {
  const [morning, evening] = [element('i', { class: 'night' }), element('i', { class: 'night' })]
  morning.style.width = percent(QUIET[0])
  evening.style.left = percent(QUIET[1])
  evening.style.right = '0'
  const now = element('i', { class: 'now-line' })
  now.style.left = percent(minute)
  return [morning, evening, now]
}

function laneOf(lane, minute) {
  const person = state.people.find(({ id }) => id === lane.id) ?? { ...lane, roles: [], unit: '' }
  const says = lane.kind === 'staff' || lane.kind === 'part-timer' ? subtitleOf(person) : kindWords[lane.kind]
  const hours = lane.hours.map(([from, until]) => {
    const isDuty = lane.kind === 'part-timer'
    const band = element('i', { class: isDuty ? 'band duty' : 'band' }, isDuty ? '值班' : '')
    band.style.left = percent(from)
    band.style.width = `calc(${percent(until)} - ${percent(from)})`
    return band
  })
  const arcs = drawn('svg', {
    viewBox: '0 0 1000 76',
    preserveAspectRatio: 'none',
    class: 'arcs',
    'aria-hidden': 'true',
  })
  arcs.append(...lane.marks.filter((mark) => !isPlain(mark)).map(arc))
  return element(
    'li',
    { class: 'lane' },
    element(
      'div',
      { class: 'lane-who' },
      face(person),
      element('span', { class: 'lane-name' }, element('b', {}, lane.name), element('small', {}, says)),
      gauge(lane),
    ),
    element(
      'div',
      {
        class: 'lane-day',
        role: 'group',
        'aria-label': `${lane.name}今天的提醒，${hours.length > 0 ? `可以打扰：${spanOf(lane.hours)}` : '今天不上班'}`,
      },
      ...backdrop(minute),
      ...hours,
      arcs,
      ...groupsOf(lane.marks).map((marks) => markButton(lane, marks)),
    ),
  )
}

function drawLanes({ lanes, minute }) {
  draw('lanes', [lanes, minute], () => {
    const isClear = (hour) => Math.abs(hour * 60 - minute) > 50
    const hours = [8, 10, 12, 14, 16, 18, 20, 22].filter(isClear).map((hour) => {
      const line = element('span', {}, `${hour}:00`)
      line.style.left = percent(hour * 60)
      return line
    })
    const now = element('span', { class: 'now' }, `现在 ${clock(minute)}`)
    now.style.left = percent(minute)
    return [
      element(
        'div',
        { class: 'scale', 'aria-hidden': 'true' },
        element('span', { class: 'scale-who' }, '谁，今天打扰了几次'),
        element('div', { class: 'scale-day' }, element('em', {}, '安静'), ...hours, now),
      ),
      element(
        'ol',
        { class: 'lane-list', 'aria-label': '每个人的一天' },
        ...lanes.map((lane) => laneOf(lane, minute)),
      ),
    ]
  })
  for (const lane of lanes)
    for (const marks of groupsOf(lane.marks)) if (marks.some(({ id }) => id === chosen)) drawWhy(lane, marks)
}

function bar(title, count, max, says) {
  const filled = element('i', {})
  filled.style.width = `${Math.min(100, (count / max) * 100).toFixed(2)}%`
  return element(
    'div',
    { class: 'limit' },
    element(
      'p',
      {},
      title,
      element('b', {}, String(count), element('small', {}, ` / ${max.toLocaleString('en')}`)),
    ),
    element('span', { class: 'limit-bar', 'aria-hidden': 'true' }, filled),
    element('small', {}, says),
  )
}

function drawLimits({ limits: { people, busiestMinute, account } }) {
  draw('limits', [people, busiestMinute, account], () => [
    ...people
      .filter(({ most, kind }) => most > 0 || kind === 'resident')
      .map(({ kind, max, most, times }) =>
        bar(
          `${KINDS[kind]}，最多的人`,
          most,
          max,
          most === 0
            ? '今天还没打扰谁'
            : `${times.flatMap((count, nth) => (count > 0 ? [`${count} 人 ${nth + 1} 次`] : [])).join('，')}，没有人更多`,
        ),
      ),
    bar(
      '同一模板，最忙一分钟',
      busiestMinute.count,
      busiestMinute.max,
      busiestMinute.at === null
        ? '今天还没发'
        : `${new Date(Date.parse(busiestMinute.at) + 8 * 3_600_000).toISOString().slice(11, 16)} 起的那一分钟`,
    ),
    bar('全县一天', account.count, account.max, '到了这个数，当天都不再响'),
  ])
}

const chosenPerson = () => decodeURIComponent(location.hash.slice(1))

async function refresh() {
  const known = new Set(state.people.map(({ id }) => id))
  const asked = [chosenPerson(), ...CAST.flatMap(([, ids]) => ids)].filter((id) => known.has(id))
  const [now, { reminderDay }] = await Promise.all([
    call('GET', '/clock'),
    call('GET', `/reminder-day?people=${[...new Set(asked)].map(encodeURIComponent).join(',')}`),
  ])
  drawClock(now)
  drawHead(reminderDay)
  drawFall(reminderDay)
  drawLanes(reminderDay)
  drawLimits(reminderDay)
}

async function poll() {
  if (document.visibilityState === 'visible') await attempt(refresh)
  setTimeout(poll, POLL_MILLISECONDS)
}

startClock(refresh)
await attempt(async () => {
  state.people = (await call('GET', '/people')).people
})
await poll()
