import { z } from 'zod'
import { MESSAGE_GROUPS } from '#shared/domain/reminder/message-groups'
import { flag } from './primitives'

const kind = z.enum(MESSAGE_GROUPS)

/** For what a phone rings; the inbox has all of it. In the order in which they are read. */
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
  })
  .meta({ id: 'ReminderSettings' })
export type ReminderSettings = z.infer<typeof reminderSettings>

/** What is not named stays as it is. */
export const switchReminders = z
  .strictObject({
    kinds: z
      .array(z.strictObject({ kind, on: flag }))
      .min(1)
      .max(MESSAGE_GROUPS.length),
  })
  .meta({ id: 'SwitchReminders' })
