import { type miniProgram, openidOf } from '../accounts'
import type { World } from '../wechat/endpoint'

/** What every event that WeChat pushes begins with. */
export const eventFields = (
  world: World,
  account: typeof miniProgram,
  id: string,
  fields: Record<string, string | number>,
) => ({
  ToUserName: account.username,
  FromUserName: openidOf(account.appid, id),
  CreateTime: Math.floor(world.clock.milliseconds() / 1000),
  ...fields,
})
