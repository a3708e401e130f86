import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { caseAt, firstOf, ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

const REGISTER = '居民户口簿'
const WITH_PHOTO_FIELD = 'LX-015'

let county: County
let photos: string
let phone: Phone
beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

let taken = 0
async function photograph(tile: string) {
  taken += 1
  const path = join(photos, `tmp_${taken}.png`)
  writeFileSync(path, PHOTO)
  phone.hands.photos.push(path)
  await phone.screen.press(tile)
}

async function bear(birth: string) {
  const born = await newcomer(county, { name: '沈秀英', birth, villageCode: VILLAGE, level: 3 })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  return born.personId
}

interface Place {
  /** Tile that takes a photo there, and how the photo is called. */
  readonly tile: string
  readonly photo: string
  /** A phone in the hands of somebody who may open the page. */
  readonly phone: () => Promise<Phone>
  readonly open: () => Promise<unknown>
}

let id = ''
const onCase = async (stage: 'to-correct' | 'to-decide') => {
  const filed = await caseAt(county, '陈桂兰', stage)
  id = filed.id
  return phoneOf(county, filed.personId)
}

const PLACES: Readonly<Record<string, Place>> = {
  'the papers of a form': {
    tile: tileOf(PAPERS[1]),
    photo: firstOf(PAPERS[1]),
    phone: async () => phoneOf(county, await bear('1944-03-05')),
    async open() {
      await phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
      if (!phone.screen.inputs().includes('社保卡/银行卡号')) return
      await phone.screen.type('社保卡/银行卡号', '6299000043030583308')
      await phone.screen.press('下一步')
    },
  },
  'a question of a form that asks for a photo': {
    tile: '拍一张，上门核实照片',
    photo: firstOf('上门核实照片'),
    phone: async () => phoneOf(county, await bear('1950-10-10')),
    async open() {
      await phone.launch('features/case/application/form', { id: WITH_PHOTO_FIELD, who: 'self' })
      if (phone.screen.buttons().includes('拍一张，上门核实照片')) return
      await phone.screen.press('村级上门核实')
      await phone.screen.press('下一步')
    },
  },
  'a correction': {
    tile: tileOf(REGISTER),
    photo: firstOf(REGISTER),
    phone: () => onCase('to-correct'),
    open: () => phone.launch('features/case/correction', { id }),
  },
  'an addition': {
    tile: tileOf(REGISTER),
    photo: firstOf(REGISTER),
    phone: () => onCase('to-decide'),
    open: () => phone.launch('features/case/addition', { id }),
  },
}

const begin = async ({ phone: take, open }: Place) => {
  phone = await take()
  await open()
}
/** What the tile of the photo says. */
const said = ({ photo }: Place) =>
  phone.screen
    .buttons()
    .find((name) => name.startsWith(photo))
    ?.slice(photo.length)

test.each(Object.entries(PLACES))(
  '%s: why a photo waits is told, and its tile says the same',
  async (_where, place) => {
    await begin(place)
    phone.network.befall('POST', /^\/api\/uploads$/, {
      status: 503,
      body: { code: 'server.unavailable', title: '县里的系统没回应' },
    })
    await photograph(place.tile)
    expect(phone.screen.text()).toContain('县里的系统没回应。照片先存手机，能传了接着传。')
    expect(said(place)).toBe('先存着，能传了接着传')
    expect(phone.screen.text()).not.toContain('有信号')
    expect(phone.faults).toEqual([])
  },
)

test.each(Object.entries(PLACES))(
  '%s: what the phone did not keep says so, and is told once it is gone',
  async (_where, place) => {
    await begin(place)
    phone.hands.hasRoom = false
    await phone.setOnline(false)
    await photograph(place.tile)
    expect(phone.screen.text()).toContain('信号不好。手机满了，照片没存下：先别关，有信号接着传。')
    expect(said(place)).toBe('先别关，有信号接着传')
    expect(phone.screen.text()).toContain('没存下，先别关')
    phone.kill()
    phone.network.online = true
    phone.hands.hasRoom = true
    await place.open()
    expect(phone.screen.text()).toContain('有 1 张照片手机没留住，要重拍。')
    await photograph(place.tile)
    expect(phone.screen.text()).not.toContain('没留住')
    expect(said(place)).toBe('，已传好，点一下看大图')
    expect(phone.faults).toEqual([])
  },
)

const CARD = '社保卡/银行卡号'

test('what is typed into an addition of a full phone is said not to be kept', async () => {
  await begin(PLACES['an addition'] as Place)
  phone.fillStorage()
  await phone.screen.type(CARD, '6299000043030583316')
  expect(phone.screen.text()).toContain('手机满了，没存上')
  phone.emptyStorage()
  await phone.screen.type(CARD, '6299000043030583308')
  expect(phone.screen.text()).not.toContain('没存上')
  expect(phone.faults).toEqual([])
})

test('what is photographed for a correction of a full phone is said not to be kept', async () => {
  const place = PLACES['a correction'] as Place
  await begin(place)
  phone.fillStorage()
  await photograph(place.tile)
  expect(phone.screen.text()).toContain('手机满了，没存上')
  expect(phone.faults).toEqual([])
})
