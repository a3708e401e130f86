import { z } from 'zod'
import { id, moment } from './primitives'

export const account = z
  .strictObject({
    id,
    /** 0 visitor, 1 phone, 2 name and number typed, 3 confirmed */
    realNameLevel: z.int().min(0).max(3),
    nameMasked: z.string().nullable(),
    /** Only to the person: shown on 我的. */
    name: z.string().nullable(),
    idNumberMasked: z.string().nullable(),
    phoneMasked: z.string().nullable(),
    villageCode: z.string().nullable(),
    villageName: z.string().nullable(),
    elderMode: z.boolean(),
    /** Work roles, empty for residents: 我的工作. */
    roles: z.array(
      z.strictObject({ role: z.string(), roleName: z.string(), unitId: z.string(), unitName: z.string() }),
    ),
    staffId: z.string().nullable(),
    openTasks: z.int(),
    unreadMessages: z.int(),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof account>

/** What a change of one's account answers; the rest is read again. */
export const accountChanged = z
  .strictObject({ id, realNameLevel: z.int().min(0).max(3) })
  .meta({ id: 'AccountChanged' })
export type AccountChanged = z.infer<typeof accountChanged>

export const createSession = z
  .strictObject({ code: z.string().min(1).max(200) })
  .meta({ id: 'CreateSession' })
export const sessionCreated = z
  .strictObject({ token: z.string(), expiresAt: moment, account })
  .meta({ id: 'SessionCreated' })
export type SessionCreated = z.infer<typeof sessionCreated>

export const sessionList = z
  .strictObject({
    sessions: z.array(
      z.strictObject({ id, device: z.string(), createdAt: moment, lastSeenAt: moment, current: z.boolean() }),
    ),
  })
  .meta({ id: 'SessionList' })
export type SessionList = z.infer<typeof sessionList>

export const phoneCode = z.strictObject({ code: z.string().min(1).max(200) }).meta({ id: 'PhoneCode' })

/** Level 2: typed, checked by its check digit only; proves nothing. */
export const typedIdentity = z
  .strictObject({ name: z.string().min(2).max(30), idNumber: z.string().length(18) })
  .meta({ id: 'TypedIdentity' })

/** Level 3: the one-time code of WeChat's real-name page; name and number are those typed before. */
export const identityConfirmation = z
  .strictObject({ code: z.string().min(1).max(200) })
  .meta({ id: 'IdentityConfirmation' })

export const accountChange = z
  .strictObject({ villageCode: z.string().nullable().optional(), elderMode: z.boolean().optional() })
  .meta({ id: 'AccountChange' })

export const createInvitation = z
  .strictObject({ staffId: z.string().min(1) })
  .meta({ id: 'CreateInvitation' })
export const invitationCreated = z
  .strictObject({ token: z.string(), expiresAt: moment, page: z.string() })
  .meta({ id: 'InvitationCreated' })
export const redeemInvitation = z
  .strictObject({ token: z.string().min(20).max(200) })
  .meta({ id: 'RedeemInvitation' })

/** What the office must show about the app: 国办函〔2026〕12号. */
export const aboutCounty = z
  .strictObject({
    county: z.string(),
    sponsor: z.string(),
    filingNumber: z.string(),
    dataContact: z.string(),
    hotline: z.string(),
    /** True while the people and figures are invented (K4). */
    demo: z.boolean(),
    towns: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        villages: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      }),
    ),
  })
  .meta({ id: 'AboutCounty' })
export type AboutCounty = z.infer<typeof aboutCounty>
