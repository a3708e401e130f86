import { z } from 'zod'
import { day, dueBecause, light } from './primitives'

const serviceItemSummary = z
  .strictObject({
    id: z.string(),
    /** Official name, as in the pack. */
    name: z.string(),
    plainName: z.string(),
    oneLine: z.string(),
    typeName: z.string(),
    departmentName: z.string(),
    theme: z.string(),
    lifeEvent: z.string(),
    promisedDays: z.int(),
    /** The words of the query that matched, empty when listing. */
    because: z.string(),
  })
  .meta({ id: 'ServiceItemSummary' })
export type ServiceItemSummary = z.infer<typeof serviceItemSummary>

export const serviceItemQuery = z.strictObject({
  q: z.string().max(50).optional(),
  lifeEvent: z.string().max(30).optional(),
  departmentId: z.string().max(30).optional(),
  cursor: z.string().max(50).optional(),
})
export const serviceItemList = z
  .strictObject({ items: z.array(serviceItemSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'ServiceItemList' })
export type ServiceItemList = z.infer<typeof serviceItemList>

const point = z.strictObject({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
  hoursText: z.string(),
})

/** One request for the first screen; `todos` and `running` only for who is logged in. */
export const home = z
  .strictObject({
    county: z.string(),
    demo: z.boolean(),
    sponsor: z.string(),
    hotline: z.string(),
    itemCount: z.int(),
    hot: z.array(serviceItemSummary),
    lifeEvents: z.array(z.strictObject({ key: z.string(), name: z.string(), count: z.int() })),
    me: z
      .strictObject({
        greeting: z.string(),
        realNameLevel: z.int(),
        todos: z.array(
          z.strictObject({
            kind: z.enum(['correction', 'result', 'rating']),
            caseId: z.uuid(),
            title: z.string(),
            note: z.string(),
            dueOn: day.nullable(),
            light: light.nullable(),
            page: z.string(),
            actionLabel: z.string(),
          }),
        ),
        running: z.array(
          z.strictObject({
            caseId: z.uuid(),
            plainName: z.string(),
            statusText: z.string(),
            dueOn: day.nullable(),
            dueBecause: dueBecause.nullable(),
          }),
        ),
        servicePoint: point.nullable(),
        unreadMessages: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Home' })
export type Home = z.infer<typeof home>

export const serviceGuide = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    name: z.string(),
    plainName: z.string(),
    oneLine: z.string(),
    appliesTo: z.string(),
    typeName: z.string(),
    departmentName: z.string(),
    organName: z.string(),
    organPhone: z.string().nullable(),
    demo: z.boolean(),
    amount: z
      .strictObject({
        text: z.string(),
        rows: z.array(z.strictObject({ when: z.string(), value: z.string() })),
        demo: z.boolean(),
      })
      .nullable(),
    acceptConditions: z.array(z.string()),
    papers: z.array(
      z.strictObject({
        name: z.string(),
        required: z.boolean(),
        /** `on-file` only for the confirmed owner; `if-on-file` says to others that it may be exempt. */
        state: z.enum(['generated', 'on-file', 'if-on-file', 'bring']),
        source: z.string(),
        note: z.string().nullable(),
      }),
    ),
    steps: z.array(z.strictObject({ name: z.string(), unitName: z.string(), limitText: z.string() })),
    promisedText: z.string(),
    statutoryText: z.string(),
    /** The date if filed today. */
    dueIfFiledToday: z.strictObject({ dueOn: day.nullable(), dueBecause: dueBecause.nullable() }),
    openWindow: z
      .strictObject({ from: z.string(), to: z.string(), open: z.boolean(), nextOpensOn: day.nullable() })
      .nullable(),
    fee: z.string(),
    onsiteVisits: z.int(),
    howToGet: z.string(),
    legalBasis: z.array(z.strictObject({ law: z.string(), article: z.string().nullable() })),
    faq: z.array(z.strictObject({ q: z.string(), a: z.string(), demo: z.boolean() })),
    facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    hotline: z.string(),
  })
  .meta({ id: 'ServiceGuide' })
export type ServiceGuide = z.infer<typeof serviceGuide>
