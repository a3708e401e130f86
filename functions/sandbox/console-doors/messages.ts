import { and, desc, eq, ne } from 'drizzle-orm'
import type { Hono } from 'hono'
import { z } from 'zod'
import { deliveries } from '../schema'
import { SMS } from '../sms/provider'
import { templates } from '../templates'
import type { World } from '../wechat/endpoint'
import { answerConsent, creditsOf } from './consents'
import { shanghai } from './instants'
import { knownPerson, personId, read } from './requests'

const consent = z.strictObject({
  person: personId,
  templateId: z.string().optional(),
  choice: z.enum(['accept', 'reject', 'switch-off']),
})

export function addMessageDoors(app: Hono, world: World) {
  app.get('/consents', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    return context.json({ credits: await creditsOf(world, who.id) })
  })
  app.post('/consents', async (context) => {
    const body = await read(context, consent)
    const who = await knownPerson(world, body.person)
    return context.json({ credits: await answerConsent(world, who.id, body.templateId, body.choice) })
  })
  app.get('/messages', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    return context.json({ messages: await world.doors.messages(who.id) })
  })
  app.get('/sms', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    const rows = await world.database.db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.person, who.id), eq(deliveries.api, SMS)))
      .orderBy(desc(deliveries.sentAt))
      .limit(100)
    return context.json({
      sms: rows.map(({ messageId, templateId, data, sentAt }) => {
        const { text }: { text: string } = JSON.parse(data)
        return { id: messageId, templateId, text, at: shanghai(sentAt) }
      }),
    })
  })
  app.get('/deliveries', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    const rows = await world.database.db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.person, who.id), ne(deliveries.api, SMS)))
      .orderBy(desc(deliveries.sentAt))
      .limit(100)
    return context.json({
      deliveries: rows.map(({ messageId, api, templateId, page, data, sentAt }) => {
        const template = templates.find((candidate) => candidate.id === templateId)
        const values: Record<string, { value: string }> = JSON.parse(data)
        const lines = Object.entries(template?.fields ?? {}).map(([key, label]) => ({
          label,
          value: values[key]?.value ?? '',
        }))
        return { id: messageId, api, templateId, title: template?.title, page, lines, at: shanghai(sentAt) }
      }),
    })
  })
}
