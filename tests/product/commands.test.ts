import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { run as pushMenu } from '../../functions/commands/push-menu'
import { run as resetDemo } from '../../functions/commands/reset-demo'
import { createWechat } from '../../functions/platform/adapters/wechat'
import { miniProgram, openidOf, unionidOf } from '../../functions/sandbox/accounts'
import { file } from '../e2e/scenes'
import { type County, openCounty } from './county'

async function menuPushedBy(wechat: County['services']['wechat'], services: County['services']) {
  const lines: string[] = []
  const code = await pushMenu({
    services: { ...services, wechat },
    words: [],
    print: (line) => lines.push(line),
  })
  return { code, lines }
}

test('the menu is put up, or one sentence says why it is not', async () => {
  const county = await openCounty()
  try {
    const { services, url } = county
    expect(await menuPushedBy(services.wechat, services)).toMatchObject({ code: 0 })
    const { miniProgram, officialAccount } = services.accounts
    const others = {
      cache: { ...services.cache, get: async () => undefined },
      clock: services.clock,
      templates: services.templates,
    }
    const unreachable = createWechat({
      miniProgram,
      officialAccount,
      base: 'http://127.0.0.1:1',
      ...others,
    })
    const away = await menuPushedBy(unreachable, services)
    expect(away).toEqual({ code: 1, lines: [expect.stringContaining('连不上微信')] })
    const unknown = createWechat({
      miniProgram,
      officialAccount: { ...officialAccount, secret: '0'.repeat(32) },
      base: `${url}/sandbox/wechat`,
      ...others,
    })
    const refused = await menuPushedBy(unknown, services)
    expect(refused).toEqual({ code: 1, lines: [expect.stringMatching(/微信没有答应.*40125/)] })
  } finally {
    await county.close()
  }
}, 60_000)

test('a demo that was emptied goes on as a new one', async () => {
  const county = await openCounty()
  try {
    const { services } = county
    const files = async () => {
      const person = await county.logIn('chen-guilan')
      const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
      expect(items).toEqual([])
      await file(county, { person, name: '陈桂兰', idNumber: '341821194611180024' }, 'LX-005')
    }
    await files()
    const lines: string[] = []
    const openidOfPerson = (person: string) => ({
      appid: miniProgram.appid,
      openid: openidOf(miniProgram.appid, person),
      unionid: unionidOf(person),
    })
    const { status } = await county.door('POST', 'people', {
      name: '汪审核',
      birth: '1980-03-05',
      villageCode: '341821105200',
    })
    expect(status).toBe(201)
    await county.door('POST', 'official-account/messages', { person: 'chen-guilan', text: '老年钱' })
    const ofPeople = async () =>
      (
        await services.database.rows(sql`select (select count(*)::int from sandbox.people) as newcomers,
          (select count(*)::int from sandbox.conversation) as said`)
      )[0]
    expect(await ofPeople()).toEqual({ newcomers: 1, said: 2 })
    const emptied = await resetDemo({
      ...services,
      county: 'langxi',
      packsFolder: 'drizzle/packs',
      print: (line) => lines.push(line),
      demo: { openidOf: openidOfPerson },
    })
    expect({ emptied, lines }).toMatchObject({
      emptied: 0,
      lines: [expect.stringContaining('装好了'), expect.stringContaining('钟不往回走')],
    })
    expect(await ofPeople()).toEqual({ newcomers: 0, said: 0 })
    await files()
    const { body } = await county.door<{ events: readonly { who: string }[] }>('GET', 'events')
    expect(new Set(body.events.map(({ who }) => who))).toContain('陈桂兰')
  } finally {
    await county.close()
  }
}, 60_000)
