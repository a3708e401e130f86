import { z } from 'zod'
import { CERTIFICATE_STATUSES } from '../domain/case/result/certificate'
import { day, id, text } from './primitives'

/** What whoever has the code of a certificate reads of it. `holderMasked`: 陈*兰; the name of a firm stands whole. */
export const certificateFacts = z
  .strictObject({
    status: z.enum(CERTIFICATE_STATUSES),
    title: text,
    number: text,
    organName: text,
    holderMasked: text,
    /** The number of the paper that put the holder's name right, of the last one; missing where it was issued under this name. */
    correctedBy: text.optional(),
    issuedOn: day,
    /** Since when it is void; missing of what stands. */
    revokedOn: day.optional(),
    /** Only while that day is still to come: it renews one that lasts until the day before. */
    validFrom: day.optional(),
    /** The last day; null where it has no end. */
    validTo: day.nullable(),
  })
  .meta({ id: 'CertificateFacts' })
export type CertificateFacts = z.infer<typeof certificateFacts>

/** What a certificate prints beside its words. */
export const issuedCertificate = z.strictObject({
  /** As it is typed; `link` is what its square code says. */
  code: text,
  link: text,
  /** Picture of the square code, as a `data:` address. */
  picture: text,
  status: z.enum(CERTIFICATE_STATUSES),
  rows: z.array(z.strictObject({ label: text, text })),
  validFrom: day,
  validTo: day.nullable(),
})

/** A certificate as its holder has it at hand. */
export const heldCertificate = issuedCertificate
  .pick({ code: true, picture: true, status: true, validFrom: true, validTo: true })
  .extend({
    documentId: id,
    title: text,
    /** Until when asking for renewal keeps it alive until the decision; null where it cannot be asked for now. */
    renewBy: day.nullable(),
  })
