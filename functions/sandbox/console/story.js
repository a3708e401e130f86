// Three minutes: one case from its first word to its last, each next act one press.

import { momentFromNow, moveClock } from './clock.js'
import { attempt, byId, draw, element, moment } from './page.js'
import { face, personOf } from './people.js'
import { setCut, whenDrawn, writeInto } from './phone.js'
import { kept, state } from './state.js'
import { OTHERS } from './words.js'

const CLOSED = 'story-closed'
const BEGUN = 'story-begun'

let goTo
let note = ''

const given = ({ name }) => (name.length > 2 ? name.slice(1) : name)
const isClosed = () => kept.read(CLOSED) !== null

/** Whole beside a phone, a bar above a desk, which needs the width; away once it is closed. */
function shapeOf(story) {
  if (!story || isClosed()) return 'none'
  return state.device === 'desk' ? 'bar' : 'list'
}

function say(words) {
  note = words
  drawStory()
}

/** Becomes the person whose act it is, on the page where it is done; `waits`: the clock goes there before. */
const act = ({ person, page, device, waitsUntil }, { waits = false } = {}) =>
  attempt(async () => {
    note = ''
    kept.write(BEGUN, 'yes')
    if (waits && waitsUntil) await moveClock({ set: waitsUntil })
    await goTo(personOf(person.id), { page, device })
  })

function nextButtons({ next, phase }) {
  if (!next) return []
  const isThere =
    kept.read(BEGUN) !== null && state.person?.id === next.person.id && state.device === next.device
  if (isThere && !next.waitsUntil)
    return [element('button', { type: 'button', class: 'tag', onclick: () => act(next) }, '回到这一步')]
  const become = phase === 'first' ? `变成${given(next.person)}，${next.deed}` : `变成${given(next.person)}`
  if (!next.waitsUntil)
    return [element('button', { type: 'button', class: 'go', onclick: () => act(next) }, become)]
  const wait = `拨到${momentFromNow(next.waitsUntil)}，${become}`
  return [
    element('button', { type: 'button', class: 'go', onclick: () => act(next, { waits: true }) }, wait),
    element('button', { type: 'button', class: 'tag', onclick: () => act(next) }, '不等，现在就去'),
  ]
}

function fillButton({ steps, answers }) {
  const [filing] = steps
  if (filing.state === 'done' || state.person?.id !== filing.person.id || answers.length === 0) return ''
  const write = () => {
    const written = writeInto(answers)
    say(written > 0 ? '' : '这一页没有要写的号码。手机上翻到写姓名或卡号的那一页，再点。')
  }
  return element('button', { type: 'button', class: 'tag', onclick: write }, '替他写上')
}

const closeButton = () =>
  element(
    'button',
    {
      type: 'button',
      class: 'close',
      'aria-label': '收起这个故事',
      onclick: () => {
        kept.write(CLOSED, 'yes')
        drawStory()
        byId('story-open').focus()
      },
    },
    '×',
  )

const timeOf = ({ at }) => (at ? moment(at) : '')

function stepFace(step, place) {
  const person = personOf(step.person.id) ?? { id: step.person.id, name: step.person.name }
  return element('span', { class: 'step-face' }, face(person), element('i', {}, String(place + 1)))
}

const STATES = { done: '做完了', now: '轮到这一步', coming: '还没到', passed: '没有走这一步' }
const stateWords = ({ state: how }) => element('span', { class: 'unseen' }, `，${STATES[how]}`)

/** Whoever begins it has the phone from the start. */
export const firstPerson = () =>
  state.story?.phase === 'first' && !isClosed() ? personOf(state.story.steps[0].person.id) : undefined

/** The first share in the order of the steps that is open. */
const currentOf = ({ steps }) => steps.find(({ state: how }) => how === 'now')

function nowWords({ phase, says, steps }, current) {
  if (phase === 'done') return '这一件走完了。'
  if (says) return says
  const [filing] = steps
  const isJustFiled =
    current === steps[1] && state.device === 'phone' && state.person?.id === filing.person.id
  return isJustFiled ? '手机上先点“好，到时提醒我”，办到哪了才告诉他。再往下走。' : (current?.how ?? '')
}

function howWords(story, step) {
  if (step.state === 'passed') return '没有走这一步，事情照样往下走。'
  // What is done or comes later is told by its title: the list stands whole beside the phone.
  return step === currentOf(story) ? nowWords(story, step) : story.phase === 'first' ? step.how : ''
}

/** Of several shares that are open one is next. */
const asTold = (story, open) =>
  open.state === 'now' && open !== currentOf(story) ? { ...open, state: 'coming' } : open

