import type { Hono } from 'hono'
import type { World } from '../wechat/endpoint'
import { findLink } from '../wechat/links'
import { Refusal } from './requests'

export function addLinkDoors(app: Hono, world: World) {
  app.get('/links/:id', async (context) => {
    const link = await findLink(world, context.req.param('id'))
    if (!link) throw new Refusal(404, 'sandbox.link-unknown', '没有这个链接，看看是不是贴全了')
    if (link.ended) throw new Refusal(410, 'sandbox.link-ended', '这个链接过期了，让发的人再发一个')
    return context.json({ page: link.page })
  })
}
