import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { codeOf } from './data-folder'

export interface ProcessLife {
  readonly running: boolean
  /** When it began, in words that no other process with the same number has; null where the system does not tell. */
  readonly since: string | null
}

const ENDED: ProcessLife = { running: false, since: null }

/** What the system knows of the process that has this number now. A zombie has ended: it holds nothing any more. */
export async function lifeOf(pid: number): Promise<ProcessLife> {
  if (!Number.isInteger(pid) || pid <= 0) return ENDED
  return (await lifeInProc(pid)) ?? (isThere(pid) ? await lifeByPs(pid) : ENDED)
}

async function lifeInProc(pid: number): Promise<ProcessLife | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // Fields are counted from behind the name, which may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = ''] = fields
  const ticks = fields[19]
  if (ticks === undefined) return undefined
  // Ticks since the machine came up, which come again after it went down.
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return lifeFrom(state, `${boot.trim()}/${ticks}`)
}

async function lifeByPs(pid: number): Promise<ProcessLife> {
  const answer = await promisify(execFile)('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  }).catch(() => undefined)
  const [, state = '', since] = /^(\S+)\s+(\S.*)$/.exec(answer?.stdout.trim() ?? '') ?? []
  return since === undefined ? { running: true, since: null } : lifeFrom(state, since)
}

const lifeFrom = (state: string, since: string): ProcessLife =>
  /^[ZX]/.test(state) ? ENDED : { running: true, since }

function isThere(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) === 'EPERM'
  }
}
