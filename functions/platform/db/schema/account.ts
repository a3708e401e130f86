import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { KeptConsent } from '#shared/domain/account/consents'
import type { Night } from '#shared/domain/reminder/hours'
import { instant } from './columns'
import { staff } from './organization'

/** A person as the product knows them; name, number and phone stand encrypted. */
export const profiles = pgTable(
  'profiles',
  {
    id: uuid().primaryKey(),
    /** 0 visitor, 1 phone, 2 name and number typed, 3 confirmed. */
    realNameLevel: smallint().notNull(),
    nameSealed: text(),
    idNumberSealed: text(),
    /** Set from level 2 on; only a confirmed one identifies. */
    idNumberIndex: text(),
    /** Of name and number together; null in rows from before it was kept. */
    identityIndex: text(),
    phoneSealed: text(),
    phoneIndex: text(),
    /** When WeChat last confirmed the person, or joined another confirmed account of theirs; null where it is not known. */
    confirmedAt: instant(),
    villageCode: text(),
    elderMode: boolean().notNull().default(false),
    staffId: text()
      .unique('profiles_staff_id')
      .references(() => staff.id),
    /** Set when the profile was joined into another after both were confirmed as one person. */
    joinedInto: uuid(),
    /** When the person closed it: what is left names nobody, and stands for whoever filed or did what is kept. */
    closedAt: instant(),
    consents: jsonb().notNull().$type<readonly KeptConsent[]>().default([]),
    /**
     * Of a person whose own number is under fourteen the day on which they turn it; null for everybody else, and in rows from
     * before it was kept: numbers are sealed, so no SQL can fill it.
     */
    guardianUntil: date(),
    /** Groups of messages for which no phone of theirs rings: `isSilenced`. */
    silenced: jsonb().notNull().$type<readonly string[]>().default([]),
    /** By which no phone of theirs rings, whatever is told: `SWITCHED_WAYS`. */
    unwantedWays: jsonb().notNull().$type<readonly string[]>().default([]),
    /** Null: the county's. */
    night: jsonb().$type<Night>(),
    createdAt: instant().notNull(),
    demo: boolean().notNull(),
  },
  (table) => [
    // A typed number may bar a member of staff of whom nothing better is known.
    index('profiles_id_number').on(table.idNumberIndex),
    uniqueIndex('profiles_confirmed_id_number')
      .on(table.idNumberIndex)
      .where(sql`${table.realNameLevel} = 3 and ${table.joinedInto} is null`),
    index('profiles_joined').on(table.joinedInto).where(sql`${table.joinedInto} is not null`),
    // For the job that ends what outlives them.
    index('profiles_closed').on(table.closedAt).where(sql`${table.closedAt} is not null`),
  ],
)

/** One WeChat account's openid; several may belong to one confirmed person. */
export const wechatIdentities = pgTable(
  'wechat_identities',
  {
    id: uuid().primaryKey(),
    appid: text().notNull(),
    openid: text().notNull(),
    unionid: text(),
    profileId: uuid()
      .notNull()
      .references(() => profiles.id),
    createdAt: instant().notNull(),
    /** Keyed digest, by which `leftFilings` are found; null in rows from before it was kept, of which none has any. */
    wechatIndex: text(),
  },
  (table) => [
    unique('wechat_identities_openid').on(table.appid, table.openid),
    index('wechat_identities_profile').on(table.profileId),
    index('wechat_identities_unionid').on(table.unionid),
  ],
)

/**
 * Who follows the official account, by the number that WeChat gives a person across the county's accounts: who has an account
 * with us is found by it. Gone with the event that they do not follow any more.
 */
export const followers = pgTable(
  'followers',
  {
    /** Of the official account. */
    openid: text().primaryKey(),
    unionid: text().notNull(),
    learntAt: instant().notNull(),
  },
  (table) => [index('followers_unionid').on(table.unionid)],
)

export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey(),
    /** SHA-256 of the token, hex: the table opens no session. */
    tokenHash: text().notNull().unique('sessions_token_hash'),
    profileId: uuid()
      .notNull()
      .references(() => profiles.id),
    identityId: uuid()
      .notNull()
      .references(() => wechatIdentities.id),
    device: text().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    /** `desk`: a browser that a phone has let in. */
    kind: text().notNull().$type<'phone' | 'desk'>().default('phone'),
    /** Of a desk, masked; null for phones. */
    address: text(),
    /** Of a desk, keyed digest. */
    networkDigest: text(),
    /** When a desk ends whatever happens; `expiresAt` is moved on by a server of the version before. */
    deskUntil: instant(),
    /** Keyed digest of the PIN that opens a locked desk. */
    pinDigest: text(),
    wrongPins: smallint().notNull().default(0),
    /** Locked by hand; a desk that nobody touches is locked without it. */
    lockedAt: instant(),
    /** The second factor was last shown at this desk. */
    factorShownAt: instant(),
  },
  (table) => [
    index('sessions_profile').on(table.profileId),
    index('sessions_over').on(sql`least(${table.expiresAt}, ${table.revokedAt})`),
  ],
)

