// The console of the local WeChat: no framework, no build step, one page.

import { byId, call, day, draw, element, inShanghai, moment, showFault } from './page.js'
import { CAST, CHANNELS, CONSENTS, ROLES, STATUSES, STORY } from './words.js'

const POLL_MILLISECONDS = 2000
const SEARCH_HITS = 40

const state = { people: [], person: undefined, opened: 0 }

function face(person, size = '') {
  const holder = element('span', { class: `face ${size}`, 'aria-hidden': 'true' })
  if (STORY[person.id]) {
    holder.innerHTML = `<svg viewBox="0 0 40 40"><use href="/sandbox/faces.svg#${encodeURIComponent(person.id)}"/></svg>`
  } else {
    holder.textContent = person.name.slice(0, 1)
  }
  return holder
}

const subtitle = (person) =>
  STORY[person.id] ??
  [...new Set([person.unit, ...person.roles.map((role) => ROLES[role]).filter(Boolean)])].join('，')

const personButton = (person) =>
  element(
    'button',
    {
      type: 'button',
      class: 'person',
      'aria-pressed': String(person.id === state.person?.id),
      onclick: () => become(person),
    },
    face(person),
    element('span', {}, element('b', {}, person.name), element('small', {}, subtitle(person))),
  )

function groups(query) {
  if (query) {
    const hits = state.people.filter((person) =>
      `${person.name}${subtitle(person)}${person.id}`.includes(query),
    )
    return [[hits.length > 0 ? `找到 ${hits.length} 人` : '没找到这个人', hits.slice(0, SEARCH_HITS)]]
  }
  const cast = CAST.map(([title, ids]) => [title, state.people.filter((person) => ids.includes(person.id))])
  const newcomers = state.people.filter((person) => person.id.startsWith('new-'))
  const shown = [...cast, ['新来的人', newcomers]].filter(([, people]) => people.length > 0)
  const others = state.person && !shown.some(([, people]) => people.some(({ id }) => id === state.person.id))
  return others ? [['刚才找的', [state.person]], ...shown] : shown
}

function drawPeople() {
  const shown = groups(byId('search').value.trim())
  draw('people', [shown, state.person?.id], () =>
    shown.length === 0
      ? [element('p', { class: 'hint' }, '还没有人。')]
      : shown.flatMap(([title, people]) => [element('h3', {}, title), ...people.map(personButton)]),
  )
}

async function loadPeople() {
  state.people = (await call('GET', '/people')).people
  drawPeople()
}

const phoneAddress = (page) => {
  const address = `/?as=${encodeURIComponent(state.person.id)}&opened=${state.opened}`
  return page ? `${address}#/${page}` : address
}

/** A fresh frame each time: another person's phone keeps nothing of the last. */
function openPhone(page) {
  state.opened += 1
  const address = phoneAddress(page)
  const title = `${state.person.name}的手机`
  byId('phone-title').textContent = title
  byId('phone-home').disabled = false
  byId('phone-window').hidden = false
  byId('phone-window').href = address
  byId('screen').replaceChildren(element('iframe', { src: address, title }))
}

async function become(person) {
  state.person = person
  // Nothing of the last person stands under the name of the next.
  for (const id of ['notices', 'conversation'])
    draw(id, ['waiting', person.id], () => [element('p', { class: 'hint' }, '正在取…')])
  draw('credits', ['waiting', person.id], () => [])
  drawPeople()
  byId('notices-owner').textContent = `${person.name}的微信`
  for (const control of byId('say').elements) control.disabled = false
  openPhone()
  history.replaceState(null, '', `#${person.id}`)
  await refresh()
}

const lineOf = (line) => element('span', {}, line)

function notice(message) {
  const note = `${CHANNELS[message.channel]}，${STATUSES[message.status] ?? message.status}`
  const parts = [element('small', {}, note), element('b', {}, message.title), ...message.lines.map(lineOf)]
  return [
    element('p', { class: 'moment' }, moment(message.at)),
    message.page
      ? element(
          'button',
          { type: 'button', class: 'notice', onclick: () => openPhone(message.page) },
          ...parts,
          element('i', {}, '进入小程序查看'),
        )
      : element('div', { class: 'notice' }, ...parts),
  ]
}

