import { z } from 'zod'
import { AGREEMENT_KINDS } from '#shared/domain/account/agreements'
import { CONSENT_PURPOSES, WITHDRAWABLE } from '#shared/domain/account/consents'
import { inOneLine, isWrittenInLines } from '#shared/domain/kernel/written'
import {
  day,
  flag,
  id,
  integer,
  moment,
  nameOfPerson,
  text,
  textOrNull,
  whomToAsk,
  written,
} from './primitives'

export const account = z
  .strictObject({
    id,
    /** 0 visitor, 1 phone, 2 name and number typed, 3 confirmed */
    realNameLevel: z.int().min(0).max(3),
    nameMasked: textOrNull,
    /** Only to the person: shown on 我的. */
    name: textOrNull,
    idNumberMasked: textOrNull,
    phoneMasked: textOrNull,
    /** The number is a child's, for whom a guardian applies. */
    underFourteen: flag,
    villageCode: textOrNull,
    villageName: textOrNull,
    elderMode: flag,
    /** Work roles, empty for residents: 我的工作. */
    roles: z.array(z.strictObject({ role: text, roleName: text, unitId: text, unitName: text })),
    staffId: textOrNull,
    /** An authenticator is enrolled: desks ask for it where much hangs on who it is. */
    secondFactor: flag,
    /** Counted to 100: shown as 99+. */
    openTasks: integer,
    /** Counted to 100. */
    unreadMessages: integer,
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof account>

/** What a change of one's account answers; the rest is read again. */
export const accountChanged = z
  .strictObject({
    id,
    realNameLevel: z.int().min(0).max(3),
    /** The work identity that went when two accounts with one each became one; the other stays. */
    unboundStaffId: textOrNull.optional(),
  })
  .meta({ id: 'AccountChanged' })
export type AccountChanged = z.infer<typeof accountChanged>

export const sessionCreated = z
  .strictObject({ token: text, expiresAt: moment, account })
  .meta({ id: 'SessionCreated' })
export type SessionCreated = z.infer<typeof sessionCreated>

export const sessionList = z
  .strictObject({
    sessions: z.array(
      z.strictObject({
        id,
        kind: z.enum(['phone', 'desk']),
        device: text,
        /** Of a desk, masked. */
        address: textOrNull,
        createdAt: moment,
        lastSeenAt: moment,
        current: flag,
      }),
    ),
  })
  .meta({ id: 'SessionList' })
export type SessionList = z.infer<typeof sessionList>

const purpose = z.enum(CONSENT_PURPOSES)
/** Of the agreement that says what is agreed to. */
const version = z.string().regex(/^[\w.-]{1,32}$/)

/** What was ticked before it was sent, in which words; each purpose once. */
export const ticked = z
  .array(z.strictObject({ purpose, version }))
  .max(CONSENT_PURPOSES.length)
  .refine((given) => new Set(given.map((each) => each.purpose)).size === given.length)
const consents = ticked.optional()

/** Whoever is new agrees before anything is kept of them. */
export const createSession = z
  .strictObject({ code: written.min(1).max(200), consents })
  .meta({ id: 'CreateSession' })

export const phoneCode = z.strictObject({ code: written.min(1).max(200), consents }).meta({ id: 'PhoneCode' })

/** Level 2: typed, checked by its check digit only; proves nothing. */
export const typedIdentity = z
  .strictObject({ name: nameOfPerson, idNumber: written.length(18), consents })
  .meta({ id: 'TypedIdentity' })

/** Level 3: the one-time code of WeChat's real-name page; name and number are those typed before. */
export const identityConfirmation = z
  .strictObject({ code: written.min(1).max(200), consents })
  .meta({ id: 'IdentityConfirmation' })

export const accountChange = z
  .strictObject({ villageCode: written.nullable().optional(), elderMode: z.boolean().optional() })
  .meta({ id: 'AccountChange' })

/** Agreed to by itself: asked again in other words, or taken back before. */
export const agreeing = z.strictObject({ consents: ticked.min(1) }).meta({ id: 'Agreeing' })
export const withdrawing = z.strictObject({ purpose: z.enum(WITHDRAWABLE) }).meta({ id: 'Withdrawing' })

export const givenConsents = z
  .strictObject({
    /** Newest first. */
    consents: z.array(
      z.strictObject({
        purpose,
        version: text,
        at: moment,
        withdrawnAt: moment.nullable(),
        /** It stands, in the words that hold now. */
        current: flag,
        withdrawable: flag,
      }),
    ),
    /** Agreed to in other words than those that hold now: asked again before it is needed again. */
    outdated: z.array(z.strictObject({ purpose, version: text })),
  })
  .meta({ id: 'GivenConsents' })
export type GivenConsents = z.infer<typeof givenConsents>

/** What is known of a person, in Chinese words as they keep it: 个人信息保护法 第45条. */
export const accountCopy = z.record(text, z.unknown()).meta({ id: 'AccountCopy' })
export type AccountCopy = z.infer<typeof accountCopy>

const agreement = z.strictObject({
  kind: z.enum(AGREEMENT_KINDS),
  version: text,
  effectiveOn: day,
  /** What is different from the version before; null of the first. */
  changes: textOrNull,
  /** The whole in five sentences. */
  brief: z.array(text),
  data: z.array(z.strictObject({ name: text, purpose: text, kept: text, sensitive: flag })),
  sections: z.array(z.strictObject({ title: text, paragraphs: z.array(text) })),
})
export const agreementRead = agreement.meta({ id: 'Agreement' })
export const agreementList = z
  .strictObject({
    /** Of each kind the one that holds today. */
    agreements: z.array(
      z.strictObject({
        ...agreement.shape,
        /** Newest first; one that is announced and does not hold yet too. */
        others: z.array(z.strictObject({ version: text, effectiveOn: day })),
      }),
    ),
  })
  .meta({ id: 'AgreementList' })
export type AgreementRead = z.infer<typeof agreementRead>
export type AgreementList = z.infer<typeof agreementList>

export const createInvitation = z.strictObject({ staffId: written.min(1) }).meta({ id: 'CreateInvitation' })
export const invitationCreated = z
  .strictObject({
    token: text,
    expiresAt: moment,
    page: text,
    /** WeChat's address of that page, to be sent to whom it is for; null where it gave none, and in an answer told again. */
    link: textOrNull,
  })
  .meta({ id: 'InvitationCreated' })
export type InvitationCreated = z.infer<typeof invitationCreated>

/** Who works here, by name, for whoever invites. */
export const memberList = z
  .strictObject({
    members: z.array(
      z.strictObject({
        staffId: text,
        name: text,
        /** “梅渚镇 窗口”. */
        posts: z.array(text),
        /** A WeChat account has this work identity. */
        bound: flag,
        /** Until when the latest invitation that nobody has used is good. */
        invitedUntil: moment.nullable(),
      }),
    ),
    /** Whose work an administrator or the operator has ended. */
    ended: z.array(z.strictObject({ staffId: text, name: text, posts: z.array(text) })),
  })
  .meta({ id: 'MemberList' })
export type MemberList = z.infer<typeof memberList>

/** Why a colleague's work ends; `handOver`: with what they have in hand. */
export const endWork = z
  .strictObject({
    reason: z.string().refine(isWrittenInLines).overwrite(inOneLine).min(2).max(500),
    handOver: flag.optional(),
  })
  .meta({ id: 'EndWork' })
export type EndWork = z.infer<typeof endWork>
/** Cases that are their pool's again, and those that nobody is there for. */
export const workEnded = z.strictObject({ released: integer, unstaffed: integer }).meta({ id: 'WorkEnded' })
export type WorkEnded = z.infer<typeof workEnded>

export const redeemInvitation = z
  .strictObject({ token: written.min(20).max(200) })
  .meta({ id: 'RedeemInvitation' })

/** What the office must show about the app: 国办函〔2026〕12号. */
export const aboutCounty = z
  .strictObject({
    county: text,
    sponsor: text,
    filingNumber: text,
    dataContact: text,
    /** Whom to ask about it; without a phone where the text has no number in it. */
    dataAsk: whomToAsk,
    hotline: text,
    /** The last day on which applications are taken; null while none is set. */
    endsOn: day.nullable(),
    /** True while the people and figures are invented (K4). */
    demo: flag,
    towns: z.array(
      z.strictObject({
        id: text,
        name: text,
        villages: z.array(z.strictObject({ id: text, name: text })),
      }),
    ),
  })
  .meta({ id: 'AboutCounty' })
export type AboutCounty = z.infer<typeof aboutCounty>
