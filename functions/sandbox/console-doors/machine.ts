import type { Hono } from 'hono'
import { z } from 'zod'
import { type Account, accounts, asChosen, choosePushForm, pushFormats, pushModes } from '../accounts'
import { type FaultBook, faultKinds, isPushFault, PUSH } from '../faults'
import { reminderDayOf } from '../reminder-day'
import { storyOf } from '../story'
import type { World } from '../wechat/endpoint'
import { knownPerson, Refusal, read } from './requests'

const orderedFault = z.strictObject({
  path: z.string().min(1).max(200),
  times: z.int().min(1).max(10_000),
  kind: z.enum(faultKinds),
  errcode: z.int().optional(),
  milliseconds: z.int().min(0).max(60_000).optional(),
})

const MOST_LANES = 12

const pushForm = z.strictObject({
  mode: z.enum(pushModes).optional(),
  format: z.enum(pushFormats).optional(),
})

export function addMachineDoors(app: Hono, world: World, faultBook: FaultBook, baseUrl: () => string) {
  const { db } = world.database
  const shown = async (account: Account) => {
    const { pushPath, ...facts } = await asChosen(db, account)
    return { ...facts, pushUrl: `${baseUrl()}${pushPath}` }
  }
  app.get('/accounts', async (context) => context.json({ accounts: await Promise.all(accounts.map(shown)) }))
  app.post('/accounts/:kind', async (context) => {
    const account = accounts.find(({ kind }) => kind === context.req.param('kind'))
    if (!account) throw new Refusal(404, 'sandbox.account-unknown', '没有这种账号，只有小程序和公众号')
    const { mode, format } = await read(context, pushForm)
    await choosePushForm(db, account.kind, { ...(mode && { mode }), ...(format && { format }) })
    return context.json({ account: await shown(account) })
  })
  app.get('/events', async (context) => context.json({ events: await world.doors.recent(20) }))
  app.get('/story', async (context) => {
    const facts = await world.doors.story()
    return context.json({ story: facts && storyOf(facts, world.clock.now()) })
  })
  app.get('/reminder-day', async (context) => {
    const asked = [...new Set((context.req.query('people') ?? '').split(',').filter(Boolean))]
    if (asked.length > MOST_LANES)
      throw new Refusal(422, 'sandbox.too-many-people', `一次最多看 ${MOST_LANES} 个人`)
    const people = await Promise.all(asked.map((id) => knownPerson(world, id)))
    return context.json({ reminderDay: reminderDayOf(await world.doors.reminderDay(people)) })
  })
  app.get('/faults', async (context) => context.json({ faults: await faultBook.list() }))
  app.post('/faults', async (context) => {
    const { errcode, milliseconds, ...fault } = await read(context, orderedFault)
    if ((fault.path === PUSH) !== isPushFault(fault.kind))
      throw new Refusal(422, 'sandbox.fault-elsewhere', '这条路上出不了这种故障')
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
