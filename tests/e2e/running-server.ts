import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll } from 'vitest'
import { type County, openCounty } from '../product/county'

const READY = /已经就绪 (\S+)/
const LONGEST_START = 240_000

export interface StartedServer {
  readonly url: string
  readonly milliseconds: number
  /** As Ctrl-C does, or a terminal that closes; answers the exit code. */
  interrupt(signal?: 'SIGINT' | 'SIGHUP'): Promise<number | null>
  /** As a power cut does. */
  kill(): Promise<unknown>
}

/** `npm start` itself: builds what is stale, then listens. Rejects with what it printed when it ends before. */
export function startServer(environment: Readonly<Record<string, string>>): Promise<StartedServer> {
  const started = performance.now()
  const child: ChildProcess = spawn(process.execPath, ['functions/start.mjs'], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  let printed = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${printed}`)), LONGEST_START)
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const url = READY.exec(printed)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve({
        url,
        milliseconds: performance.now() - started,
        interrupt: (signal = 'SIGINT') => {
          child.kill(signal)
          return ended
        },
        kill: () => {
          child.kill('SIGKILL')
          return ended
        },
      })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then((code) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code}: ${printed}`))
    })
  })
}

/**
 * A product for the tests of one file: what they do to clock, queues and daily limits no other file sees. To be awaited at
 * the top of the file; ends after its last test.
 */
export async function openCountyOfFile(environment: Readonly<Record<string, string>> = {}): Promise<County> {
  const county = await openCounty(environment)
  afterAll(() => county.close())
  return county
}

/** Its address, for tests that reach it as anybody does. */
export const openServerOfFile = async (): Promise<string> => (await openCountyOfFile()).url
