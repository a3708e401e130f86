import { platform } from '.'
import { now } from './clock'

const BOUND = 'work-reminders'

/** Since when this phone takes WeChat’s 用工关系消息, which tells nobody; empty where that was not noted yet. */
const boundSince = () => {
  const kept = platform.read(BOUND)
  if (kept === true) return ''
  return typeof kept === 'string' ? kept : undefined
}

export const isBound = () => boundSince() !== undefined

export const noteBound = () => platform.write(BOUND, now())

/** WeChat has said of a message of that moment that its reader takes none: the queue asks again. */
export function noteUnbound(at: string) {
  const since = boundSince()
  if (since !== undefined && since < at) platform.write(BOUND, false)
}
