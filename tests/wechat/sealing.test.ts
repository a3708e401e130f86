import fc from 'fast-check'
import { OfficialAccount } from 'node-easywechat'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openidOf } from '../../functions/sandbox/accounts'
import { pushes } from '../../functions/sandbox/schema'
import { seal, signatureOf, unseal } from '../../functions/sandbox/wechat/sealing'
import {
  type LocalWechat,
  miniProgram,
  officialAccount,
  type ReceivedPush,
  resident,
  startLocalWechat,
} from './local-wechat'
import vectors from './vectors.json'

// What the local WeChat seals, another people's package opens, and what that package seals, the local WeChat opens.
const theirs = ({ appid: app_id, secret, pushToken: token, encodingAesKey: aes_key } = officialAccount) =>
  new OfficialAccount({ app_id, secret, token, aes_key }).getEncryptor()

describe('WeChat’s published vectors', () => {
  test.each(vectors.signatures)('signature $name', ({ parts, signature }) => {
    expect(signatureOf(parts)).toBe(signature)
  })

  test('what WeChat has sealed opens', () => {
    const { token, timestamp, nonce, encrypted, messageSignature, plain } = vectors.decrypt
    expect(signatureOf([token, timestamp, nonce, encrypted])).toBe(messageSignature)
    expect(unseal(vectors.decrypt, encrypted)).toBe(plain)
  })

  test('a text is sealed byte for byte', () => {
    const { token, timestamp, nonce, random, plain, encrypted, messageSignature } = vectors.encrypt
    expect(seal(vectors.encrypt, plain, Buffer.from(random))).toBe(encrypted)
    expect(signatureOf([token, timestamp, nonce, encrypted])).toBe(messageSignature)
  })
})

describe('beside an independent package', () => {
  test('it opens what was sealed here, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = seal(officialAccount, text)
        const signature = signatureOf([officialAccount.pushToken, '1714112445', '7', sealed])
        expect(theirs().decrypt(sealed, signature, '7', 1_714_112_445)).toBe(text)
      }),
      { numRuns: 50 },
    )
  })

  test('what it has sealed opens here, for its own account alone', () => {
    const sealed = /<Encrypt>(?:<!\[CDATA\[)?([^<\]]+)/.exec(theirs().encrypt('<xml>好</xml>', '7', 1))?.[1]
    expect(unseal(officialAccount, sealed ?? '')).toBe('<xml>好</xml>')
    expect(unseal({ ...officialAccount, appid: miniProgram.appid }, sealed ?? '')).toBeUndefined()
    expect(unseal(miniProgram, sealed ?? '')).toBeUndefined()
  })

  test('bytes of anybody are no text and no exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unseal(officialAccount, Buffer.from(bytes).toString('base64'))).toBeUndefined()
      }),
    )
    expect(unseal(officialAccount, 'not base64')).toBeUndefined()
  })
})

describe('what the product answers', () => {
  let local: LocalWechat
  let answer: (push: ReceivedPush) => string
  beforeAll(async () => {
    local = await startLocalWechat({ onPush: (push) => new Response(answer(push)) })
  })
  afterAll(() => local.close())
  beforeEach(() => local.database.db.delete(pushes))

  const openid = openidOf(officialAccount.appid, resident.id)
  const words = (changes: Record<string, string> = {}) =>
    `<xml>${Object.entries({
      ToUserName: openid,
      FromUserName: officialAccount.username,
      CreateTime: '1',
      MsgType: 'text',
      Content: '您好',
      ...changes,
    })
      .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
      .join('')}</xml>`
  const sealed = (text: string, encryptor = theirs()) => encryptor.encrypt(text, '7', 1_714_112_445)
  /** What became of the push of a message that was answered so, and what the person was told. */
  const outcomeOf = async (given: string | typeof answer) => {
    answer = typeof given === 'string' ? () => given : given
    const before = (await local.door('GET', `/official-account/messages?person=${resident.id}`)).json.messages
    await local.door('POST', '/official-account/messages', { person: resident.id, text: '老年钱' })
    const after = (await local.door('GET', `/official-account/messages?person=${resident.id}`)).json.messages
    const [row] = await local.database.db.select().from(pushes)
    await local.database.db.delete(pushes)
    const fresh = after.slice(0, after.length - before.length) as { speaker: string; content: string }[]
    return [row?.outcome, ...fresh.filter((each) => each.speaker === 'account').map((each) => each.content)]
  }

  test('words under the account’s own seal are said', async () => {
    expect(await outcomeOf(() => sealed(words()))).toEqual(['acknowledged', '您好'])
    expect(await outcomeOf('success')).toEqual(['acknowledged'])
    expect(await outcomeOf('')).toEqual(['acknowledged'])
  })

  const other = { ...officialAccount, appid: miniProgram.appid }
  test.each([
    ['signed for another nonce', () => sealed(words()).replace(/(<Nonce>\D*)7/, '$18')],
    ['signed with another token', () => sealed(words(), theirs({ ...officialAccount, pushToken: 'x' }))],
    ['under the seal of another account', () => sealed(words(), theirs(other))],
    ['under no seal in safe mode', () => words()],
    ['to somebody else', () => sealed(words({ ToUserName: 'o-somebody' }))],
    ['from somebody else', () => sealed(words({ FromUserName: 'gh_other' }))],
    ['of a kind that is none', () => sealed(words({ MsgType: 'dance' }))],
    ['without words', () => sealed(words({ Content: '' }))],
    ['with a document type', () => `<!DOCTYPE xml>${sealed(words())}`],
    ['that breaks off', () => sealed(words()).slice(0, -8)],
    ['in prose', () => 'SUCCESS'],
  ])('%s are a refused answer and said to nobody', async (_what, given) => {
    expect(await outcomeOf(given)).toEqual(['refused answer'])
  })
})
