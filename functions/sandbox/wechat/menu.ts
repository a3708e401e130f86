import { eq } from 'drizzle-orm'
import { miniProgram, officialAccount } from '../accounts'
import { entries } from '../schema'
import { type Body, done, type Endpoint, isBody, textOf, type World } from './endpoint'
import { WechatError } from './errors'

const NAME = `menu/${officialAccount.appid}`
const KEY_TYPES = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
]

/** The codes of WeChat for a button of the bar and for one below it. */
const levels = {
  top: { type: 40017, name: 40018, key: 40019, url: 40020, nameBytes: 16 },
  below: { type: 40024, name: 40025, key: 40026, url: 40027, nameBytes: 60 },
}
type Level = (typeof levels)['top']

const bytes = (text: string | undefined) => Buffer.byteLength(text ?? '')
const isWithin = (text: string | undefined, maximum: number) => bytes(text) > 0 && bytes(text) <= maximum

function checkUrl(button: Body, level: Level) {
  const url = textOf(button['url'])
  if (!isWithin(url, 1024) || !/^https?:\/\//.test(url ?? '')) throw new WechatError(level.url)
}

function checkTarget(button: Body, level: Level) {
  const type = textOf(button['type']) ?? ''
  if (KEY_TYPES.includes(type)) {
    if (!isWithin(textOf(button['key']), 128)) throw new WechatError(level.key)
    return
  }
  if (type !== 'view' && type !== 'miniprogram') throw new WechatError(level.type)
  checkUrl(button, level)
  if (type === 'view') return
  if (button['appid'] !== miniProgram.appid) throw new WechatError(40013)
  if (!textOf(button['pagepath'])) throw new WechatError(40165)
}

function checkButton(button: unknown, level: Level) {
  if (!isBody(button)) throw new WechatError(45010)
  if (!isWithin(textOf(button['name']), level.nameBytes)) throw new WechatError(level.name)
  const below = button['sub_button']
  const isParent = level === levels.top && Array.isArray(below) && below.length > 0
  if (!isParent) {
    checkTarget(button, level)
    return
  }
  if (below.length > 5) throw new WechatError(40023)
  for (const child of below) checkButton(child, levels.below)
}

function checkMenu(menu: Body) {
  const buttons = menu['button']
  if (!Array.isArray(buttons)) throw new WechatError(45010)
  if (buttons.length === 0 || buttons.length > 3) throw new WechatError(40016)
  for (const button of buttons) checkButton(button, levels.top)
}

/** The official account's buttons, undefined when it has no menu. */
export async function findMenu(world: Pick<World, 'database'>): Promise<readonly Body[] | undefined> {
  const [row] = await world.database.db.select().from(entries).where(eq(entries.name, NAME))
  return row && JSON.parse(row.value)
}

// WeChat answers with an empty list of sub-buttons where none were given.
const withChildren = (button: Body): Body => ({ ...button, sub_button: button['sub_button'] ?? [] })

export const menuEndpoints: readonly Endpoint[] = [
  {
    path: '/cgi-bin/menu/create',
    method: 'POST',
    access: 'official-account',
    dailyLimit: 1000,
    async handle(world, { body }) {
      checkMenu(body)
      const value = JSON.stringify(body['button'])
      await world.database.db
        .insert(entries)
        .values({ name: NAME, value })
        .onConflictDoUpdate({ target: entries.name, set: { value } })
      return done
    },
  },
  {
    path: '/cgi-bin/menu/get',
    method: 'GET',
    access: 'official-account',
    dailyLimit: 10_000,
    async handle(world) {
      const buttons = await findMenu(world)
      if (!buttons) throw new WechatError(46003)
      return { menu: { button: buttons.map(withChildren) } }
    },
  },
  {
    path: '/cgi-bin/menu/delete',
    method: 'GET',
    access: 'official-account',
    dailyLimit: 1000,
    async handle(world) {
      await world.database.db.delete(entries).where(eq(entries.name, NAME))
      return done
    },
  },
  {
    path: '/cgi-bin/get_current_selfmenu_info',
    method: 'GET',
    access: 'official-account',
    dailyLimit: 10_000,
    async handle(world) {
      const buttons = await findMenu(world)
      return buttons
        ? { is_menu_open: 1, selfmenu_info: { button: buttons } }
        : { is_menu_open: 0, selfmenu_info: { button: [] } }
    },
  },
]