function drawNotices(messages) {
  const pushed = messages.filter((message) => message.channel in CHANNELS)
  const inbox = messages.length - pushed.length
  draw('notices', [pushed, inbox], () => [
    ...(pushed.length === 0
      ? [element('p', { class: 'hint' }, '还没有通知。办事有了动静，会出现在这里。')]
      : []),
    ...pushed.toReversed().flatMap(notice),
    ...(inbox > 0 ? [element('p', { class: 'hint' }, `还有 ${inbox} 条只放在小程序的“消息”里。`)] : []),
  ])
}

function drawCredits({ credits }) {
  const left = Object.entries(CONSENTS).map(([id, title]) => `${title} ${credits[id]} 次`)
  draw('credits', left, () => [`订阅还剩：${left.join('，')}`])
}

function bubble(message) {
  const mine = message.speaker === 'person'
  const who = mine ? face(state.person, 'small') : element('span', { class: 'face small account' }, '印')
  return element('div', { class: mine ? 'bubble mine' : 'bubble' }, who, element('p', {}, message.content))
}

function drawConversation({ follows, messages }) {
  byId('follow').hidden = false
  byId('follow').textContent = follows ? '取消关注' : '关注'
  byId('follow').dataset.event = follows ? 'unsubscribe' : 'subscribe'
  draw('conversation', [messages, follows], () =>
    messages.length === 0
      ? [element('p', { class: 'hint' }, follows ? '已关注。点下面的菜单，或者说一句。' : '还没关注。')]
      : messages
          .toReversed()
          .flatMap((message) => [element('p', { class: 'moment' }, moment(message.at)), bubble(message)]),
  )
}

const tell = (event, eventKey) =>
  call('POST', '/official-account/events', { person: state.person.id, event, ...(eventKey && { eventKey }) })

function press(button) {
  if (!state.person) return showFault('先在左边点一个人')
  if (button.type === 'miniprogram') {
    openPhone(button.pagepath)
    return attempt(() => tell('view_miniprogram', button.pagepath))
  }
  if (button.type === 'view') {
    window.open(button.url, '_blank', 'noopener')
    return attempt(() => tell('VIEW', button.url))
  }
  return attempt(async () => {
    await tell('CLICK', button.key)
    await refresh()
  })
}

function menuEntry(button) {
  const children = button.sub_button ?? []
  if (children.length === 0) {
    return element(
      'div',
      {},
      element('button', { type: 'button', onclick: () => press(button) }, button.name),
    )
  }
  const list = element('ul', { hidden: true })
  const opener = element('button', { type: 'button', 'aria-expanded': 'false' }, `≡ ${button.name}`)
  const show = (visible) => {
    list.hidden = !visible
    opener.setAttribute('aria-expanded', String(visible))
  }
  opener.addEventListener('click', () => show(list.hidden))
  for (const child of children) {
    const choose = () => {
      show(false)
      void press(child)
    }
    list.append(element('li', {}, element('button', { type: 'button', onclick: choose }, child.name)))
  }
  const holder = element('div', {}, opener, list)
  holder.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(false)
  })
  return holder
}

function drawMenu({ button }) {
  draw('menu', button, () =>
    button.length === 0 ? [element('p', { class: 'hint' }, '这个公众号还没有菜单。')] : button.map(menuEntry),
  )
}

function drawEvents({ events }) {
  draw('events', events, () =>
    events.length === 0
      ? [element('li', {}, '还没发生什么。点一个人，替他办件事。')]
      : events.map((event) =>
          element(
            'li',
            {},
            element('time', { datetime: event.at }, moment(event.at)),
            element('span', { class: 'what' }, event.what),
            element('span', { class: 'by' }, event.who),
            element('span', { class: `outcome ${event.tone}` }, event.outcome),
          ),
        ),
  )
}

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
function drawClock({ now }) {
  state.now = now
  byId('clock-time').textContent = now.slice(11, 16)
  byId('clock-day').textContent = `${day(now)} ${WEEKDAYS[new Date(inShanghai(now)).getUTCDay()]}`
}

async function refreshPerson() {
  const person = state.person
  if (!person) return
  const query = `person=${encodeURIComponent(person.id)}`
  const [{ messages }, credits, conversation] = await Promise.all([
    call('GET', `/messages?${query}`),
    call('GET', `/consents?${query}`),
    call('GET', `/official-account/messages?${query}`),
  ])
  if (person !== state.person) return
  drawNotices(messages)
  drawCredits(credits)
  drawConversation(conversation)
}

async function refresh() {
  const [clock, events, menu] = await Promise.all([
    call('GET', '/clock'),
    call('GET', '/events'),
    call('GET', '/official-account/menu'),
    refreshPerson(),
  ])
  drawClock(clock)
  drawEvents(events)
  drawMenu(menu)
}

