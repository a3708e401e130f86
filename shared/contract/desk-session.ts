import { z } from 'zod'
import { flag, moment, text, written } from './primitives'

const pin = z.string().regex(/^\d{6}$/)

/** What a browser shows to be scanned, and the secret by which it alone asks what became of it. */
export const deskCode = z
  .strictObject({
    id: text,
    code: text,
    /** The same to be typed where no camera works. */
    digits: text,
    expiresAt: moment,
  })
  .meta({ id: 'DeskCode' })
export type DeskCode = z.infer<typeof deskCode>

export const deskCodeId = z.string().regex(/^[\w-]{20,200}$/)

/** `former`: the `id` of the code that this browser showed before, which is void then. */
export const askDeskCode = z.strictObject({ former: deskCodeId.optional() }).meta({ id: 'AskDeskCode' })

/** What became of a code. `token` is answered once; whoever has lost it shows a new code. */
export const deskLogin = z
  .strictObject({
    status: z.enum(['waiting', 'confirmed', 'refused', 'expired']),
    /** A phone has looked at it and not answered yet. */
    scanned: flag.optional(),
    token: text.optional(),
    expiresAt: moment.optional(),
  })
  .meta({ id: 'DeskLogin' })
export type DeskLogin = z.infer<typeof deskLogin>

/** Without `answer` the phone looks at what it is asked to let in. */
export const answerDesk = z
  .strictObject({
    /** As scanned, or the eight digits. */
    code: written.min(8).max(200),
    answer: z.enum(['confirmed', 'refused']).optional(),
    /** Opens the desk again after it has locked itself; with `confirmed` alone. */
    pin: pin.optional(),
  })
  .refine(({ answer, pin: chosen }) => (answer === 'confirmed') === (chosen !== undefined), {
    path: ['pin'],
  })
  .meta({ id: 'AnswerDesk' })
export type AnswerDesk = z.infer<typeof answerDesk>

/** Which computer asks, as a person tells it from others. */
export const askingDesk = z
  .strictObject({
    browser: text,
    /** Masked. */
    address: text,
    /** When the code is good no more. */
    expiresAt: moment,
    /** When the desk will end whatever happens. */
    until: moment,
    /** When the same person was last let in at a computer that looks the same; null: never. */
    lastAt: moment.nullable(),
  })
  .meta({ id: 'AskingDesk' })
export type AskingDesk = z.infer<typeof askingDesk>

export const deskPin = z.strictObject({ pin }).meta({ id: 'DeskPin' })

/** Six digits of the authenticator, each good once. */
export const factorCode = z.strictObject({ code: z.string().regex(/^\d{6}$/) }).meta({ id: 'FactorCode' })

/** What an authenticator is given: told once, when it is enrolled; `picture` is the code of `uri`, for an Image. RFC 6238 */
export const enrolledFactor = z
  .strictObject({ secret: text, uri: text, picture: text })
  .meta({ id: 'EnrolledFactor' })
export type EnrolledFactor = z.infer<typeof enrolledFactor>
