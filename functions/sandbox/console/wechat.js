// What WeChat shows of a person: service notifications, the official account, and what just happened.

import { attempt, byId, call, draw, element, moment, showFault } from './page.js'
import { face } from './people.js'
import { openPage } from './phone.js'
import { state } from './state.js'
import { CHANNELS, CONSENTS, STATUSES } from './words.js'

const lineOf = (line) => element('span', {}, line)

function notice(message) {
  const note = `${CHANNELS[message.channel]}，${STATUSES[message.status] ?? message.status}`
  const parts = [element('small', {}, note), element('b', {}, message.title), ...message.lines.map(lineOf)]
  return [
    element('p', { class: 'moment' }, moment(message.pushAt ?? message.at)),
    message.page
      ? element(
          'button',
          { type: 'button', class: 'notice', onclick: () => openPage(message.page) },
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
    ...(messages.length === 0
      ? [element('p', { class: 'hint' }, '还没有通知。办事有了动静，会出现在这里。')]
      : []),
    ...pushed.toReversed().flatMap(notice),
    ...(inbox > 0
      ? [
          element(
            'p',
            { class: 'hint' },
            `${pushed.length > 0 ? '还有 ' : ''}${inbox} 条只放在小程序的“消息”里。`,
          ),
        ]
      : []),
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
    openPage(button.pagepath)
    return attempt(() => tell('view_miniprogram', button.pagepath))
  }
  if (button.type === 'view') {
    window.open(button.url, '_blank', 'noopener')
    return attempt(() => tell('VIEW', button.url))
  }
  return attempt(async () => {
    await tell('CLICK', button.key)
    await refreshPerson()
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

export function drawMenu({ button }) {
  draw('menu', button, () =>
    button.length === 0 ? [element('p', { class: 'hint' }, '这个公众号还没有菜单。')] : button.map(menuEntry),
  )
}

export function drawEvents({ events }) {
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

export async function refreshPerson() {
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

export function startWechat() {
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
}

/** Nothing of the last person stands under the name of the next. */
export function awaitPerson(person) {
  for (const id of ['notices', 'conversation'])
    draw(id, ['waiting', person.id], () => [element('p', { class: 'hint' }, '正在取…')])
  draw('credits', ['waiting', person.id], () => [])
  byId('notices-owner').textContent = `${person.name}的微信`
  for (const control of byId('say').elements) control.disabled = false
}
