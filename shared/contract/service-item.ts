import { z } from 'zod'
import {
  booked,
  day,
  dueBecause,
  flag,
  id,
  integer,
  light,
  outcome,
  serviceItemId,
  text,
  textOrNull,
  whomToAsk,
} from './primitives'

const serviceItemSummary = z
  .strictObject({
    id: text,
    /** Official name, as in the pack. */
    name: text,
    plainName: text,
    oneLine: text,
    typeName: text,
    departmentName: text,
    theme: text,
    lifeEvent: text,
    promisedDays: integer,
    /** The words of the query that matched, empty when listing. */
    because: text,
  })
  .meta({ id: 'ServiceItemSummary' })
export type ServiceItemSummary = z.infer<typeof serviceItemSummary>

const lifeEvent = z.strictObject({ key: text, name: text })

export const serviceItemQuery = z.strictObject({
  q: z.string().max(50).optional(),
  lifeEvent: z.string().max(30).optional(),
  departmentId: z.string().max(30).optional(),
  cursor: serviceItemId.optional(),
})
export const serviceItemList = z
  .strictObject({
    items: z.array(serviceItemSummary),
    nextCursor: textOrNull,
    /** By which the list is sorted; on its first page alone. */
    lifeEvents: z.array(lifeEvent).optional(),
  })
  .meta({ id: 'ServiceItemList' })
export type ServiceItemList = z.infer<typeof serviceItemList>

const point = z.strictObject({
  id: text,
  name: text,
  address: text,
  phone: text,
  /** Of the week, and whether somebody is there now or from when. */
  hoursText: text,
  /** It has a phone, and either somebody is there now or no hours are kept. */
  callNow: flag,
})

/** One request for the first screen; `todos` and `running` only for who is logged in. */
export const home = z
  .strictObject({
    county: text,
    /** The last day on which applications are taken; null while none is set. */
    endsOn: day.nullable(),
    demo: flag,
    sponsor: text,
    hotline: text,
    itemCount: integer,
    hot: z.array(serviceItemSummary),
    lifeEvents: z.array(lifeEvent.extend({ count: integer })),
    me: z
      .strictObject({
        greeting: text,
        realNameLevel: integer,
        /** Registered with the number of a child, for whom a guardian applies. */
        underFourteen: flag,
        todos: z.array(
          z.strictObject({
            kind: z.enum(['correction', 'statement', 'result']),
            caseId: id,
            title: text,
            /** The applicant, masked, where the reader has cases of several; else null. */
            whose: textOrNull,
            note: text,
            dueOn: day.nullable(),
            light: light.nullable(),
            outcome,
            page: text,
            actionLabel: text,
          }),
        ),
        running: z.array(
          z.strictObject({
            caseId: id,
            plainName: text,
            /** As above. */
            whose: textOrNull,
            statusText: text,
            outcome,
            identityAwaited: textOrNull,
            /** As in the list of cases. */
            personAwaited: flag.optional(),
            disownedWays: textOrNull,
            dueOn: day.nullable(),
            /** As in the list of cases. */
            newDueOn: day.nullable().optional(),
            /** As of the case. */
            dueDoubted: flag.optional(),
            /** As of the case. */
            dueByLaw: flag.optional(),
            dueBecause: dueBecause.nullable(),
            apart: textOrNull,
            light,
            /** As in the list of cases. */
            booked: booked.nullable(),
            bookedBefore: booked.nullable(),
          }),
        ),
        servicePoint: point.nullable(),
        unreadMessages: integer,
      })
      .nullable(),
  })
  .meta({ id: 'Home' })
export type Home = z.infer<typeof home>

/** Month and day of each year; `nextOpensOn` while it is closed. */
export const openWindow = z.strictObject({ from: text, to: text, open: flag, nextOpensOn: day.nullable() })
export type OpenWindow = z.infer<typeof openWindow>

/**
 * A case that whoever opens guide or form is told of before they begin another. `own`: of the reader, filed, taken over or
 * known to be theirs. `helped`: of their number, filed by others, which they may take over. `other`: filed by the reader
 * for somebody. `firm`: of a firm, filed by the reader or by who acts for it. `helped` is a firm's too that somebody
 * without a power of it filed, for whoever holds one.
 */
