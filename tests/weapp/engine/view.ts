import type { Element } from './wxml'

/** A node as Taro sends it to the page, with short names. */
interface SentNode {
  readonly sid?: string
  readonly uid?: string
  readonly nn?: string
  /** Text. */
  readonly v?: string
  readonly cl?: string
  readonly cn?: readonly SentNode[]
  readonly [name: string]: unknown
}

/** A node as it stands on the screen. */
export interface ShownNode {
  readonly tag: string
  readonly element: Element
  readonly id: string
  /** By which Taro finds its own element. */
  readonly sid: string
  readonly parent: ShownNode | undefined
  readonly children: readonly ShownNode[]
  readonly ownText: string
  readonly classes: string
  attribute(name: string): unknown
}

type Container = Record<string, unknown> | unknown[]

const stepsOf = (path: string) =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)

/** Writes `root.cn.[0].cn.[1].v` as WeChat's setData does, into what the screen holds. */
export function writePath(data: Record<string, unknown>, path: string, value: unknown) {
  const steps = stepsOf(path)
  const last = steps.pop() ?? ''
  let place: Container = data
  for (const [at, step] of steps.entries()) {
    const known: unknown = place[step as keyof Container]
    if (typeof known === 'object' && known !== null) {
      place = known as Container
      continue
    }
    const next = steps[at + 1] ?? last
    const fresh: Container = /^\d+$/.test(next) ? [] : {}
    Object.assign(place, { [step]: fresh })
    place = fresh
  }
  Object.assign(place, { [last]: value })
}

/** Draws what setData brought with the elements that base.wxml has; what it lacks would be missing on the phone. */
export function drawScreen(
  data: Readonly<Record<string, unknown>>,
  elementOf: (sent: object) => Element | undefined,
  onFault: (words: string) => void,
): readonly ShownNode[] {
  const draw = (sent: SentNode, parent: ShownNode | undefined): ShownNode[] => {
    const element = elementOf(sent)
    if (!element) {
      onFault(`base.wxml has no template for the node ${JSON.stringify(sent.nn)}`)
      return []
    }
    const children: ShownNode[] = []
    const node: ShownNode = {
      tag: element.tag,
      element,
      id: sent.uid ?? sent.sid ?? '',
      sid: sent.sid ?? '',
      parent,
      children,
      ownText: sent.v ?? '',
      classes: sent.cl ?? '',
      attribute: (name) => {
        const source = element.sources.get(name)
        return (source === undefined ? undefined : sent[source]) ?? element.defaults.get(name)
      },
    }
    const below = (sent.cn ?? []).filter(Boolean)
    // WeChat takes one for the other.
    if (new Set(below.map(({ sid }) => sid)).size < below.length) onFault('two siblings have the same key')
    for (const child of below) children.push(...draw(child, node))
    return [node]
  }
  const root = data['root'] as SentNode | undefined
  return (root?.cn ?? []).flatMap((sent) => draw(sent, undefined))
}

/** The words of a node and of all below it, as one reads them. */
export const textOf = (node: ShownNode): string => node.ownText + node.children.map(textOf).join('')

export const nodesIn = (nodes: readonly ShownNode[]): readonly ShownNode[] =>
  nodes.flatMap((node) => [node, ...nodesIn(node.children)])

/** What a screen reader calls it. */
export function nameOf(node: ShownNode): string {
  const label = node.attribute('aria-label')
  return typeof label === 'string' && label !== '' ? label : textOf(node)
}