function listStep(story, open, place) {
  const step = asTold(story, open)
  const isNext = open === currentOf(story)
  const look =
    story.phase === 'done' && step.page
      ? [element('button', { type: 'button', class: 'tag', onclick: () => act(step) }, '看这一步')]
      : []
  return element(
    'li',
    { class: step.state },
    stepFace(step, place),
    element(
      'div',
      { class: 'grow' },
      element('b', {}, step.title, stateWords(step)),
      element('small', {}, howWords(story, open)),
      ...(isNext ? [element('div', { class: 'acts' }, ...nextButtons(story), fillButton(story))] : []),
    ),
    ...look,
    element('time', {}, timeOf(step)),
  )
}

const toldWords = ({ told }) =>
  told
    .map(({ name, pushed, kept: inbox }) => {
      const parts = [
        ...(pushed > 0 ? [`微信提醒 ${pushed} 条`] : []),
        ...(inbox > 0 ? [`消息里 ${inbox} 条`] : []),
      ]
      return `${name} ${parts.join('、')}`
    })
    .join('；')

function introOf({ phase, item, caseNumber, steps, ...story }) {
  if (phase === 'done') return `${item.name}，办件编号 ${caseNumber}。谁收到了什么：${toldWords(story)}。`
  const people = new Set(steps.map(({ person }) => person.id)).size
  return `妈妈满 80 了，领${item.name}。${people} 个人，${steps.length} 步，每步先点绿的。`
}

const listHead = (story) => [
  element(
    'h2',
    { id: 'story-title' },
    story.phase === 'done' ? '这一件，从头走到了尾' : '三分钟，看一件事走完',
    closeButton(),
  ),
  element('p', {}, note || introOf(story)),
]

function otherChips() {
  const offered = OTHERS.filter(({ needs }) => !needs || (state.waiting[needs] ?? 0) > 0)
  const open = ({ person, page, says, isCut }) =>
    attempt(async () => {
      await goTo(personOf(person), { page })
      say(says)
      if (isCut) whenDrawn(() => setTimeout(() => setCut(true), 1500))
    })
  return element(
    'div',
    { class: 'others' },
    element('span', {}, '想看别的'),
    ...offered.map((other) =>
      element('button', { type: 'button', class: 'tag', onclick: () => open(other) }, other.title),
    ),
  )
}

const openButton = ({ steps }) =>
  element('button', { type: 'button', class: 'go', onclick: () => act(steps[0]) }, '看这一件')

function drawList(story) {
  return [
    ...listHead(story),
    element('ol', {}, ...story.steps.map((step, place) => listStep(story, step, place))),
    element(
      'div',
      { class: 'story-foot' },
      ...(story.phase === 'done' ? [openButton(story)] : []),
      otherChips(),
    ),
  ]
}

function barStep(story, open, place) {
  const step = asTold(story, open)
  return element(
    'li',
    { class: step.state, title: step.title },
    stepFace(step, place),
    element(
      'span',
      { class: 'told' },
      element('b', {}, step.title, stateWords(step)),
      element('time', {}, timeOf(step)),
    ),
  )
}

function drawBar(story) {
  const current = currentOf(story)
  return [
    element(
      'div',
      { class: 'bar-now' },
      element('h2', { id: 'story-title' }, current && !story.says ? current.title : '跟一件事走'),
      element('small', {}, note || nowWords(story, current)),
    ),
    element('ol', {}, ...story.steps.map((step, place) => barStep(story, step, place))),
    element(
      'div',
      { class: 'acts' },
      fillButton(story),
      ...(story.phase === 'done' ? [openButton(story)] : nextButtons(story)),
      closeButton(),
    ),
  ]
}

export function drawStory() {
  const { story } = state
  const shape = shapeOf(story)
  document.body.dataset.story = shape
  byId('story').hidden = shape === 'none'
  byId('story-open').hidden = !story || shape !== 'none'
  const others = OTHERS.map(({ needs }) => (needs ? (state.waiting[needs] ?? 0) > 0 : true))
  draw(
    'story',
    [
      story,
      shape,
      note,
      state.person?.id,
      state.device,
      state.now?.slice(0, 10),
      others,
      state.people.length,
    ],
    () => (shape === 'none' ? [] : shape === 'list' ? drawList(story) : drawBar(story)),
  )
  const current = story && currentOf(story)
  const told =
    story?.phase === 'done' ? '这一件走完了' : (story?.says ?? (current ? `轮到：${current.title}` : ''))
  if (shape !== 'none' && byId('story-told').textContent !== told) byId('story-told').textContent = told
}

/** `onGo` becomes a person on a page. */
export function startStory(onGo) {
  goTo = onGo
  byId('story-open').addEventListener('click', () => {
    kept.forget(CLOSED)
    drawStory()
    byId('story').querySelector('button')?.focus()
  })
}