export const filedBefore = z.strictObject({
  caseId: id,
  whose: z.enum(['own', 'helped', 'other', 'firm']),
  forFirm: flag,
  /** A second one that is the same is refused to the reader, who is confirmed. */
  bars: flag,
  /** A firm's name stands whole. */
  applicantMasked: text,
  /** By what it differs from another of the same applicant: 公司名称 郎溪某某公司; null where nothing tells two apart. */
  toldApart: textOrNull,
  filedOn: day,
  /** How it stands, as its outcome says it. */
  word: text,
  /** Granted. */
  isOver: flag,
})
export type FiledBefore = z.infer<typeof filedBefore>

export const serviceGuide = z
  .strictObject({
    id: text,
    /** Of who reads it; null for whoever is not known to us. */
    realNameLevel: integer.nullable(),
    /**
     * What was filed of it before, by the reader or for them, five at most: what bars, the rest of their own, what others filed
     * for them, what they filed for others; newest first.
     */
    filed: z.array(filedBefore),
    /** There are more than these. */
    hasMoreFiled: flag,
    /**
     * What tells a second one of the same applicant from the first, by the labels of the answers: 申领期间. Empty where a firm
     * may well have a second of the same; null where one at a time is the rule.
     */
    toldApartBy: z.array(text).nullable(),
    /** Somebody may apply for somebody else: who applies is named by a number. */
    forOthers: flag,
    /** The reader is under fourteen until then, and a guardian has to apply: 个人信息保护法 第31条. */
    guardianUntil: day.nullable(),
    version: integer,
    name: text,
    plainName: text,
    oneLine: text,
    appliesTo: text,
    typeName: text,
    departmentName: text,
    organName: text,
    organPhone: textOrNull,
    ask: whomToAsk,
    demo: flag,
    amount: z
      .strictObject({
        text: text,
        rows: z.array(z.strictObject({ when: text, value: text })),
        demo: flag,
      })
      .nullable(),
    /** `met` and `unmet` of who reads it, with what they are judged by; `unknown` where nobody has judged. */
    acceptConditions: z.array(
      z.strictObject({ text, state: z.enum(['met', 'unmet', 'unknown']), why: textOrNull }),
    ),
    papers: z.array(
      z.strictObject({
        name: text,
        required: flag,
        /** `on-file` only for the confirmed owner; `if-on-file` says to others that it may be exempt. */
        state: z.enum(['generated', 'on-file', 'if-on-file', 'bring']),
        source: text,
        note: textOrNull,
        /** What goes in its place for a child who has no card yet; missing in what an older server has answered. */
        forChild: textOrNull.optional(),
      }),
    ),
    /** Whether the promise counts a stage's time, stands still for it, or is over. */
    steps: z.array(
      z.strictObject({
        name: text,
        unitName: text,
        counting: z.enum(['before', 'beside', 'promise', 'apart', 'after']),
        limitText: text,
      }),
    ),
    promisedText: text,
    /** A half day is booked: what is promised is that it stands, and the visit follows. */
    books: flag,
    statutoryText: text,
    /**
     * The promised date if filed today, and `lastOn`, the same with all that the promise stands still for, which `apart`
     * names. Nothing outside of the window.
     */
    dueIfFiledToday: z.strictObject({
      dueOn: day.nullable(),
      dueBecause: dueBecause.nullable(),
      lastOn: day.nullable(),
      apart: textOrNull,
    }),
    openWindow: openWindow.nullable(),
    fee: text,
    onsiteVisits: integer,
    /** The way that the guardian of a child has to go; null where no child applies, missing as above. */
    childCheck: textOrNull.optional(),
    howToGet: text,
    legalBasis: z.array(z.strictObject({ law: text, article: textOrNull })),
    faq: z.array(z.strictObject({ q: text, a: text, demo: flag })),
    facts: z.array(z.strictObject({ label: text, value: text })),
    hotline: text,
    /** As the first page has it; missing in what an older server has answered. */
    endsOn: day.nullable().optional(),
  })
  .meta({ id: 'ServiceGuide' })
export type ServiceGuide = z.infer<typeof serviceGuide>
