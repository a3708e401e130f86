import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const code = async (person: string, purpose: string) =>
  (await county.door<{ code: string }>('POST', 'login-codes', { person, purpose })).body.code

const doors = [
  { door: '/api/account/phone', purpose: 'phone', wechat: '/wxa/business/getuserphonenumber' },
  {
    door: '/api/account/identity-confirmation',
    purpose: 'real-name',
    wechat: '/intp/realname/checkrealnameinfo',
  },
]
const faults = [
  { kind: 'error', errcode: -1 },
  { kind: 'error', errcode: 45009 },
  { kind: 'error', errcode: 45011 },
  { kind: 'reset' },
]

test.each(doors.flatMap((door) => faults.map((fault) => ({ ...door, ...fault }))))(
  '$door says to try again while WeChat answers $kind $errcode, and works with the next code',
  async ({ door, purpose, wechat, ...fault }) => {
    const { person, personId } = await newcomer(county, {
      name: '林小雨',
      birth: '1990-01-01',
      villageCode: '341821105200',
      level: 2,
    })
    await county.door('POST', 'faults', { path: wechat, times: 1, ...fault })
    const away = await person.send('POST', door, { body: { code: await code(personId, purpose) } })
    expect(away).toMatchObject({ status: 503, body: { code: 'server.unavailable' } })
    expect(away.body['detail']).toMatch(/再点一次/)
    expect(Number(away.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await person.send('POST', door, { body: { code: await code(personId, purpose) } })).status).toBe(
      200,
    )
  },
)
