import { randomInt } from 'node:crypto'
import { LosslessNumber, stringify } from 'lossless-json'
import type { Account } from '../accounts'
import type { PushFault } from '../faults'
import { seal, signatureOf } from './sealing'

type Fields = Readonly<Record<string, string | number>>

/** A push in neither format yet; `list` is what subscription events repeat, in XML inside `wrapper`. */
export interface PushMessage {
  readonly fields: Fields
  readonly list?: { readonly wrapper: string; readonly entries: readonly Fields[] }
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
// Message ids are numbers on the wire, too long for a number here.
const isNumeric = (name: string, value: string | number) =>
  typeof value === 'number' || (/^Msg(ID|Id)$/.test(name) && /^\d+$/.test(value))
const elements = (fields: Fields) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${isNumeric(name, value) ? value : cdata(String(value))}</${name}>`)
    .join('')

function renderXml({ fields, list }: PushMessage) {
  const wrapped = list
    ? `<${list.wrapper}>${list.entries.map((entry) => `<List>${elements(entry)}</List>`).join('')}</${list.wrapper}>`
    : ''
  return `<xml>${elements(fields)}${wrapped}</xml>`
}

const mapped = (fields: Fields, write: (name: string, value: string | number) => unknown) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, write(name, value)]))

// In JSON WeChat writes the numbers of subscription events as text, and a list of one as an object.
function renderJson({ fields, list }: PushMessage) {
  if (!list) {
    const numbers = mapped(fields, (name, value) =>
      isNumeric(name, value) ? new LosslessNumber(String(value)) : value,
    )
    return stringify(numbers) ?? ''
  }
  const texts = (values: Fields) => mapped(values, (_, value) => String(value))
  const entries = list.entries.map(texts)
  return JSON.stringify({ ...texts(fields), List: entries.length === 1 ? entries[0] : entries })
}

function sealedBody(account: Account, plain: string, sealed: string) {
  const isJson = account.format === 'json'
  const alone = { fields: { ToUserName: account.username } }
  const open = account.mode === 'compatible' ? plain : isJson ? renderJson(alone) : renderXml(alone)
  return isJson
    ? `${open.slice(0, -1)},"Encrypt":${JSON.stringify(sealed)}}`
    : `${open.slice(0, -'</xml>'.length)}<Encrypt>${cdata(sealed)}</Encrypt></xml>`
}

function altered(sealed: string, at: number, bits: number) {
  const bytes = Buffer.from(sealed, 'base64')
  const place = at < 0 ? bytes.length + at : at
  bytes.writeUInt8(bytes.readUInt8(place) ^ bits, place)
  return bytes.toString('base64')
}
// Into the random bytes and one letter of the text: it still opens, so that the signature alone can tell.
const corrupted = (sealed: string) => altered(sealed, 6, 1)
// Into the length of what fills it up, which then is none.
const unreadable = (sealed: string) => altered(sealed, -17, 0x80)

/** The signed request of one delivery; each attempt has its own time, number once and ciphertext. */
export function pushRequest(
  account: Account,
  openid: string,
  message: PushMessage,
  nowSeconds: number,
  fault?: PushFault,
) {
  const plain = account.format === 'json' ? renderJson(message) : renderXml(message)
  const timestamp = String(nowSeconds)
  const nonce = String(randomInt(1_000_000_000))
  const sign = (...parts: string[]) =>
    fault === 'bad-signature' ? '0'.repeat(40) : signatureOf([account.pushToken, timestamp, nonce, ...parts])
  const query = new URLSearchParams({ signature: sign(), timestamp, nonce, openid })
  const contentType = account.format === 'json' ? 'application/json' : 'text/xml'
  const isSpoilt = fault === 'corrupt' || fault === 'unreadable'
  if (account.mode === 'plain') {
    return { query, contentType, body: isSpoilt ? plain.slice(0, plain.length / 2) : plain }
  }
  const whole = seal(account, plain)
  const signed = fault === 'unreadable' ? unreadable(whole) : whole
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', sign(signed))
  const body = sealedBody(account, plain, fault === 'corrupt' ? corrupted(signed) : signed)
  return { query, contentType, body }
}
