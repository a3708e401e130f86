import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

interface Sent {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly key: string | undefined
  /** Undefined when nothing came back. */
  readonly status: number | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
}

/** What befalls a request on its way: it never arrives, its answer is lost, or something else answers. */
type Fate = 'no-request' | 'no-answer' | { readonly status: number; readonly body: unknown }

interface Ordered {
  readonly method: string
  readonly path: RegExp
  readonly fate: Fate
  left: number
}

/** The way to the product, which may be broken on purpose. */
export interface Network {
  readonly sent: readonly Sent[]
  online: boolean
  /** The next `times` requests of this kind meet this fate. */
  befall(method: string, path: RegExp, fate: Fate, times?: number): void
  /** What befalls each request that nothing was ordered for: it is asked once for each. */
  weather: (method: string, path: string) => Fate | undefined
  /** From now on answers to requests of this kind come late: once the returned function is called. */
  hold(method: string, path: RegExp): () => void
  /** Resolves when the answer to this request may come; undefined where none is held. */
  heldUntil(method: string, url: string): Promise<void> | undefined
  send(request: Request): Promise<HttpAnswer>
  /** One multipart POST, with the fields before the file. */
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly path: string; readonly name: string; readonly type: string },
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer>
}

class NothingCame extends Error {}

/** `declared` is the address that the build was made with; only it and the product's own are known domains. */
export function createNetwork(declared: string, product: string): Network {
  const sent: Sent[] = []
  const ordered: Ordered[] = []
  const fateOf = (method: string, path: string) => {
    const order = ordered.find((each) => each.left > 0 && each.method === method && each.path.test(path))
    if (!order) return network.weather(method, path)
    order.left -= 1
    return order.fate
  }
  const holds = new Set<{ readonly method: string; readonly path: RegExp; readonly over: Promise<void> }>()
  const network: Network = {
    sent,
    hold(method, path) {
      let end = () => {}
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      const hold = { method, path, over }
      holds.add(hold)
      return () => {
        holds.delete(hold)
        end()
      }
    },
    heldUntil(method, url) {
      const { pathname, search } = new URL(url)
      return [...holds].find((hold) => hold.method === method && hold.path.test(pathname + search))?.over
    },
    online: true,
    weather: () => undefined,
    befall: (method, path, fate, times = 1) => {
      ordered.push({ method, path, fate, left: times })
    },
    async send({ method, url, headers, body }) {
      const origin = [declared, product].find((each) => url.startsWith(`${each}/`))
      if (origin === undefined) throw new NothingCame(`url not in domain list: ${url}`)
      const path = url.slice(origin.length)
      const key = headers['idempotency-key']
      const note = (status: number | undefined) => sent.push({ method, path, key, status })
      const fate = network.online ? fateOf(method, path) : 'no-request'
      if (fate === 'no-request') {
        note(undefined)
        throw new NothingCame('ERR_CONNECTION_RESET')
      }
      if (typeof fate === 'object') {
        note(fate.status)
        const bytes = Buffer.from(JSON.stringify(fate.body))
        return { status: fate.status, headers: { 'content-type': 'application/json' }, bytes }
      }
      const answer = await fetch(product + path, {
        method,
        headers,
        ...(body === undefined || method === 'GET' ? {} : { body }),
      })
      const bytes = Buffer.from(await answer.arrayBuffer())
      note(fate === 'no-answer' ? undefined : answer.status)
      if (fate === 'no-answer') throw new NothingCame('ERR_CONNECTION_CLOSED')
      return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes }
    },
    async post(url, fields, file, headers) {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      const bytes = new Uint8Array(await readFile(file.path))
      form.append(file.name, new Blob([bytes], { type: file.type }), basename(file.path))
      return network.send({ method: 'POST', url, headers, body: form })
    },
  }
  return network
}
