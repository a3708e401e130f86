import { expect, test } from 'vitest'
import { run as pushMenu } from '../../functions/commands/push-menu'
import { createWechat } from '../../functions/platform/adapters/wechat'
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