/** Says what went wrong in words; what worked clears the last fault. */
async function attempt(work) {
  try {
    await work()
    showFault()
  } catch (error) {
    showFault(error instanceof TypeError ? '连不上这台电脑上的服务，正在再试' : error.message)
  }
}

const tomorrowMorning = () => {
  const tomorrow = new Date(Date.parse(`${state.now.slice(0, 10)}T00:00:00Z`) + 86_400_000)
  return `${tomorrow.toISOString().slice(0, 10)}T08:00:00+08:00`
}
const moves = {
  hour: () => ({ advanceHours: 1 }),
  morning: () => ({ set: tomorrowMorning() }),
  day: () => ({ advanceWorkingDays: 1 }),
  week: () => ({ advanceWorkingDays: 5 }),
}
async function moveClock(button) {
  const buttons = document.querySelectorAll('[data-move]')
  const words = button.textContent
  for (const each of buttons) each.disabled = true
  button.textContent = '正在拨…'
  await attempt(async () => {
    await call('POST', '/clock', moves[button.dataset.move]())
    await refresh()
  })
  button.textContent = words
  for (const each of buttons) each.disabled = false
}

async function openNewcomer() {
  const select = byId('newcomer-form').elements.namedItem('villageCode')
  if (select.options.length === 0) {
    const { villages } = await call('GET', '/villages')
    select.append(...villages.map(({ code, name }) => element('option', { value: code }, name)))
    const first = villages.find(({ name }) => name.includes('大梁村'))
    if (first) select.value = first.code
  }
  byId('newcomer-fault').textContent = ''
  byId('newcomer').showModal()
}

async function addNewcomer(event) {
  event.preventDefault()
  const values = Object.fromEntries(new FormData(event.target))
  try {
    const { id, idNumber } = await call('POST', '/people', values)
    byId('newcomer').close()
    await loadPeople()
    await become(state.people.find((person) => person.id === id))
    byId('arrived-facts').textContent = `${values.name}，身份证号 ${idNumber}`
    byId('arrived').showModal()
  } catch (error) {
    byId('newcomer-fault').textContent = error.message
  }
}

async function openAccounts() {
  const { accounts } = await call('GET', '/accounts')
  byId('wechat-base').textContent = `${location.origin}/sandbox/wechat`
  const titles = { 'mini-program': '小程序', 'official-account': '公众号（服务号）' }
  byId('accounts-list').replaceChildren(
    ...accounts.map(({ kind, ...facts }) =>
      element(
        'section',
        {},
        element('h3', {}, titles[kind]),
        element(
          'dl',
          {},
          ...Object.entries(facts).flatMap(([name, value]) => [
            element('dt', {}, name),
            element('dd', {}, String(value)),
          ]),
        ),
      ),
    ),
  )
  byId('accounts').showModal()
}

function listen() {
  // What scrolls must be reachable by keyboard.
  for (const scrolling of [...document.querySelectorAll('.window-body'), byId('events')])
    scrolling.tabIndex = 0
  byId('search').addEventListener('input', drawPeople)
  byId('phone-home').addEventListener('click', () => openPhone())
  byId('open-newcomer').addEventListener('click', () => attempt(openNewcomer))
  byId('newcomer-form').addEventListener('submit', addNewcomer)
  byId('newcomer')
    .querySelector('[data-close]')
    .addEventListener('click', () => byId('newcomer').close())
  byId('open-accounts').addEventListener('click', () => attempt(openAccounts))
  byId('follow').addEventListener('click', (event) =>
    attempt(async () => {
      await tell(event.target.dataset.event)
      await refreshPerson()
    }),
  )
  byId('say').addEventListener('submit', (event) => {
    event.preventDefault()
    const text = byId('words').value.trim()
    if (!text) return
    void attempt(async () => {
      await call('POST', '/official-account/messages', { person: state.person.id, text })
      byId('words').value = ''
      await refreshPerson()
    })
  })
  for (const button of document.querySelectorAll('[data-move]')) {
    button.addEventListener('click', () => moveClock(button))
  }
}

async function poll() {
  if (document.visibilityState === 'visible') await attempt(refresh)
  setTimeout(poll, POLL_MILLISECONDS)
}

listen()
await attempt(loadPeople)
const remembered = state.people.find((person) => `#${person.id}` === location.hash)
if (remembered) await attempt(() => become(remembered))
await poll()
