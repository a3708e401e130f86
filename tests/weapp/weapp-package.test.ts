import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsOf, unfitIn } from '../../miniprogram/config/weapp-package'

let folder: string
/** The template with its marks taken off: a county whose facts are its own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp('drizzle/packs/template', join(folder, 'invented'), { recursive: true })
  await writeFile(join(folder, 'pack.json'), '{}')
  await cp('drizzle/packs/template/calendars', join(folder, 'real/calendars'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

const whole = { API_BASE: 'https://banshi.qinghe.gov.cn', WEAPP_APPID: 'wx0123456789abcdef', COUNTY: 'real' }

test.each([
  ['no address', { API_BASE: undefined }, 'API_BASE'],
  ['an empty one', { API_BASE: '' }, 'API_BASE'],
  ['one that is not encrypted', { API_BASE: 'http://banshi.qinghe.gov.cn' }, 'API_BASE'],
  ['this machine', { API_BASE: 'https://127.0.0.1:3000' }, 'API_BASE'],
  ['this machine by its other number', { API_BASE: 'https://[::1]' }, 'API_BASE'],
  ['this machine by name', { API_BASE: 'https://localhost' }, 'API_BASE'],
  ['a number', { API_BASE: 'https://39.96.1.1' }, 'API_BASE'],
  ['a name of the house', { API_BASE: 'https://app.internal' }, 'API_BASE'],
  ['a path behind it', { API_BASE: 'https://banshi.qinghe.gov.cn/' }, 'API_BASE'],
  ['no appid', { WEAPP_APPID: undefined }, 'WEAPP_APPID'],
  ['the visitor’s', { WEAPP_APPID: 'touristappid' }, 'WEAPP_APPID'],
  ['no county', { COUNTY: undefined }, 'COUNTY'],
  ['a county that is not there', { COUNTY: 'qinghe' }, 'COUNTY'],
  ['an invented county', { COUNTY: 'invented' }, 'COUNTY'],
])('%s is no release, and its variable is named', async (_what, changed, name) => {
  const settings = await settingsOf({ ...whole, ...changed }, { local: false, packsFolder: folder })
  expect(settings).toEqual({ faults: [expect.stringMatching(new RegExp(`^${name}：`))] })
})

test('what is whole is built with the county’s own, the appid of the server’s setting where it has none of its own', async () => {
  const options = { local: false, packsFolder: folder }
  const own = { apiBase: whole.API_BASE, appid: whole.WEAPP_APPID }
  expect(await settingsOf(whole, options)).toEqual(own)
  const ofServer = {
    ...whole,
    WEAPP_APPID: undefined,
    WECHAT_MINI_PROGRAM: `${whole.WEAPP_APPID}:secret:token:key`,
  }
  expect(await settingsOf(ofServer, options)).toEqual(own)
})

test('on this machine everything has a default, and nothing is asked', async () => {
  expect(await settingsOf({}, { local: true, packsFolder: folder })).toEqual({
    apiBase: 'http://127.0.0.1:3000',
    appid: 'touristappid',
  })
})

test('a package with a name of an invented county or an address of this machine is found out', async () => {
  const output = await mkdtemp(join(tmpdir(), 'package-'))
  try {
    await writeFile(join(output, 'common.js'), 'const base = "https://banshi.qinghe.gov.cn"')
    expect(await unfitIn(output, folder)).toEqual([])
    await writeFile(join(output, 'common.js'), 'const base = "http://127.0.0.1:3000"')
    await writeFile(join(output, 'page.js'), 'const unit = "青禾县政务服务局"')
    expect(await unfitIn(output, folder)).toEqual([
      'common.js 里有本机的地址 http://127.0.0.1',
      'page.js 里有编的「青禾县政务服务局」',
    ])
  } finally {
    await rm(output, { recursive: true })
  }
})

test('what is built here holds nothing invented but its address', async () => {
  expect(await unfitIn('miniprogram/dist/weapp', 'drizzle/packs')).toEqual([
    'common.js 里有本机的地址 http://127.0.0.1',
  ])
  expect(await readFile('miniprogram/dist/weapp/project.config.json', 'utf8')).toContain('"touristappid"')
})
