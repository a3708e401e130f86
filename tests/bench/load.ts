import { Agent, request } from 'node:http'

export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly status: number
}

/** One request over a kept connection; throws when it is answered otherwise than wanted. */
function fire(agent: Agent, port: number, { method, path, headers, body, status }: Shot): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === status
          ? resolve()
          : reject(new Error(`${method} ${path} was answered ${response.statusCode}`)),
      )
    })
    sent.once('error', reject)
    sent.end(body ?? undefined)
  })
}

export interface Load {
  readonly connections: number
  readonly milliseconds: number
}

export interface Loaded {
  readonly requests: number
  readonly perSecond: number
}

/** What `connections` clients get answered, each sending as soon as it may. */
export async function loaded(
  port: number,
  next: () => Shot,
  { connections, milliseconds }: Load,
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const startedAt = performance.now()
  let requests = 0
  const client = async () => {
    while (performance.now() - startedAt < milliseconds) {
      await fire(agent, port, next())
      requests += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  const seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  return { requests, perSecond: requests / seconds }
}

/** Milliseconds of `count` requests, one after the other. */
export async function latencies(port: number, next: () => Shot, count: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const took: number[] = []
  for (let at = 0; at < count; at += 1) {
    const startedAt = performance.now()
    await fire(agent, port, next())
    took.push(performance.now() - startedAt)
  }
  agent.destroy()
  return took
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
