import { pino } from 'pino'
import type { Log, LogFields } from '../ports/log'

const SECRETS = ['token', 'openid', 'name', 'idNumber', 'phone', 'authorization', 'secret']

/** One JSON object a line on stdout. */
export function createLog(level: 'info' | 'warn' | 'silent'): Log {
  const logger = pino({ level, base: null, redact: SECRETS, timestamp: pino.stdTimeFunctions.isoTime })
  const write =
    (method: 'info' | 'warn') =>
    (event: string, fields: LogFields = {}) =>
      logger[method]({ event, ...fields })
  return {
    info: write('info'),
    warn: write('warn'),
    error: (event, fields = {}, cause) => logger.error({ event, ...fields, ...causeOf(cause) }),
  }
}

// Messages of drivers carry parameters, hence values of residents: only class, code and stack frames are kept.
function causeOf(cause: unknown) {
  if (!(cause instanceof Error)) return {}
  const inner = cause.cause instanceof Error ? cause.cause : cause
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    errorClass: inner.constructor.name,
    errorCode: 'code' in inner ? String(inner.code) : null,
    at: frames.slice(0, 6).join('|'),
  }
}
