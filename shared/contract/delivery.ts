import { z } from 'zod'
import { DELIVERY_ACTS } from '#shared/domain/case/delivery/delivery'
import { CARRIERS, type Carrier, SERVED_PAPERS } from '#shared/domain/case/delivery/delivery-state'
import { TAKER_POWERS, type TakerPower } from '#shared/domain/case/delivery/delivery-words'
import { DEATH_ACTS } from '#shared/domain/case/delivery/record-death'
import { isTrackingNumber, trackingNumber } from '#shared/domain/case/delivery/tracking-number'
import { hasUnseen } from '#shared/domain/kernel/written'
import { DELIVERY_METHODS, type DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import { day, flag, nameOfPerson, reason, text, textOrNull, written } from './primitives'

const method = z.enum(Object.keys(DELIVERY_METHODS) as DeliveryMethod[])
const carrier = z.enum(Object.keys(CARRIERS) as Carrier[])
const of = z.enum(SERVED_PAPERS)
const act = { version: z.int().min(1), of }
const TAKERS = Object.keys(TAKER_POWERS) as TakerPower[]
const taker = z.strictObject({ name: nameOfPerson, power: z.enum(TAKERS) })
const line = written.refine((words) => !hasUnseen(words)).trim()

/** What staff write down of a paper on its way to whom it is for. Days are in Asia/Shanghai, none of them to come. */
export const deliverPaper = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('post'),
      ...act,
      carrier,
      /** With or without blanks; kept without. */
      trackingNumber: written.max(40).overwrite(trackingNumber),
      postedOn: day,
      /** As of `hand-over`; not needed where a letter has come back. */
      reason: reason.optional(),
    }),
    /** `taker`: as of `hand-over`, by the receipt of the letter. */
    z.strictObject({ action: z.literal('record-receipt'), ...act, receivedOn: day, taker: taker.optional() }),
    z.strictObject({ action: z.literal('record-return'), ...act, returnedOn: day, reason }),
    /** `taker`: who took it for the addressee, and by which power; the addressee when absent. Of what ended for a death needed, `family`. */
    z.strictObject({
      action: z.literal('hand-over'),
      ...act,
      takenOn: day,
      taker: taker.optional(),
      /** Why the result goes another way than was chosen: 422 `case.reason-missing` without it. */
      reason: reason.optional(),
    }),
    /** Left today where they live who would not take it: `witnesses`, who they are and of where; why they would not. */
    z.strictObject({
      action: z.literal('leave'),
      ...act,
      witnesses: z.array(line.min(2).max(60)).length(2),
      refusal: reason,
      /** As of `hand-over`; not needed where a letter has come back. */
      reason: reason.optional(),
    }),
    /** Put up today for whom nothing else reaches, after a letter has come back. `place`: where it hangs. */
    z.strictObject({
      action: z.literal('announce'),
      ...act,
      place: line.min(2).max(100),
      reason,
      /** Whom of the family it names, where who applied has died; else refused. */
      family: line.min(2).max(60).optional(),
    }),
    z.strictObject({ action: z.literal('record-announced'), ...act }),
  ])
  .superRefine((body, context) => {
    if (body.action === 'post' && !isTrackingNumber(body.carrier, body.trackingNumber))
      context.addIssue({
        code: 'custom',
        path: ['trackingNumber'],
        message: '照邮政面单上的单号写，有一位对不上',
        input: body.trackingNumber,
      })
  })
  .meta({ id: 'DeliverPaper' })
export type DeliverPaper = z.infer<typeof deliverPaper>

/**
 * Whom a decision was made for has died, and the decision stands: its papers go to the family from then on. `proof`: which paper was
 * looked at. Recorded in error it is taken back with a `reason`. Before the decision a death ends the case: `terminate`.
 */
export const recordDeath = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('record'),
      version: z.int().min(1),
      /** Of a day before the application it is said that it was seen (`beforeFiling`): nobody who lived had applied. */
      diedOn: day,
      proof: reason,
      beforeFiling: z.literal(true).optional(),
    }),
    z.strictObject({ action: z.literal('withdraw'), version: z.int().min(1), reason }),
  ])
  .meta({ id: 'RecordDeath' })
