import { pino } from 'pino'
import type { Log, LogFields } from '../ports/log'

const SECRETS = ['token', 'openid', 'name', 'idNumber', 'phone', 'authorization', 'secret']

/** A write of each line by itself takes a fifth of the time of a small request. In bytes and milliseconds. */
const GATHERED = { minLength: 4096, periodicFlush: 200, sync: false }

interface Output {
  /** Lines are written together, an error and the end of the process write at once; not in a function, which is frozen between requests. */
  readonly gathers?: boolean
  /** A descriptor or a file. */
  readonly to?: number | string
}

/** One JSON object a line, on stdout. */
export function createLog(
  level: 'info' | 'warn' | 'silent',
  { gathers = false, to = process.stdout.fd }: Output = {},
): Log {
  const destination = pino.destination({ dest: to, ...(gathers ? GATHERED : { sync: true }) })
  const logger = pino(
    { level, base: null, redact: SECRETS, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  )
  const write =
    (method: 'info' | 'warn') =>
    (event: string, fields: LogFields = {}) =>
      logger[method]({ event, ...fields })
  return {
    info: write('info'),
    warn: write('warn'),
    error: (event, fields = {}, cause) => {
      logger.error({ event, ...fields, ...causeOf(cause) })
      destination.flush()
    },
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
