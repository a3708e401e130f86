import type { Hono } from 'hono'
import { z } from 'zod'
import { accounts } from '../accounts'
import { type FaultBook, faultKinds } from '../faults'
import { storyOf } from '../story'
import type { World } from '../wechat/endpoint'
import { read } from './requests'

const orderedFault = z.strictObject({
  path: z.string().min(1).max(200),
  times: z.int().min(1).max(10_000),
  kind: z.enum(faultKinds),
  errcode: z.int().optional(),
  milliseconds: z.int().min(0).max(60_000).optional(),
})

export function addMachineDoors(app: Hono, world: World, faultBook: FaultBook, baseUrl: () => string) {
  app.get('/accounts', (context) =>
    context.json({
      accounts: accounts.map(({ pushPath, ...account }) => ({
        ...account,
        pushUrl: `${baseUrl()}${pushPath}`,
      })),
    }),
  )
  app.get('/events', async (context) => context.json({ events: await world.doors.recent(20) }))
  app.get('/story', async (context) => {
    const facts = await world.doors.story()
    return context.json({ story: facts && storyOf(facts, world.clock.now()) })
  })
  app.get('/faults', async (context) => context.json({ faults: await faultBook.list() }))
  app.post('/faults', async (context) => {
    const { errcode, milliseconds, ...fault } = await read(context, orderedFault)
    await faultBook.order({
      ...fault,
      ...(errcode !== undefined && { errcode }),
      ...(milliseconds !== undefined && { milliseconds }),
    })
    return context.json({ faults: await faultBook.list() }, 201)
  })
  app.delete('/faults', async (context) => {
    await faultBook.clear()
    return context.body(null, 204)
  })
}
