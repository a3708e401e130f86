import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../../tests/wechat/vectors.json'
import { createPushChannel } from './push-channel'
import { decryptPush, encryptPush, isPushSignature, signPush } from './push-crypto'
import { parsePush } from './push-message'

const keys = { appid: 'wx0123456789abcdef', encodingAesKey: 'A'.repeat(43) }

describe('WeChat’s published vectors', () => {
  test.each(vectors.signatures)('signature $name', ({ parts, signature }) => {
    expect(signPush(parts)).toBe(signature)
    expect(isPushSignature(parts, signature)).toBe(true)
    expect(isPushSignature(parts, signature.replace(/.$/, 'x'))).toBe(false)
    expect(isPushSignature(parts, '')).toBe(false)
  })

  test('a sealed push opens', () => {
    const { token, timestamp, nonce, encrypted, messageSignature, plain } = vectors.decrypt
    expect(isPushSignature([token, timestamp, nonce, encrypted], messageSignature)).toBe(true)
    expect(decryptPush(vectors.decrypt, encrypted)).toEqual({ ok: true, value: plain })
  })

  test('an answer is sealed byte for byte', () => {
    const { token, timestamp, nonce, random, plain, encrypted, messageSignature } = vectors.encrypt
    expect(encryptPush(vectors.encrypt, plain, Buffer.from(random))).toBe(encrypted)
    expect(signPush([token, timestamp, nonce, encrypted])).toBe(messageSignature)
  })
})

describe('sealing', () => {
  test('what was sealed opens again, for its own account alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = encryptPush(keys, text)
        expect(decryptPush(keys, sealed)).toEqual({ ok: true, value: text })
        expect(decryptPush({ ...keys, appid: 'wx9999999999999999' }, sealed).ok).toBe(false)
      }),
    )
  })

  test('bytes of anybody else are a failure, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decryptPush(keys, Buffer.from(bytes).toString('base64')).ok).toBe(false)
      }),
    )
    expect(decryptPush({ ...keys, encodingAesKey: 'short' }, vectors.decrypt.encrypted).ok).toBe(false)
  })
})

describe('reading a push', () => {
  const head = { ToUserName: 'gh_1', FromUserName: 'o1', CreateTime: '1610969440', MsgType: 'event' }

  test('one subscription comes as an object, several as an array, numbers as text', () => {
    const entry = { TemplateId: 'T1', SubscribeStatusString: 'accept', PopupScene: '0' }
    const read = (list: unknown) =>
      parsePush(JSON.stringify({ ...head, Event: 'subscribe_msg_popup_event', List: list }))
    const one = { templateId: 'T1', status: 'accept', messageId: null, errorCode: null }
    expect(read(entry)).toMatchObject({ ok: true, value: { createTime: 1610969440, list: [one] } })
    expect(read([entry, entry])).toMatchObject({ ok: true, value: { list: [one, one] } })
  })

  test.each(['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent'])(
    'the list is found inside %s',
    (wrapper) => {
      const xml =
        `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1</CreateTime>` +
        `<MsgType>event</MsgType><Event>e</Event><${wrapper}><List><TemplateId>A</TemplateId></List>` +
        `<List><TemplateId>B</TemplateId><MsgID>1864323726461255680</MsgID></List></${wrapper}></xml>`
      expect(parsePush(xml)).toMatchObject({
        ok: true,
        value: { list: [{ templateId: 'A' }, { templateId: 'B', messageId: '1864323726461255680' }] },
      })
    },
  )

  test('a finished template message keeps its 64 bits, and its status one spelling', () => {
    const read = (status: string) =>
      parsePush(
        `<xml><FromUserName>o1</FromUserName><CreateTime>1395658920</CreateTime><MsgType>event</MsgType>` +
          `<Event>TEMPLATESENDJOBFINISH</Event><MsgID>2918131553548107776</MsgID><Status><![CDATA[${status}]]></Status></xml>`,
      )
    expect(read('failed: system failed')).toMatchObject({
      ok: true,
      value: { messageId: '2918131553548107776', status: 'failed:system failed' },
    })
    expect(
      parsePush(`{"FromUserName":"o","CreateTime":1,"MsgType":"text","MsgId":2918131553548107776}`),
    ).toMatchObject({
      ok: true,
      value: { messageId: '2918131553548107776' },
    })
  })

  test.each([
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><FromUserName>&a;</FromUserName></xml>'],
    ['an unknown entity', '<xml><FromUserName>&a;</FromUserName></xml>'],
    ['XML that breaks off', '<xml><FromUserName>o1'],
    ['XML too deep', `${'<a>'.repeat(40)}x${'</a>'.repeat(40)}`],
    ['JSON that breaks off', '{"FromUserName":'],
    ['JSON too deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['a list', '[]'],
    ['nothing', ''],
    ['no sender', JSON.stringify({ MsgType: 'event', CreateTime: 1 })],
  ])('%s is malformed', (_, text) => {
    expect(parsePush(text)).toEqual({ ok: false, error: 'malformed' })
  })

  test('more than 64 KB is too big', () => {
    expect(parsePush(`{"a":"${'x'.repeat(65_536)}"}`)).toEqual({ ok: false, error: 'too-big' })
  })

  test('no text is an exception', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const body of [text, `<xml>${text}</xml>`]) expect(parsePush(body).ok).toBe(false)
      }),
    )
  })
})

test('a plain channel trusts the signature alone', () => {
  const channel = createPushChannel({ ...keys, token: 'token', mode: 'plain' })
  const signature = signPush(['token', '1', '2'])
  const body = JSON.stringify({ FromUserName: 'o1', CreateTime: 1, MsgType: 'text', Content: '查进度' })
  const query = { signature, timestamp: '1', nonce: '2', messageSignature: '' }
  expect(channel.open(query, body)).toMatchObject({ ok: true, value: { content: '查进度' } })
  expect(channel.open({ ...query, nonce: '3' }, body)).toEqual({ ok: false, error: 'wrong-signature' })
})