/** A browser that shows a code and waits for the phone that lets it in. */
export const deskLogins = pgTable(
  'desk_logins',
  {
    /** SHA-256 of what the browser alone knows, hex. */
    idHash: text().primaryKey(),
    /** Of what the code to scan says; and keyed, of the eight digits beside it, which anybody could try out. */
    codeHash: text().notNull().unique('desk_logins_code'),
    digitsHash: text().notNull(),
    status: text().notNull().$type<'waiting' | 'confirmed' | 'refused' | 'collected'>(),
    device: text().notNull(),
    /** Masked. */
    address: text().notNull(),
    /** Keyed digest of the network. */
    networkDigest: text().notNull(),
    /** Of the codes that wait on one network, which this is: 1 to 5; null once it waits no more. */
    place: smallint(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    /** A phone has looked at what it is asked to let in. */
    scannedAt: instant(),
    /** Who answered, by which session. */
    profileId: uuid().references(() => profiles.id),
    sessionId: uuid(),
    pinDigest: text(),
    /** When the desk will end, as the phone was told. */
    deskUntil: instant(),
  },
  (table) => [
    unique('desk_logins_place').on(table.networkDigest, table.place),
    index('desk_logins_digits').on(table.digitsHash),
    index('desk_logins_over').on(table.expiresAt),
  ],
)

/** What an authenticator makes codes of (RFC 6238), enrolled on the phone. */
export const secondFactors = pgTable('second_factors', {
  profileId: uuid()
    .primaryKey()
    .references(() => profiles.id),
  /** By which its secret is sealed: it goes along where accounts are joined. */
  id: uuid().notNull(),
  secretSealed: text().notNull(),
  /** Null until a first code has proven that the authenticator has it. */
  confirmedAt: instant(),
  /** The step of the code that was last taken: none counts twice. */
  lastStep: integer().notNull().default(0),
  /** Codes tried since then, right ones not counted. */
  tries: smallint().notNull().default(0),
  triedFrom: instant(),
})

/**
 * Of closed accounts what a brake still counts: cases that the WeChat account of this keyed digest filed under a number not
 * its person's by WeChat, on the day of the closing or such that the owner of the number has disowned or may disown.
 */
export const leftFilings = pgTable(
  'left_filings',
  { wechatIndex: text().notNull(), caseId: uuid().notNull() },
  (table) => [primaryKey({ columns: [table.wechatIndex, table.caseId] })],
)

/** Why somebody closed their account, in their words: without whose, or the hour; for a year. */
export const closingReasons = pgTable('closing_reasons', {
  /** Random: it tells no moment. */
  key: text().primaryKey(),
  closedOn: date().notNull(),
  wordsSealed: text().notNull(),
})

/** Who was there on which day in Asia/Shanghai, for the county's figures alone: no route shows it by person. */
export const activityDays = pgTable(
  'activity_days',
  {
    day: date().notNull(),
    profileId: uuid()
      .notNull()
      .references(() => profiles.id),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.profileId] }),
    index('activity_days_profile').on(table.profileId),
  ],
)

/** Binds a member of staff to the WeChat account that redeems it, once. */
export const invitations = pgTable('invitations', {
  id: uuid().primaryKey(),
  tokenHash: text().notNull().unique('invitations_token_hash'),
  staffId: text()
    .notNull()
    .references(() => staff.id),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
  redeemedAt: instant(),
  createdBy: text(),
})

/** What the register of enterprises publishes, and the licences that run out. */
export const enterprises = pgTable('enterprises', {
  id: text().primaryKey(),
  name: text().notNull(),
  kind: text().notNull().$type<'sole-trader' | 'company'>(),
  creditCode: text().notNull().unique(),
  /** Its keyed digest, as cases name the firm they are for; null in rows from before it was kept. */
  creditCodeIndex: text().unique('enterprises_credit_code_index'),
  legalRepresentative: text().notNull(),
  villageCode: text(),
  address: text().notNull(),
  permits: jsonb().notNull().$type<readonly { itemId: string; name: string; validTo: string }[]>(),
  demo: boolean().notNull(),
})

/** Who may act for an enterprise, in which items (null: all), and until which day. */
export const enterpriseAgents = pgTable(
  'enterprise_agents',
  {
    enterpriseId: text()
      .notNull()
      .references(() => enterprises.id),
    profileId: uuid()
      .notNull()
      .references(() => profiles.id),
    itemIds: text().array(),
    until: date(),
  },
  (table) => [
    primaryKey({ columns: [table.enterpriseId, table.profileId] }),
    index('enterprise_agents_profile').on(table.profileId),
  ],
)
