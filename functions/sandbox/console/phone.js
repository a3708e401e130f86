// The device in the middle: somebody's phone, or the desk that they work at.

import { lendAlbum } from './album.js'
import { byId, element } from './page.js'
import { deviceOf, isStaff, state } from './state.js'

const WORK = 'staff/case/queue'
const HEIGHT = 822
const LARGEST = 0.7795
/** Below it the pages of a desk become those of a phone. */
const DESK_WIDTH = 1280

let frame
/** Whose phones have no signal: a fresh frame of theirs has none either. */
const cutOffIds = new Set()
const isCut = () => cutOffIds.has(state.person?.id)

const nameOf = (device) => (device === 'desk' ? '电脑' : '手机')

function fitRoom() {
  const { clientWidth, clientHeight } = byId('room')
  const style = document.documentElement.style
  if (state.device === 'desk') {
    const scale = Math.min(1, clientWidth / DESK_WIDTH)
    style.setProperty('--desk-scale', String(scale))
    style.setProperty('--desk-width', `${clientWidth / scale}px`)
    style.setProperty('--desk-height', `${clientHeight / scale}px`)
    return
  }
  style.setProperty('--phone-scale', String(Math.min(LARGEST, (clientHeight - 18) / HEIGHT)))
}

const addressOf = (page) => {
  const address = `/?as=${encodeURIComponent(state.person.id)}&opened=${state.opened}`
  return page ? `${address}#/${page}` : address
}

/** What its page asks of the server fails as without a signal: the page is the product's own, and is told as by a phone. */
function cutOff(view) {
  const { fetch, XMLHttpRequest, navigator } = view
  const { send } = XMLHttpRequest.prototype
  view.fetch = (...asked) =>
    isCut() ? Promise.reject(new view.TypeError('Failed to fetch')) : fetch(...asked)
  XMLHttpRequest.prototype.send = function (...sent) {
    if (!isCut()) return send.apply(this, sent)
    view.setTimeout(() => this.dispatchEvent(new view.ProgressEvent('error')))
  }
  Object.defineProperty(navigator, 'onLine', { get: () => !isCut(), configurable: true })
}

export function setCut(isNow) {
  if (isNow) cutOffIds.add(state.person.id)
  else cutOffIds.delete(state.person.id)
  drawSwitches()
  const view = frame?.contentWindow
  if (view) view.dispatchEvent(new view.Event(isNow ? 'offline' : 'online'))
}

const keyOf = (key) => `yinxiang:${state.person.id}:${key}`
/** As the phone keeps it: what was chosen on it, else what its person's account says. */
const isElder = () => {
  const chosen = localStorage.getItem(keyOf('elder')) ?? localStorage.getItem(keyOf('elder-account'))
  return chosen === 'true'
}

function setElder(isNow) {
  localStorage.setItem(keyOf('elder'), String(isNow))
  frame.contentWindow.location.reload()
  drawSwitches()
}

export function drawSwitches() {
  if (!state.person) return
  byId('elder').setAttribute('aria-checked', String(isElder()))
  byId('cut').setAttribute('aria-checked', String(isCut()))
  byId('phone-signal').dataset.cut = String(isCut())
}

/** Until the page of a frame can be reached: its window is another one once it has begun to load. */
function whenBegun(made, then) {
  const look = () => {
    if (frame !== made) return
    if (made.contentWindow?.location.href !== 'about:blank' && made.contentDocument?.documentElement)
      return then(made.contentWindow)
    requestAnimationFrame(look)
  }
  look()
}

/** A fresh frame each time: another person's device keeps nothing of the last. */
export function openPage(page) {
  state.opened += 1
  const work = isStaff(state.person) ? WORK : undefined
  const address = addressOf(page ?? work)
  const title = `${state.person.name}的${nameOf(state.device)}`
  byId('phone-title').textContent = title
  byId('phone-home').disabled = false
  byId('phone-home').textContent = work ? '回工作' : '回首页'
  byId('phone-window').hidden = false
  byId('phone-window').href = address
  const other = byId('phone-other')
  other.hidden = !isStaff(state.person)
  other.textContent = `用${nameOf(state.device === 'desk' ? 'phone' : 'desk')}`
  document.body.dataset.device = state.device
  frame = element('iframe', { src: address, title })
  const made = frame
  let dressed
  const dress = (view) => {
    if (dressed === view.document) return
    dressed = view.document
    cutOff(view)
    lendAlbum(view)
  }
  made.addEventListener('load', () => dress(made.contentWindow))
  byId('frame').replaceChildren(made)
  whenBegun(made, dress)
  fitRoom()
  drawSwitches()
}

/** `device`: where it differs from the one that they work at. */
export function openAs(person, { page, device } = {}) {
  state.person = person
  state.device = device ?? deviceOf(person)
  openPage(page)
}

/** Writes what a form asks for into the fields with these labels that the page shows; answers how many it has found. */
export function writeInto(answers) {
  const view = frame?.contentWindow
  if (!view) return 0
  const { set } = Object.getOwnPropertyDescriptor(view.HTMLInputElement.prototype, 'value')
  let written = 0
  for (const { label, value } of answers) {
    const field = [...view.document.querySelectorAll('input')].find(
      (each) => each.getAttribute('aria-label') === label && each.getClientRects().length > 0,
    )
    if (!field) continue
    field.focus()
    set.call(field, value)
    field.dispatchEvent(new view.Event('input', { bubbles: true }))
    field.blur()
    written += 1
  }
  return written
}

/** Once the page of the frame has drawn itself. */
export function whenDrawn(then) {
  const made = frame
  const look = () => {
    if (frame !== made) return
    if (made.contentDocument?.querySelector('.taro_page')) return then()
    setTimeout(look, 200)
  }
  look()
}

export function startPhone() {
  new ResizeObserver(fitRoom).observe(byId('room'))
  byId('phone-home').addEventListener('click', () => openPage())
  byId('phone-other').addEventListener('click', () => {
    state.device = state.device === 'desk' ? 'phone' : 'desk'
    openPage()
  })
  byId('cut').addEventListener('click', () => frame && setCut(!isCut()))
  byId('elder').addEventListener('click', () => frame && setElder(!isElder()))
}
