import { runInNewContext } from 'node:vm'

/** One element that base.wxml can draw. */
export interface Element {
  readonly tag: string
  /** By the attribute's name, the short name under which Taro sends its value. */
  readonly sources: ReadonlyMap<string, string>
  /** By the attribute's name, the words that it has where Taro sends none. */
  readonly defaults: ReadonlyMap<string, string>
  /** `tap` and others that reach the page; true where the event goes no further up. */
  readonly events: ReadonlyMap<string, boolean>
}

const TEMPLATE = /^tmpl_0_(\d+)(?:_blur|_focus)?$/
const EVENT = /^(bind|catch):?(\w+)$/

// WXML is no XML: attributes may stand without a value.
const TAG = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g

function readElement(tag: string, attributes: readonly (readonly [string, string])[]): Element {
  const sources = new Map<string, string>()
  const defaults = new Map<string, string>()
  const events = new Map<string, boolean>()
  for (const [name, value] of attributes) {
    const [, kind, event] = EVENT.exec(name) ?? []
    const [, source, byItself] = /\bi\.(\w+)(?:\|\|'([^']+)')?/.exec(value) ?? []
    if (event !== undefined) {
      if (value === 'eh') events.set(event, kind === 'catch')
    } else if (source !== undefined) sources.set(name, source)
    if (byItself !== undefined) defaults.set(name, byItself)
  }
  return { tag, sources, defaults, events }
}

/** The elements of base.wxml by the short name of their node. The outermost level tells them all. */
export function readElements(wxml: string): ReadonlyMap<string, Element> {
  const elements = new Map<string, Element>()
  let open: string | undefined
  for (const [, tag = '', text = ''] of wxml.matchAll(TAG)) {
    const attributes = [...text.matchAll(ATTRIBUTE)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )
    const name = attributes.find(([each]) => each === 'name')?.[1]
    if (tag === 'template' && name !== undefined) open = TEMPLATE.exec(name)?.[1]
    else if (open !== undefined && tag !== 'template' && !elements.has(open)) {
      elements.set(open, readElement(tag, attributes))
    }
  }
  return elements
}

/** By which element of base.wxml a node is drawn that Taro has sent, as `utils.wxs` says it. */
export function elementReader(wxml: string, wxs: string): (sent: object) => Element | undefined {
  const elements = readElements(wxml)
  const { exports } = runInNewContext(`const module = {}; ${wxs}; module`) as {
    exports: { a(level: number, node: object, above: string): string }
  }
  return (sent) => elements.get(TEMPLATE.exec(exports.a(0, sent, ''))?.[1] ?? '')
}
