// A link that somebody was sent: it opens a page of the mini program on the phone of whoever was sent it.

import { attempt, byId, call, element } from './page.js'
import { groupsOf, personOf, subtitleOf } from './people.js'
import { state } from './state.js'

const ADDRESS = /\/sandbox\/links\/([\w-]+)/

/** The link by which one has come here; to be asked before the console writes whom it shows into its address. */
export const cameBy = () => {
  const [, id] = /^#link=([\w-]+)$/.exec(location.hash) ?? []
  return id && `${location.origin}/sandbox/links/${id}`
}

const options = (people) =>
  people.map((person) => element('option', { value: person.id }, `${person.name}，${subtitleOf(person)}`))

function peopleToChoose() {
  const near = groupsOf('')
  const named = new Set(near.flatMap(([, people]) => people.map(({ id }) => id)))
  const others = state.people.filter(({ id }) => !named.has(id))
  return [...near, ['其他人', others]].map(([label, people]) =>
    element('optgroup', { label }, ...options(people)),
  )
}

/** Of a link that is known already nobody has said whose phone it came to. */
export function openLink(link = '') {
  const { elements } = byId('link-form')
  const person = elements.namedItem('person')
  elements.namedItem('link').value = link
  person.replaceChildren(element('option', { value: '' }, '选一个人'), ...peopleToChoose())
  person.value = link === '' ? (state.person?.id ?? '') : ''
  byId('link-fault').textContent = ''
  byId('link').showModal()
  if (link !== '') person.focus()
}

async function pageOf(link) {
  const [, id] = ADDRESS.exec(link) ?? []
  if (!id) throw new Error('这个链接在这台电脑上打不开，看看是不是贴全了')
  return (await call('GET', `/links/${id}`)).page
}

/** `become` is asked with whose phone it is and the page. */
export function startLinks(become) {
  byId('open-link').addEventListener('click', () => openLink())
  byId('link')
    .querySelector('[data-close]')
    .addEventListener('click', () => byId('link').close())
  byId('link-form').addEventListener('submit', async (event) => {
    event.preventDefault()
    const { link, person } = Object.fromEntries(new FormData(event.target))
    try {
      const page = await pageOf(link)
      byId('link').close()
      await attempt(() => become(personOf(person), { page, device: 'phone' }))
    } catch (error) {
      byId('link-fault').textContent = error.message
    }
  })
}
