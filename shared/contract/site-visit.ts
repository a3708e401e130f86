import { z } from 'zod'
import { ON_SITE, type OnSite, VISIT_ANSWERS, type VisitAnswer } from '#shared/domain/case/visit-record'
import { caseFile, flag, id, moment, reason, text, textOrNull, written } from './primitives'

const answer = z.enum(Object.keys(VISIT_ANSWERS) as VisitAnswer[])
const onSite = z.enum(Object.keys(ON_SITE) as OnSite[])

const PHOTOS_A_POINT = 6

/** What was found of each point of the guide's list. `remark`: needed where it is not so. */
const visitFinding = z
  .strictObject({
    point: written.max(50),
    answer,
    remark: reason.optional(),
    files: z.array(id).max(PHOTOS_A_POINT).optional(),
  })
  .meta({ id: 'VisitFinding' })

/** `findings`: all points, none where the guide has no list. `onSiteWords`: what the applicant had to say, or why not signed. */
export const visitWritten = {
  findings: z.array(visitFinding).max(20).optional(),
  onSite,
  onSiteWords: reason.optional(),
}

/** Sites that are looked at now, or were: what is asked there, and the last record. Staff only. */
export const siteVisits = z.array(
  z.strictObject({
    stepKey: text,
    unitId: text,
    stepName: text,
    checklist: z
      .strictObject({ source: text, points: z.array(z.strictObject({ key: text, text })) })
      .nullable(),
    record: z
      .strictObject({
        /** What a signature is bound to. */
        digest: text,
        at: moment,
        officers: z.array(z.strictObject({ staffId: text, name: text, signed: flag })),
        findings: z.array(
          z.strictObject({ point: text, text, answer, remark: textOrNull, files: z.array(caseFile) }),
        ),
        onSite,
        onSiteWords: textOrNull,
        note: textOrNull,
      })
      .nullable(),
  }),
)
export type SiteVisit = z.infer<typeof siteVisits>[number]
