// Who one can be, with what waits for each.

import { byId, call, draw, element } from './page.js'
import { state } from './state.js'
import { CAST, ROLES, STORY } from './words.js'

const SEARCH_HITS = 40
const MOST = 99

export function face(person, size = '') {
  const holder = element('span', { class: `face ${size}`, 'aria-hidden': 'true' })
  if (STORY[person.id]) {
    holder.innerHTML = `<svg viewBox="0 0 40 40"><use href="/sandbox/faces.svg#${encodeURIComponent(person.id)}"/></svg>`
  } else {
    holder.textContent = person.name.slice(0, 1)
  }
  return holder
}

export const subtitleOf = (person) =>
  STORY[person.id] ??
  [...new Set([person.unit, ...person.roles.map((role) => ROLES[role]).filter(Boolean)])].join('，')

const waitingOf = ({ id }) => state.waiting[id] ?? 0
const counted = (count) => (count > MOST ? `${MOST}+` : String(count))

const badge = (count) =>
  count > 0
    ? element(
        'em',
        { class: 'badge' },
        element('span', { 'aria-hidden': 'true' }, counted(count)),
        element('span', { class: 'unseen' }, `，${counted(count)} 样等着`),
      )
    : ''

const personButton = (person, onChoose) =>
  element(
    'button',
    {
      type: 'button',
      class: 'person',
      title: `${person.name}，${subtitleOf(person)}`,
      'aria-pressed': String(person.id === state.person?.id),
      onclick: () => onChoose(person),
    },
    face(person),
    element(
      'span',
      { class: 'named' },
      element('b', {}, person.name),
      element('small', {}, subtitleOf(person)),
    ),
    badge(waitingOf(person)),
  )

/** Those whom the list shows, by title; without a query the people of the story and who was just chosen. */
export function groupsOf(query) {
  if (query) {
    const hits = state.people.filter((person) =>
      `${person.name}${subtitleOf(person)}${person.id}`.includes(query),
    )
    return [[hits.length > 0 ? `找到 ${hits.length} 人` : '没找到这个人', hits.slice(0, SEARCH_HITS)]]
  }
  const cast = CAST.map(([title, ids]) => [title, state.people.filter((person) => ids.includes(person.id))])
  const newcomers = state.people.filter((person) => person.id.startsWith('new-'))
  const shown = [...cast, ['新来的人', newcomers]].filter(([, people]) => people.length > 0)
  const others = state.person && !shown.some(([, people]) => people.some(({ id }) => id === state.person.id))
  return others ? [['刚才找的', [state.person]], ...shown] : shown
}

let choose

export function drawPeople() {
  const shown = groupsOf(byId('search').value.trim())
  const badges = shown.flatMap(([, people]) => people.map(waitingOf))
  draw('people', [shown, badges, state.person?.id], () =>
    shown.length === 0
      ? [element('p', { class: 'hint' }, '还没有人。')]
      : shown.flatMap(([title, people]) => [
          element('h3', {}, title),
          ...people.map((person) => personButton(person, choose)),
        ]),
  )
}

/** `onChoose` is asked with whoever is pressed. */
export function startPeople(onChoose) {
  choose = onChoose
  byId('search').addEventListener('input', drawPeople)
}

export async function loadPeople() {
  state.people = (await call('GET', '/people')).people
  drawPeople()
}

export async function loadWaiting() {
  state.waiting = (await call('GET', '/waiting')).waiting
  drawPeople()
}

export const personOf = (id) => state.people.find((person) => person.id === id)
