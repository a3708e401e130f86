import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { caseAt, firstOf, ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

let county: County
let delivered: Awaited<ReturnType<typeof caseAt>>
let phone: Phone
const photos = mkdtempSync(join(tmpdir(), 'weapp-'))

beforeAll(async () => {
  county = await openCounty()
  delivered = await caseAt(county, '周玉梅', 'delivered')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

const resident = async (level: 1 | 2 | 3 = 2) => {
  const born = await newcomer(county, { name: '沈秀英', birth: '1944-03-05', villageCode: VILLAGE, level })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  return born
}

/** To the step where papers are photographed. */
async function toPapers() {
  const { screen } = phone
  await phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
  await screen.type('社保卡/银行卡号', '6299000043030583308')
  await screen.press('下一步')
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 600))

test.each([
  ['privacy permission is not authorized', '你没同意用相机和相册', 0, 0],
  ['api scope is not declared in the privacy agreement', '这里现在拍不了照片', 0, 0],
  ['auth deny', '相机没打开', 1, 0],
  ['system permission denied', '手机没让微信用相机', 0, 1],
] as const)(
  'the camera says “%s”: it is told as what it is, with the way that works',
  async (said, words, ours, phones) => {
    phone = phoneOf(county, (await resident()).personId)
    await toPapers()
    phone.hands.refusals.set('chooseMedia', said)
    await phone.screen.press(tileOf(PAPERS[0]))
    expect(phone.screen.text()).toContain(words)
    if (ours + phones > 0) await phone.screen.press('去打开')
    else expect(phone.screen.buttons()).not.toContain('去打开')
    expect([phone.hands.settingsOpened, phone.hands.phoneSettingsOpened]).toEqual([ours, phones])
    phone.hands.refusals.clear()
    await phone.screen.press(tileOf(PAPERS[0]))
    expect(phone.screen.text()).not.toContain(words)
    expect(phone.faults).toEqual([])
  },
)

test('the album was refused in the question about privacy: no way to settings that do not help', async () => {
  phone = phoneOf(county, delivered.personId)
  phone.hands.refusals.set('saveImageToPhotosAlbum', 'privacy permission is not authorized')
  await phone.launch('features/case/result', { id: delivered.id })
  await phone.screen.press('存到手机')
  expect(phone.screen.text()).toContain('你没同意往相册里存')
  expect(phone.screen.buttons()).not.toContain('去设置')
})

test('the clipboard is not declared: the number stands there to be written down', async () => {
  phone = phoneOf(county, delivered.personId)
  phone.hands.refusals.set('setClipboardData', 'api scope is not declared in the privacy agreement')
  await phone.launch('features/case/application/submitted', { id: delivered.id })
  await phone.screen.press('复制')
  expect(phone.screen.text()).toContain(`没复制上`)
  expect(phone.screen.text()).toContain(`办件编号：${delivered.caseNumber}`)
  await settled()
  await phone.screen.press('知道了')
  phone.hands.refusals.clear()
  await phone.screen.press('复制')
  expect(phone.hands.clipboard).toBe(delivered.caseNumber)
  // WeChat says it by itself.
  expect(phone.screen.text()).not.toContain('复制好了')
  expect(phone.faults).toEqual([])
})

test.each([
  ['user deny', '没有给手机号也行'],
  ['no permission', '现在取不到微信手机号'],
  ['[1400001] quota', '现在取不到微信手机号'],
])(
  'the phone number is not given (“%s”): it is told as what it is, and one may go on',
  async (said, words) => {
    const { body } = await county.door<{ id: string }>('POST', 'people', {
      name: '沈秀英',
      birth: '1944-03-05',
      villageCode: VILLAGE,
    })
    // Who has agreed to the texts before.
    await county.logIn(body.id)
    phone = phoneOf(county, body.id)
    phone.hands.refusals.set('getPhoneNumber', said)
    await phone.launch('features/account/register')
    await phone.screen.press('同意，用微信手机号登记')
    expect(phone.screen.text()).toContain(words)
    await phone.screen.press('先看看，不登记')
    expect(phone.screen.path).toBe('features/service-item/home')
    expect(phone.faults).toEqual([])
  },
)

test('a phone with an older WeChat opens the home page and files', async () => {
  phone = phoneOf(county, (await resident()).personId, [
    'getWindowInfo',
    'getAppBaseInfo',
    'getRandomValues',
    'openAppAuthorizeSetting',
  ])
  await phone.launch()
  expect(phone.screen.text()).toContain('高龄津贴')
  await toPapers()
  for (const name of PAPERS) {
    const path = join(photos, `tmp_${name}.png`)
    writeFileSync(path, PHOTO)
    phone.hands.photos.push(path)
    await phone.screen.press(tileOf(name))
  }
  await phone.screen.press('下一步')
  await phone.screen.press(/^我保证填的都是真的/)
  await phone.screen.press('提交申请')
  expect(phone.screen.path).toBe('features/case/application/submitted')
  expect(phone.screen.text()).toContain('办件编号')
  expect(phone.faults).toEqual([])
})

test.each(['heic', 'gif'])(
  'a photo that the county does not take (%s) is refused with words, and can be thrown away',
  async (ending) => {
    phone = phoneOf(county, (await resident()).personId)
    await toPapers()
    const path = join(photos, `tmp.${ending}`)
    writeFileSync(path, PHOTO)
    phone.hands.photos.push(path)
    await phone.screen.press(tileOf(PAPERS[1]))
    expect(phone.screen.text()).toContain('只收照片（JPG、PNG、WebP）')
    expect(phone.screen.text()).toContain('1 张传不上去，删掉重拍')
    await phone.screen.press(`删除${firstOf(PAPERS[1])}`)
    expect(phone.screen.buttons()).toContain(tileOf(PAPERS[1]))
    expect(phone.faults).toEqual([])
  },
)

test('killed behind WeChat’s page of identity: the code it came back with is used, once', async () => {
  const born = await resident(1)
  phone = phoneOf(county, born.personId)
  const { screen, hands, network } = phone
  await phone.launch('features/account/register')
  await screen.type('姓名', '沈秀英')
  await screen.type('身份证号', born.idNumber)
  await screen.press(/^我同意用身份证号登记/)
  await screen.press(/^我另外同意/)
  hands.killedBehind = true
  await screen.press('微信核一下')
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: born.personId,
    purpose: 'real-name',
  })
  const handed = { referrerInfo: { appId: 'wx308bd2aeb83d3345', extraData: { code: body.code } } }
  await phone.launch(undefined, {}, handed)
  expect(screen.path).toBe('features/account/register')
  expect(screen.text()).toContain('微信核过，是你')
  const confirmations = () => network.sent.filter(({ path }) => path === '/api/account/identity-confirmation')
  expect(confirmations().map(({ status }) => status)).toEqual([200])
  await screen.press('好')
  await phone.launch('features/account/register')
  expect(confirmations()).toHaveLength(1)
  expect(phone.faults).toEqual([])
})

test('the phone’s back key closes what lies over the page, and only then leaves it', async () => {
  phone = phoneOf(county, (await resident(1)).personId)
  const { screen } = phone
  await phone.launch()
  await screen.press('我的')
  await screen.press('退出登录')
  // In its first half second a question answers nobody, and the key leaves nothing either.
  await phone.pressBack()
  expect(screen.buttons()).toContain('不退')
  await settled()
  await phone.pressBack()
  expect(screen.path).toBe('tabs/account/me')
  expect(screen.buttons()).toContain('退出登录')
  expect(screen.text()).not.toContain('再登录')
})
