// What the console draws with: elements, words of days, and the sandbox's doors.

export const byId = (id) => document.getElementById(id)
const drawn = new Map()

/** An element with its attributes and children; texts are never read as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') made.addEventListener('click', value)
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

export async function call(method, path, body) {
  const response = await fetch(`/sandbox/api${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  const answer = text ? JSON.parse(text) : {}
  if (!response.ok) throw new Error(answer.title ?? '这一步没成')
  return answer
}

export function showFault(message) {
  byId('alert').hidden = !message
  byId('alert').textContent = message ?? ''
}

/** Says what went wrong in words; what worked clears the last fault. */
export async function attempt(work) {
  try {
    await work()
    showFault()
  } catch (error) {
    showFault(error instanceof TypeError ? '连不上这台电脑上的服务，正在再试' : error.message)
  }
}

/** Draws only what has changed, so that focus and scroll positions stay while the page polls. */
export function draw(id, data, make) {
  const key = JSON.stringify(data)
  if (drawn.get(id) === key) return
  drawn.set(id, key)
  const target = byId(id)
  target.replaceChildren(...make())
  if (target.classList.contains('window-body')) target.scrollTop = target.scrollHeight
}

export const day = (iso) => {
  const [, month, date] = iso.slice(0, 10).split('-').map(Number)
  return `${month}月${date}日`
}
export const inShanghai = (iso) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString()
export const moment = (iso) => `${day(inShanghai(iso))} ${inShanghai(iso).slice(11, 16)}`