export type RecordDeath = z.infer<typeof recordDeath>

/** How the applicant wants the papers: `electronic` is their word that what is signed is served on the phone. */
const wish = {
  method,
  /** Needed where it is posted, else refused. */
  address: line.min(5).max(120).optional(),
}
/** Said with the application. */
export const deliveryWish = z.strictObject(wish)
export type DeliveryWish = z.infer<typeof deliveryWish>
export const chooseDelivery = z
  .strictObject({ version: z.int().min(1), ...wish })
  .meta({ id: 'ChooseDelivery' })
export type ChooseDelivery = z.infer<typeof chooseDelivery>

export const deliveryChoices = z.array(z.strictObject({ method, label: text }))

/** How what is decided comes to whom it is for. */
export const deliveryView = z.strictObject({
  /** The last day that law or guide leaves for the result; null where none does, it is served, or the year has no calendar. */
  dueOn: day.nullable(),
  /** Null until it was said. `address`: null where it is not posted, was deleted, or is not this reader's to read. */
  choice: z.strictObject({ method, label: text, address: textOrNull }).nullable(),
  /** Empty where the reader has nothing to choose, or no more. */
  choices: deliveryChoices,
  papers: z.array(
    z.strictObject({
      of,
      /** In words: 拟撤销告知书. */
      name: text,
      /** The letter that went last. */
      posted: z
        .strictObject({ carrier: text, trackingNumber: textOrNull, on: day, returnedOn: day.nullable() })
        .nullable(),
      /** Why it came back; null where it has not. */
      returnedBecause: textOrNull,
      served: z.strictObject({ on: day, how: text, taker: textOrNull }).nullable(),
      /** Put up: with the end of `until` it counts as served. Null where it was not. */
      announced: z.strictObject({ on: day, until: day, place: textOrNull }).nullable(),
      /** It has to be served by hand or by post, and is not yet. */
      awaited: flag,
      /** Who applied has died: it is put into the hand of somebody of the family, who is named. Missing of every other. */
      forFamily: flag.optional(),
      /** What staff may write down of it now; empty for everybody else. */
      acts: z.array(z.enum(DELIVERY_ACTS)),
      /** Those of `acts` that take a `reason`, for it goes another way than was chosen. Missing in what an older server has answered. */
      asksWhy: z.array(z.enum(DELIVERY_ACTS)).optional(),
    }),
  ),
  /** To staff: that who applied has died, as it was recorded after the decision; missing of every other. `proof`: null once deleted. */
  death: z.strictObject({ on: day, proof: textOrNull }).optional(),
  /** What this reader may write down of that now; missing where it is nothing. */
  deathActs: z.array(z.enum(DEATH_ACTS)).optional(),
  /** Of a project, what was refused and served on the phone before the rest: each in a sentence with its own day. Missing in what an older server has answered. */
  refusedOnPhone: z.array(text).optional(),
})

/** Refused or not accepted: by whom, why, and where one may have it looked at again. */
export const againstView = z.strictObject({
  on: day,
  /** As its document is signed. */
  organName: text,
  /** Organ and person. */
  who: text,
  /** What its document is called; null where none was issued. */
  documentTitle: textOrNull,
  /** Null where it stands in the document alone, or was deleted with it. */
  reason: textOrNull,
  /** Deleted by right, with all but its name. */
  deleted: flag,
  /** As the document says it; null where nothing can be asked for. */
  remedy: textOrNull,
  /**
   * The same, one by one; null where the law asks for something else first. The last days are null until the day is known on
   * which it was served.
   */
  ways: z
    .strictObject({
      reviewAuthority: text,
      court: text,
      servedOn: day.nullable(),
      reviewUntil: day.nullable(),
      suitUntil: day.nullable(),
      /** Where the last day is not known, for its year has no calendar: it is not before this one. Missing in what an older server has answered. */
      reviewNotBefore: day.nullable().optional(),
      suitNotBefore: day.nullable().optional(),
    })
    .nullable(),
})
