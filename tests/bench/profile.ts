import { getting, posting, prepare } from './compare'
import { loaded, type Shot } from './load'
import { start } from './race'

const LOAD = { connections: 16, milliseconds: 8_000 }
const WARM_UP = { connections: 16, milliseconds: 4_000 }

interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}
/** As the inspector writes one. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: CallFrame
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

export interface Share {
  readonly of: string
  /** Of the time in which the process was not idle. */
  readonly percent: number
}

const nameOf = ({ functionName, url, lineNumber }: CallFrame) =>
  `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`

/** What each function took by itself, and with all that it called. */
export function sharesOf({ nodes, samples, timeDeltas }: Profile) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])))
  const [own, whole] = [new Map<string, number>(), new Map<string, number>()]
  const add = (sums: Map<string, number>, name: string, time: number) =>
    sums.set(name, (sums.get(name) ?? 0) + time)
  let busy = 0
  samples.forEach((sample, at) => {
    const [node, time] = [byId.get(sample), timeDeltas[at] ?? 0]
    if (!node || ['(idle)', '(program)'].includes(node.callFrame.functionName)) return
    busy += time
    add(own, nameOf(node.callFrame), time)
    const names = new Set<string>()
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const frame = byId.get(id)?.callFrame
      if (frame) names.add(nameOf(frame))
    }
    for (const name of names) add(whole, name, time)
  })
  const shares = (sums: Map<string, number>): readonly Share[] =>
    [...sums]
      .map(([of, time]) => ({ of, percent: Number(((100 * time) / busy).toFixed(1)) }))
      .sort((one, other) => other.percent - one.percent)
  return { own: shares(own), whole: shares(whole) }
}

export type Profiled = 'read' | 'list' | 'home' | 'queue' | 'submit' | 'health'

/** Where the product's server spends its time while it answers one kind of request. */
export async function profile(name: Profiled) {
  const { measured, walked, token, clerk } = await prepare(() => undefined)
  const shots: Readonly<Record<Profiled, () => Shot>> = {
    read: () => getting(`/api/cases/${walked.caseId}`, token),
    list: () => getting('/api/cases', token),
    home: () => getting('/api/home', token),
    queue: () => getting('/api/work/cases', clerk),
    submit: () => posting('/api/cases', token, measured.newApplication(), 201),
    health: () => getting('/api/health', token),
  }
  const server = await start('product-server', {
    ...measured.variables,
    LOG_LEVEL: 'info',
    DATABASE_CONNECTIONS: '10',
  })
  try {
    await loaded(server.port, shots[name], WARM_UP)
    await server.ask('profile')
    const { requests } = await loaded(server.port, shots[name], LOAD)
    const { profile: found } = await server.ask<{ profile: Profile }>('profiled')
    return { requests, ...sharesOf(found) }
  } finally {
    await server.stop()
  }
}
