import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { EnvironmentFault, parseEnvironment } from '../config/environment'
import { createClientAddress } from './client-address'

const PLATFORM = {
  PROFILE: 'serverless',
  PUBLIC_URL: 'https://banshi.example',
  DATABASE_URL: 'postgres://db',
  UPSTASH_REDIS_REST_URL: 'https://redis.example',
  UPSTASH_REDIS_REST_TOKEN: 'token',
  S3_ENDPOINT: 'https://s3.example',
  S3_BUCKET: 'b',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
  WECHAT_MINI_PROGRAM: `wx${'1'.repeat(16)}:${'2'.repeat(32)}:token:${'a'.repeat(43)}`,
  WECHAT_OFFICIAL_ACCOUNT: `wx${'1'.repeat(16)}:${'2'.repeat(32)}:token:${'a'.repeat(43)}`,
  CRON_SECRET: 'x'.repeat(16),
  DATA_KEYS: `k1:${'a'.repeat(43)}`,
  INDEX_KEY: 'a'.repeat(43),
}

/** The address that a request from `socket` has, behind these proxies. */
async function addressOf(
  socket: string | undefined,
  headers: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
) {
  const clientAddress = createClientAddress(parseEnvironment(environment))
  const app = new Hono().get('/', (context) => context.text(clientAddress(context)))
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: socket } } })).text()
}

const behind = (proxies: string) => ({ TRUSTED_PROXIES: proxies })
const forwarded = (text: string) => ({ 'X-Forwarded-For': text })

describe('the address of who asks', () => {
  test.each([
    ['the socket’s', '192.0.2.1', '', '', '192.0.2.1'],
    ['the socket’s, whatever is written', '192.0.2.1', '203.0.113.9', '', '192.0.2.1'],
    ['the socket’s of one who is no proxy', '192.0.2.1', '203.0.113.9', '10.0.0.0/8', '192.0.2.1'],
    ['the last one written', '10.0.0.1', '1.1.1.1, 203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['beyond several proxies', '10.0.0.1', '1.1.1.1, 203.0.113.9, 10.9.9.9', '10.0.0.0/8', '203.0.113.9'],
    ['the farthest proxy’s, if all are', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.0/8', '10.0.0.3'],
    ['a proxy’s that names nobody', '10.0.0.1', '', '10.0.0.0/8', '10.0.0.1'],
    ['not beyond what is no address', '10.0.0.1', '1.1.1.1, unknown', '10.0.0.0/8', '10.0.0.1'],
    ['a version 4 one in a version 6 socket', '::ffff:10.0.0.1', '203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['of version 4, however written', '10.0.0.1', '::ffff:203.0.113.9', '10.0.0.1', '203.0.113.9'],
    [
      'proxies as version 6 writes version 4',
      '10.0.0.1',
      '203.0.113.9',
      '::ffff:10.0.0.0/104',
      '203.0.113.9',
    ],
    ['of version 6', 'fd00::1', '2001:DB8:0::1', 'fd00::/8', '2001:db8::1'],
    ['of version 6 with zone', 'fe80::1%eth0', '2001:db8::2', 'fe80::/10', '2001:db8::2'],
    ['without a port', '10.0.0.1', '203.0.113.9:4711', '10.0.0.1', '203.0.113.9'],
    ['of version 6 without a port', '10.0.0.1', '[2001:db8::1]:4711', '10.0.0.1', '2001:db8::1'],
  ])('is %s', async (_, socket, header, proxies, expected) => {
    expect(await addressOf(socket, header ? forwarded(header) : {}, behind(proxies))).toBe(expected)
  })

  test('is what the platform says where that hands the request over', async () => {
    const headers = {
      'X-Forwarded-For': '1.1.1.1',
      'X-Vercel-Forwarded-For': '203.0.113.9',
      'X-Real-Ip': '203.0.113.9',
    }
    expect(await addressOf(undefined, headers, PLATFORM)).toBe('203.0.113.9')
    expect(await addressOf(undefined, { 'X-Real-Ip': '203.0.113.8' }, PLATFORM)).toBe('203.0.113.8')
    expect(await addressOf('192.0.2.1', headers)).toBe('192.0.2.1')
  })

  test('is one for all whose address is not known', async () => {
    expect(await addressOf(undefined, {})).toBe('unknown')
    expect(await addressOf(undefined, forwarded('1.1.1.1'), PLATFORM)).toBe('unknown')
  })
})

describe('TRUSTED_PROXIES', () => {
  test.each(['10.0.0.0/33', '10.0.0', 'localhost', '10.0.0.1;10.0.0.2', 'fd00::/129', '10.0.0.1/', '::1/x'])(
    '%s is refused, and not repeated',
    (text) => {
      const parse = () => parseEnvironment({ TRUSTED_PROXIES: text })
      expect(parse).toThrow(EnvironmentFault)
      expect(parse).toThrow(/TRUSTED_PROXIES: expected addresses or CIDRs/)
      expect(parse).not.toThrow(text)
    },
  )
})
