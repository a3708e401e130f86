import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../platform/ports/database'
import { miniProgram, officialAccount } from '../accounts'
import { credits, entries } from '../schema'
import { templates } from '../templates'
import type { World } from '../wechat/endpoint'
import { eventFields } from './event-fields'
import { Refusal } from './requests'

function consentTemplates(templateId: string | undefined) {
  const asked = templates.filter((template) =>
    templateId === undefined ? template.kind === 'one-time' : template.id === templateId,
  )
  if (asked.length === 0 || asked.some((template) => template.kind === 'relation')) {
    throw new Refusal(422, 'sandbox.template-unknown', '没有这个可以订阅的模板')
  }
  return asked
}

/** How many messages of each template somebody still allows. */
export const creditsOf = async (world: World, id: string) => {
  const rows = await world.database.db.select().from(credits).where(eq(credits.person, id))
  return Object.fromEntries(
    templates
      .filter((template) => template.kind !== 'relation')
      .map((template) => [template.id, rows.find((row) => row.templateId === template.id)?.credits ?? 0]),
  )
}

/**
 * The second a pop-up is reported with, another each time: nobody taps twice in one, and the product tells repeated
 * events by it, but a script is quicker than a finger.
 */
async function popupSecond(db: Db, world: World, id: string) {
  const now = String(Math.floor(world.clock.milliseconds() / 1000))
  const [row] = await db
    .insert(entries)
    .values({ name: `popup/${id}`, value: now })
    .onConflictDoUpdate({
      target: entries.name,
      set: { value: sql`greatest(${entries.value}::bigint + 1, ${now}::bigint)::text` },
    })
    .returning({ value: entries.value })
  return Number(row?.value ?? now)
}

/** `accept`, `reject`: in WeChat's window after the tap; `switch-off`: later, in its settings, and none is left then. */
type ConsentChoice = 'accept' | 'reject' | 'switch-off'

const eventOf = (choice: ConsentChoice) =>
  choice === 'switch-off'
    ? { event: 'subscribe_msg_change_event', wrapper: 'SubscribeMsgChangeEvent', status: 'reject' }
    : { event: 'subscribe_msg_popup_event', wrapper: 'SubscribeMsgPopupEvent', status: choice }

/** The choice is kept, and the account is told of it. */
export async function answerConsent(
  world: World,
  id: string,
  templateId: string | undefined,
  choice: ConsentChoice,
) {
  const asked = consentTemplates(templateId)
  const { event, wrapper, status } = eventOf(choice)
  const account = asked[0]?.account === 'official-account' ? officialAccount : miniProgram
  await world.database.transaction(async (db) => {
    for (const template of choice === 'accept' ? asked : []) {
      await db
        .insert(credits)
        .values({ person: id, templateId: template.id, credits: 1 })
        .onConflictDoUpdate({
          target: [credits.person, credits.templateId],
          set: { credits: sql`${credits.credits} + 1` },
        })
    }
    if (choice === 'switch-off') {
      const ids = asked.map((template) => template.id)
      await db
        .update(credits)
        .set({ credits: 0 })
        .where(and(eq(credits.person, id), inArray(credits.templateId, ids)))
    }
    await world.pushes.store(db, account, id, {
      fields: eventFields(world, account, id, {
        CreateTime: await popupSecond(db, world, id),
        MsgType: 'event',
        Event: event,
      }),
      list: {
        wrapper,
        entries: asked.map((template) => ({
          TemplateId: template.id,
          SubscribeStatusString: status,
          ...(choice !== 'switch-off' && { PopupScene: '0' }),
        })),
      },
    })
  })
  world.pushes.wake()
  const left = await creditsOf(world, id)
  return asked.reduce((sum, template) => sum + (left[template.id] ?? 0), 0)
}
