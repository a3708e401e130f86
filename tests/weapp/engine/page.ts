import { drawScreen, nodesIn, type ShownNode, textOf, writePath } from './view'
import type { Element } from './wxml'

/** What a page of the build hands to `Page`. */
export type PageOptions = Readonly<Record<string, unknown>>

/** What went over the bridge, in bytes, call by call. */
interface Updates {
  readonly sizes: number[]
}

/** One page on the phone: its data, what is drawn of it, and the fingers on it. */
export interface OpenPage {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly updates: Updates
  /** What the mini program sees as the page; also what `getCurrentPages` gives. */
  readonly instance: Record<string, unknown>
  call(lifecycle: string, given?: unknown): void
  nodes(): readonly ShownNode[]
  text(): string
  find(matches: (node: ShownNode) => boolean): readonly ShownNode[]
  /** Sends an event up from the node, as far as the templates carry it. */
  dispatch(node: ShownNode, type: string, detail: Readonly<Record<string, unknown>>, bubbles: boolean): void
}

interface Surroundings {
  readonly elementOf: (sent: object) => Element | undefined
  /** Data of the mini program's own realm. */
  readonly native: (value: unknown) => unknown
  readonly later: (act: () => void) => void
  fault(words: string): void
}

/** WeChat refuses more at once. */
const MOST_BYTES = 1024 * 1024

const hasUndefined = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasUndefined))

export function createPage(
  path: string,
  query: Readonly<Record<string, string>>,
  options: PageOptions,
  { elementOf, native, later, fault }: Surroundings,
): OpenPage {
  const data: Record<string, unknown> = {}
  const updates: Updates = { sizes: [] }
  let drawn: readonly ShownNode[] | undefined
  const instance: Record<string, unknown> = {
    ...options,
    route: path,
    options: query,
    data: native(options['data'] ?? {}),
    setData(change: Readonly<Record<string, unknown>>, done?: () => void) {
      if (hasUndefined(change)) fault(`${path}: setData with undefined`)
      const text = JSON.stringify(change)
      const bytes = Buffer.byteLength(text)
      if (bytes > MOST_BYTES) fault(`${path}: setData of ${bytes} bytes`)
      updates.sizes.push(bytes)
      // Over the bridge goes text: the screen holds a copy.
      for (const [place, value] of Object.entries(JSON.parse(text) as object)) writePath(data, place, value)
      drawn = undefined
      if (done) later(done)
    },
    selectComponent: () => null,
    selectAllComponents: () => [],
    getOpenerEventChannel: () => ({ on() {}, once() {}, off() {}, emit() {} }),
  }
  const call = (name: string, given?: unknown) => {
    const handler = instance[name]
    if (typeof handler === 'function') handler.call(instance, given)
  }
  const nodes = () => {
    drawn ??= drawScreen(data, elementOf, fault)
    return drawn
  }
  const find = (matches: (node: ShownNode) => boolean) => nodesIn(nodes()).filter(matches)
  return {
    path,
    query,
    updates,
    instance,
    call,
    nodes,
    text: () => nodes().map(textOf).join(''),
    find,
    dispatch(node, type, detail, bubbles) {
      const target = { id: node.id, dataset: { sid: node.sid }, offsetLeft: 0, offsetTop: 0 }
      const timeStamp = Math.round(performance.now())
      for (let at: ShownNode | undefined = node; at; at = bubbles ? at.parent : undefined) {
        const isCaught = at.element.events.get(type)
        if (isCaught === undefined) continue
        const currentTarget = { ...target, id: at.id, dataset: { sid: at.sid } }
        const event = native({
          type,
          timeStamp,
          target,
          currentTarget,
          detail,
          touches: [],
          changedTouches: [],
        })
        call('eh', event)
        if (isCaught) return
      }
    },
  }
}
