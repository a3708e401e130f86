import { z } from 'zod'
import {
  ON_SITE,
  type OnSite,
  PHOTOS_A_POINT,
  VISIT_ANSWERS,
  type VisitAnswer,
} from '#shared/domain/case/visit/visit-record'
import { caseFile, day, flag, id, moment, reason, text, textOrNull, written } from './primitives'

const answer = z.enum(Object.keys(VISIT_ANSWERS) as VisitAnswer[])
const onSite = z.enum(Object.keys(ON_SITE) as OnSite[])

/** What was found of each point of the guide's list. `remark`: needed where it is not so. */
const visitFinding = z
  .strictObject({
    point: written.max(50),
    answer,
    remark: reason.optional(),
    files: z.array(id).max(PHOTOS_A_POINT).optional(),
  })
  .meta({ id: 'VisitFinding' })

/**
 * `visitedOn`: the day they were there, today when absent. `findings`: all points, none where the guide has no list. `onSiteWords`:
 * what the applicant had to say, or why not signed. `whyAnew`: needed where all had signed what this takes the place of.
 */
export const visitWritten = {
  visitedOn: day.optional(),
  whyAnew: reason.optional(),
  findings: z.array(visitFinding).max(20).optional(),
  onSite,
  onSiteWords: reason.optional(),
}

const visitRecord = z
  .strictObject({
    /** What a signature is bound to. */
    digest: text,
    /** When it was sent. */
    at: moment,
    visitedOn: day,
    officers: z.array(z.strictObject({ staffId: text, name: text, signed: flag })),
    findings: z.array(
      z.strictObject({ point: text, text, answer, remark: textOrNull, files: z.array(caseFile) }),
    ),
    onSite,
    onSiteWords: textOrNull,
    note: textOrNull,
    /** Why it takes the place of one that all had signed; null where it does not. */
    whyAnew: textOrNull,
  })
  .meta({ id: 'VisitRecord' })

const mends = z.enum(['open', 'signed'])

/** Sites that are looked at now, or were: what is asked there, and each record. Staff only. */
export const siteVisits = z.array(
  z.strictObject({
    stepKey: text,
    unitId: text,
    stepName: text,
    checklist: z
      .strictObject({ source: text, points: z.array(z.strictObject({ key: text, text })) })
      .nullable(),
    /** A visit of an earlier day is none of this step. */
    notBefore: day,
    /** Names the visit that is due or was made: after an order or a return it is another. */
    round: text,
    /** What is written now takes the place of `record`; else it is of another visit. */
    mends: mends.nullable(),
    /** Of a visit before the day of an order that has come, what is written takes the place of `record` all the same; missing where no day parts them. */
    mendsBefore: z.strictObject({ day, mends }).optional(),
    /** The last one; null where none was written. */
    record: visitRecord.nullable(),
    /** Those before it, the newest first. */
    earlier: z.array(visitRecord),
  }),
)
export type SiteVisit = z.infer<typeof siteVisits>[number]
