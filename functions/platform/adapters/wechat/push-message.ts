import { isSafeNumber, parse } from 'lossless-json'
import { SaxesParser } from 'saxes'
import { fail, ok, type Result } from '#shared/domain/kernel/result'

/** One entry of a subscription event: what happened to one template. */
interface PushedSubscription {
  readonly templateId: string
  /** `accept`, `reject`, `ban`, `filter`; null in events of sending. */
  readonly status: string | null
  /** Null except in events of sending. */
  readonly messageId: string | null
  /** `0` when the message went out. */
  readonly errorCode: string | null
}

/** What WeChat pushed, in one shape for both accounts and both formats. */
export interface WechatPush {
  readonly toUserName: string
  readonly fromUserName: string
  /** Seconds since 1970. */
  readonly createTime: number
  /** `event`, `text`, `image` … */
  readonly messageType: string
  readonly event: string | null
  readonly eventKey: string | null
  readonly content: string | null
  /** 64 bits: of the message received, or of the template message reported on. */
  readonly messageId: string | null
  /** Of TEMPLATESENDJOBFINISH: `success`, or `failed:…` without a blank after the colon. */
  readonly status: string | null
  readonly list: readonly PushedSubscription[]
}

export type PushParseFailure = 'too-big' | 'malformed'
type Tree = { readonly [name: string]: unknown }

const MAX_BYTES = 64 * 1024
const MAX_DEPTH = 4
const SUBSCRIPTION_WRAPPERS = ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent']

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
const asList = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value])

const append = (parent: Record<string, unknown>, name: string, value: unknown) => {
  const before = Object.hasOwn(parent, name) ? parent[name] : undefined
  parent[name] = before === undefined ? value : [...asList(before), value]
}

/** Reads WeChat's XML into nested objects: no document type, no entities of its own, three levels below the root. */
function parseXml(text: string): Tree {
  const parser = new SaxesParser()
  const stack: { name: string; children: Record<string, unknown>; text: string }[] = []
  let root: Tree | undefined
  parser.on('doctype', () => parser.fail('a document type is not allowed'))
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    if (stack.length >= MAX_DEPTH) throw new Error('too deep')
    stack.push({ name, children: Object.create(null), text: '' })
  })
  const addText = (part: string) => {
    const top = stack.at(-1)
    if (top) top.text += part
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (!closed) return
    const parent = stack.at(-1)
    const isLeaf = Object.keys(closed.children).length === 0
    if (parent) append(parent.children, closed.name, isLeaf ? closed.text : closed.children)
    else root = closed.children
  })
  parser.write(text).close()
  return root ?? {}
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

function parseJson(text: string): Tree {
  const value = parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits))
  if (!isTree(value) || depthOf(value) > MAX_DEPTH) throw new Error('no object of WeChat')
  return value
}

/** The tree of a body in either format; the format is seen from its first character, as headers do not tell. */
export function parsePushTree(text: string): Result<Tree, PushParseFailure> {
  if (Buffer.byteLength(text) > MAX_BYTES) return fail('too-big')
  try {
    return ok(text.trimStart().startsWith('<') ? parseXml(text.trim()) : parseJson(text))
  } catch {
    return fail('malformed')
  }
}

// The documents show change events wrapped in the tag of the pop-up event, so all three are looked into.
const listOf = (tree: Tree) =>
  [tree, ...SUBSCRIPTION_WRAPPERS.map((name) => tree[name])]
    .filter(isTree)
    .flatMap((owner) => asList(owner['List']))
    .filter(isTree)

const subscriptionOf = (entry: Tree): PushedSubscription => ({
  templateId: textOf(entry['TemplateId']) ?? '',
  status: textOf(entry['SubscribeStatusString']),
  messageId: textOf(entry['MsgID']),
  errorCode: textOf(entry['ErrorCode']),
})

/** Reads a plain (decrypted) push. */
export function parsePush(text: string): Result<WechatPush, PushParseFailure> {
  const parsed = parsePushTree(text)
  if (!parsed.ok) return parsed
  const tree = parsed.value
  const fromUserName = textOf(tree['FromUserName'])
  const messageType = textOf(tree['MsgType'])
  const createTime = Number(textOf(tree['CreateTime']) ?? Number.NaN)
  if (!fromUserName || !messageType || !Number.isSafeInteger(createTime)) return fail('malformed')
  return ok({
    toUserName: textOf(tree['ToUserName']) ?? '',
    fromUserName,
    createTime,
    messageType,
    event: textOf(tree['Event']),
    eventKey: textOf(tree['EventKey']),
    content: textOf(tree['Content']),
    messageId: textOf(tree['MsgId']) ?? textOf(tree['MsgID']),
    status: textOf(tree['Status'])?.replace(/:\s+/, ':') ?? null,
    list: listOf(tree).map(subscriptionOf),
  })
}
