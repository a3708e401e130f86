import { desc, eq } from 'drizzle-orm'
import type { Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { officialAccount, unionidOf } from '../accounts'
import { allowances, conversation } from '../schema'
import type { World } from '../wechat/endpoint'
import { findMenu } from '../wechat/menu'
import { eventFields } from './event-fields'
import { HOUR, shanghai } from './instants'
import { knownPerson, personId, read } from './requests'

const message = z.strictObject({ person: personId, text: z.string().min(1).max(600) })

const event = z.strictObject({
  person: personId,
  event: z.enum(['subscribe', 'unsubscribe', 'SCAN', 'CLICK', 'VIEW', 'view_miniprogram']),
  eventKey: z.string().max(1024).optional(),
})

// After a message 5 answers in 48 hours; after a click, a scan or following 3 in one minute.
const allowanceOf = (event: string) =>
  event === 'message' ? { remaining: 5, milliseconds: 48 * HOUR } : { remaining: 3, milliseconds: 60_000 }

async function interact(
  world: World,
  id: string,
  kind: string,
  fields: Record<string, string | number>,
  words: string | undefined,
) {
  const at = world.clock.milliseconds()
  const { remaining, milliseconds } = allowanceOf(kind)
  const value = { remaining, untilAt: at + milliseconds }
  await world.database.transaction(async (db) => {
    if (kind !== 'unsubscribe') {
      await db
        .insert(allowances)
        .values({ person: id, kind, ...value })
        .onConflictDoUpdate({ target: [allowances.person, allowances.kind], set: value })
    }
    if (words) {
      await db
        .insert(conversation)
        .values({ id: uuidv7(), person: id, speaker: 'person', content: words, at })
    }
    await world.pushes.store(db, officialAccount, id, {
      fields: eventFields(world, officialAccount, id, fields),
    })
  })
  world.pushes.wake()
}

export function addOfficialAccountDoors(app: Hono, world: World) {
  app.get('/official-account/menu', async (context) =>
    context.json({ button: (await findMenu(world)) ?? [] }),
  )
  app.get('/official-account/messages', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    const rows = await world.database.db
      .select()
      .from(conversation)
      .where(eq(conversation.person, who.id))
      .orderBy(desc(conversation.at), desc(conversation.id))
      .limit(50)
    return context.json({
      follows: (await world.register.followsSince(who)) !== undefined,
      messages: rows.map(({ id, speaker, content, at }) => ({ id, speaker, content, at: shanghai(at) })),
    })
  })
  app.post('/official-account/messages', async (context) => {
    const body = await read(context, message)
    const who = await knownPerson(world, body.person)
    const id = String((1n << 60n) + BigInt(world.clock.milliseconds()) * 1000n)
    await interact(world, who.id, 'message', { MsgType: 'text', Content: body.text, MsgId: id }, body.text)
    await world.pushes.settle()
    return context.json({ person: who.id }, 201)
  })
  app.post('/official-account/events', async (context) => {
    const body = await read(context, event)
    const who = await knownPerson(world, body.person)
    if (body.event === 'subscribe' || body.event === 'unsubscribe') {
      await world.register.setFollows(who.id, body.event === 'subscribe')
    }
    const fields = { MsgType: 'event', Event: body.event, EventKey: body.eventKey ?? '' }
    await interact(world, who.id, body.event, fields, undefined)
    await world.pushes.settle()
    return context.json({ person: who.id, unionid: unionidOf(who.id) }, 201)
  })
}
