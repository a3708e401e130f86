import { fork } from 'node:child_process'
import { cpuOfPostgres, cpuOfProcess } from './cpu'
import { type Load, loaded, median, type Shot } from './load'
import { type Runs, runsSince } from './prepared'

export interface Line {
  readonly name: string
  readonly ours: number
  readonly baseline: number
  readonly ratio: number
}

export interface Server {
  readonly port: number
  readonly pid: number
  preparedRuns(): Promise<Runs>
  /** Sends a word and waits for what is answered to it. */
  ask<Answer>(word: string): Promise<Answer>
  stop(): Promise<void>
}

/** A server of this bench in a process of its own; what it logs is written and thrown away. */
export async function start(
  script: string,
  variables: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Promise<Server> {
  const child = fork(`dist/tests/${script}.mjs`, {
    env: { PATH: process.env['PATH'], ...variables },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const answer = <Message>() =>
    new Promise<Message>((resolve, reject) => {
      const gone = () => reject(new Error(`${script} has ended`))
      child.once('exit', gone)
      child.once('message', (message) => {
        child.removeListener('exit', gone)
        resolve(message as Message)
      })
    })
  const ask = <Answer>(word: string) => {
    const answered = answer<Answer>()
    child.send(word)
    return answered
  }
  const { port } = await answer<{ port: number }>()
  return {
    port,
    pid: child.pid ?? 0,
    preparedRuns: () => ask<{ runs: Runs }>('prepared').then(({ runs }) => runs),
    ask,
    stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill()
      return ended
    },
  }
}

export interface Effort {
  readonly rounds: number
  readonly load: Load
  readonly warmUp: Load
}

export interface Side {
  readonly server: Server
  readonly next: () => Shot
  /** Statements of a request, all of them with a name; 0 where it asks nothing of the database. */
  readonly statements: number
}

/** Of one round: requests a second, and microseconds of processor for one. */
export interface Measured {
  readonly perSecond: number
  readonly server: number
  readonly postgres: number
}
export type Measure = keyof Measured

async function measure({ server, next }: Side, load: Load, postmaster: number) {
  const before = { server: cpuOfProcess(server.pid), postgres: cpuOfPostgres(postmaster) }
  const { requests, perSecond } = await loaded(server.port, next, load)
  return {
    requests,
    perSecond,
    server: (cpuOfProcess(server.pid) - before.server) / requests,
    postgres: (cpuOfPostgres(postmaster) - before.postgres) / requests,
  }
}

/** The first two times of a statement in a process have no name yet. */
const UNNAMED_SHARE = 0.1

/** All sides in turns, the one that begins changing from round to round. */
export async function race<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  postmaster: number,
  { rounds, load, warmUp }: Effort,
): Promise<Readonly<Record<Name, readonly Measured[]>>> {
  const names = Object.keys(sides) as Name[]
  const of = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>
  const sent = new Map<Server, number>()
  const before = new Map<Server, Runs>()
  for (const name of names)
    before.set(
      sides[name].server,
      before.get(sides[name].server) ?? (await sides[name].server.preparedRuns()),
    )
  const run = async (name: Name, how: Load) => {
    const side = sides[name]
    const { requests, ...measured } = await measure(side, how, postmaster)
    sent.set(side.server, (sent.get(side.server) ?? 0) + requests * side.statements)
    return measured
  }
  for (const name of names) await run(name, warmUp)
  for (let round = 0; round < rounds; round += 1)
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(round + at) % names.length] as Name
      of[name].push(await run(name, load))
    }
  for (const [server, statements] of sent) {
    const runs = runsSince(before.get(server) ?? [], await server.preparedRuns())
    if (runs !== null && runs < statements * (1 - UNNAMED_SHARE))
      throw new Error(`of ${statements} statements ${runs} were prepared: the two sides do not race alike`)
  }
  return of
}

export const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

/** Medians of the rounds, and the median of the rounds' ratios. */
export function comparison(
  ours: readonly Measured[],
  baseline: readonly Measured[],
  what: Measure,
): Omit<Line, 'name'> {
  const of = (side: readonly Measured[]) => side.map((round) => round[what])
  const others = of(baseline)
  return {
    ours: rounded(median(of(ours)), 0),
    baseline: rounded(median(others), 0),
    ratio: rounded(median(of(ours).map((value, at) => value / (others[at] ?? Number.NaN))), 3),
  }
}
