// What the console's parts share: who was chosen, which device they hold, and what the product says.

export const state = {
  people: [],
  waiting: {},
  person: undefined,
  device: 'phone',
  opened: 0,
  now: undefined,
  story: undefined,
}

/** Of this browser: what was begun or closed stays so over a reload. */
export const kept = {
  read: (key) => localStorage.getItem(`console:${key}`),
  write: (key, value) => localStorage.setItem(`console:${key}`, value),
  forget: (key) => localStorage.removeItem(`console:${key}`),
}

const DESK_ROLES =
  /^(window|dept-|town-|county-|liaison|chief-|project-|supervisor|hotline|admin|auditor|leader)/

/** Whoever works in an office does so at a desk; a village's agent has a phone, as residents have. */
export const deviceOf = ({ roles }) => (roles.some((role) => DESK_ROLES.test(role)) ? 'desk' : 'phone')
export const isStaff = ({ roles }) => roles.some((role) => role !== 'resident' && role !== 'enterprise-agent')
