// What opens over the console: somebody new, the interfaces for other tools, and faults to order.

import { attempt, byId, call, element } from './page.js'
import { loadPeople, personOf } from './people.js'
import { FAULTS, PUSH_CHOICES } from './words.js'

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

async function addNewcomer(event, become) {
  event.preventDefault()
  const values = Object.fromEntries(new FormData(event.target))
  try {
    const { id, idNumber } = await call('POST', '/people', values)
    byId('newcomer').close()
    await loadPeople()
    await become(personOf(id))
    byId('arrived-facts').textContent = `${values.name}，身份证号 ${idNumber}`
    byId('arrived').showModal()
  } catch (error) {
    byId('newcomer-fault').textContent = error.message
  }
}

/** How the account's pushes go, from the next one on. */
function pushChoice(kind, facts, [name, title, options]) {
  const id = `${kind}-${name}`
  const select = element(
    'select',
    { id },
    ...Object.entries(options).map(([value, words]) =>
      element('option', { value, selected: value === facts[name] }, words),
    ),
  )
  select.addEventListener('change', () =>
    attempt(() => call('POST', `/accounts/${kind}`, { [name]: select.value })),
  )
  return [element('dt', {}, element('label', { for: id }, title)), element('dd', {}, select)]
}

function accountPart({ kind, mode, format, ...facts }) {
  const titles = { 'mini-program': '小程序', 'official-account': '公众号（服务号）' }
  const choices = PUSH_CHOICES.flatMap((choice) => pushChoice(kind, { mode, format }, choice))
  const fixed = Object.entries(facts).flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', {}, String(value)),
  ])
  return element('section', {}, element('h3', {}, titles[kind]), element('dl', {}, ...choices, ...fixed))
}

async function openAccounts() {
  const { accounts } = await call('GET', '/accounts')
  byId('wechat-base').textContent = `${location.origin}/sandbox/wechat`
  byId('accounts-list').replaceChildren(...accounts.map(accountPart))
  byId('accounts').showModal()
}

async function drawFaults() {
  const { faults } = await call('GET', '/faults')
  const titleOf = ({ path, kind }) =>
    FAULTS.find(({ fault }) => fault.path === path && fault.kind === kind)?.title ?? `${path} ${kind}`
  byId('faults-list').replaceChildren(
    ...(faults.length === 0
      ? [element('li', {}, '现在没有故障，微信都好。')]
      : faults.map((fault) => element('li', {}, `${titleOf(fault)}，还有 ${fault.remaining} 次`))),
  )
  byId('faults-clear').disabled = faults.length === 0
}

function drawFaultChoices() {
  const order = ({ fault }) =>
    attempt(async () => {
      await call('POST', '/faults', { ...fault, times: 1 })
      await drawFaults()
    })
  byId('faults-choices').replaceChildren(
    ...FAULTS.map((choice) =>
      element('button', { type: 'button', class: 'pill', onclick: () => order(choice) }, choice.title),
    ),
  )
}

async function openFaults() {
  await drawFaults()
  byId('faults').showModal()
}

/** `become` is asked with whoever has just come. */
export function startDialogs(become) {
  drawFaultChoices()
  byId('open-newcomer').addEventListener('click', () => attempt(openNewcomer))
  byId('newcomer-form').addEventListener('submit', (event) => addNewcomer(event, become))
  byId('newcomer')
    .querySelector('[data-close]')
    .addEventListener('click', () => byId('newcomer').close())
  byId('open-accounts').addEventListener('click', () => attempt(openAccounts))
  byId('open-faults').addEventListener('click', () => attempt(openFaults))
  byId('faults-clear').addEventListener('click', () =>
    attempt(async () => {
      await call('DELETE', '/faults')
      await drawFaults()
    }),
  )
}
