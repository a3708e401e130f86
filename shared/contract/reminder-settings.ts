import { z } from 'zod'
import { SWITCHED_WAYS } from '#shared/domain/reminder/channels'
import { NIGHT_BEGINS, NIGHT_ENDS } from '#shared/domain/reminder/hours'
import { MESSAGE_GROUPS } from '#shared/domain/reminder/message-groups'
import { flag, textOrNull } from './primitives'

const kind = z.enum(MESSAGE_GROUPS)
const way = z.enum(SWITCHED_WAYS)
/** From when until when nobody is disturbed, of Asia/Shanghai. */
const night = z.strictObject({ from: z.enum(NIGHT_BEGINS), until: z.enum(NIGHT_ENDS) })

/** For what a phone rings, by what and when; the inbox has all of it, always. In the order in which they are read. */
export const reminderSettings = z
  .strictObject({
    kinds: z.array(
      z.strictObject({
        kind,
        on: flag,
        /** The law has it told, or what is missed is lost: it cannot be switched off. */
        fixed: flag,
      }),
    ),
    /** Those that the county has. */
    ways: z.array(
      z.strictObject({
        way,
        on: flag,
        /** Which number, masked; null of WeChat, and of whoever has given none. */
        to: textOrNull,
      }),
    ),
    night,
  })
  .meta({ id: 'ReminderSettings' })
export type ReminderSettings = z.infer<typeof reminderSettings>

/** What is not named stays as it is. */
export const switchReminders = z
  .strictObject({
    kinds: z
      .array(z.strictObject({ kind, on: flag }))
      .max(MESSAGE_GROUPS.length)
      .default([]),
    ways: z
      .array(z.strictObject({ way, on: flag }))
      .max(SWITCHED_WAYS.length)
      .default([]),
    night: night.optional(),
  })
  .refine(({ kinds, ways, night }) => kinds.length + ways.length > 0 || night !== undefined)
  .meta({ id: 'SwitchReminders' })
