import { SaxesParser } from 'saxes'
import type { Account } from '../accounts'
import { signatureOf, unseal } from './sealing'

/** What an account makes of the body that answers a push; `refused` is what it cannot read, open or trust. */
export type PassiveAnswer =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'refused' }

type Elements = Readonly<Record<string, string>>

const REFUSED = { kind: 'refused' } as const

/** The elements right below the root. */
function elementsOf(xml: string): Elements | undefined {
  const found: Record<string, string> = {}
  const path: string[] = []
  const parser = new SaxesParser()
  const refuse = () => {
    throw new Error('not an answer')
  }
  const addText = (text: string) => {
    const [, name] = path
    if (path.length === 2 && name !== undefined) found[name] += text
  }
  parser.on('doctype', refuse)
  parser.on('error', refuse)
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('opentag', ({ name }) => {
    path.push(name)
    if (path.length === 2) found[name] = ''
  })
  parser.on('closetag', () => {
    path.pop()
  })
  try {
    parser.write(xml).close()
    return found
  } catch {
    return undefined
  }
}

function jsonOf(text: string): Elements | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]))
  } catch {
    return undefined
  }
}

const fieldsOf = (body: string) => (body.startsWith('<') ? elementsOf(body) : jsonOf(body))

function unsealed(account: Account, fields: Elements): Elements | undefined {
  const { Encrypt: sealed = '', MsgSignature, TimeStamp = '', Nonce = '' } = fields
  if (signatureOf([account.pushToken, TimeStamp, Nonce, sealed]) !== MsgSignature) return undefined
  const text = unseal(account, sealed)
  return text === undefined ? undefined : fieldsOf(text)
}

/** The fields that say something: sealed in safe mode, open in plain mode, either in the one between. */
function openedBy(account: Account, body: string): Elements | undefined {
  const fields = fieldsOf(body)
  if (!fields) return undefined
  const isSealed = fields['Encrypt'] !== undefined
  if (account.mode === (isSealed ? 'plain' : 'safe')) return undefined
  return isSealed ? unsealed(account, fields) : fields
}

export function passiveAnswer(account: Account, openid: string, body: string): PassiveAnswer {
  if (body === '' || body === 'success') return { kind: 'acknowledged' }
  const fields = openedBy(account, body)
  if (!fields) return REFUSED
  const isOurs = fields['ToUserName'] === openid && fields['FromUserName'] === account.username
  const words = fields['Content'] ?? ''
  return isOurs && fields['MsgType'] === 'text' && words !== '' ? { kind: 'words', words } : REFUSED
}
