import { sql } from 'drizzle-orm'
import type { FiledBefore } from '#shared/contract/service-item'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { applicantFieldsOf, fieldsApart } from '#shared/domain/application/item-answers'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import {
  ANSWERS_DIGEST,
  GRANTED_ON,
  IS_DISOWNED,
  IS_FOR_FIRM,
  IS_GRANTED_STATUS,
} from '../../../platform/db/parts/stored-state'
import type { Principal } from '../../../platform/http/principal'
import type { Cipher } from '../../../platform/ports/cipher'
import { barsSecond } from '../../application'
import type { FiledOfItem, Reference } from '../../service-item'
import { answerLabels } from '../answer-labels'
import { ownersJson } from '../case-row'
import { isFiledByOther, type OwnState, ownClaim, readsOwnAlone, takesOver } from '../standing'
import { openContent } from '../texts'
import { filedOfItemPart, TOLD_OF_ITEM } from './filed-queries'
import { standOf, summaryOf } from './list-cases'
import { type ListedCase, listedFrom, myCasesColumn, type StoredListed } from './list-queries'

type Stored = StoredListed & {
  readonly bars: boolean
  /** Who may act for the firm that it is for; null for a person's. */
  readonly agents: readonly string[] | null
  /** The answers, of a case whose item names keys. */
  readonly content: { readonly digest: string; readonly sealed: string } | null
}

/** Whose case it is to the reader; a typed number or code alone makes none theirs that somebody else has filed. */
function whoseOf(
  row: ListedCase,
  { bars, agents }: Pick<Stored, 'bars' | 'agents'>,
  own: OwnState,
  principal: Principal,
): FiledBefore['whose'] {
  const { profileId, idNumberIndex } = principal
  if (own.applicant?.kind === 'firm') {
    return takesOver({ ...row, state: own, owners: agents ?? [] }, principal) ? 'helped' : 'firm'
  }
  if (row.applicantIndex !== null && row.applicantIndex !== idNumberIndex) return 'other'
  return bars || !isFiledByOther(row, profileId) ? 'own' : 'helped'
}

/** A second one of the reader would be of the same confirmed owner: who is not confirmed is not refused. */
const isConfirmedFor = (row: ListedCase, state: OwnState, principal: Principal) =>
  ownClaim({ ...row, state }, principal).owner

/**
 * What its keys were answered with, masked as everywhere; null where nothing tells two apart, or the owner has changed what
 * the reader had brought.
 */
function toldApartIn(
  row: ListedCase,
  { content }: Pick<Stored, 'content'>,
  own: OwnState,
  { cipher, principal, reference }: { cipher: Cipher; principal: Principal; reference: Reference },
): string | null {
  const held = { ...row, state: own }
  const isChanged = own.changes.some(({ byOwner }) => byOwner)
  if (content === null || (isChanged && readsOwnAlone(held, ownClaim(held, principal)))) return null
  const item = reference.at(row.serviceItemId, row.itemVersion)
  const { answers } = openContent(cipher, row.id, [content], content.digest)
  const { name } = applicantFieldsOf(item)
  const said = fieldsApart(item).flatMap((field) => {
    const text = field.key === name ? '' : describeAnswer(field, answers[field.key], answerLabels(reference))
    return text === '' ? [] : [`${field.label} ${text}`]
  })
  return said.length === 0 ? null : said.join('，')
}

/** As the statement ranks them. */
const IN_TURN: readonly ((each: FiledBefore) => boolean)[] = [
  ({ bars }) => bars,
  ({ whose, bars }) => !bars && (whose === 'own' || whose === 'firm'),
  ({ whose, bars }) => !bars && whose === 'helped',
  ({ whose, bars }) => !bars && whose === 'other',
]
const inTurn = (filed: readonly FiledBefore[]) => IN_TURN.flatMap((isNext) => filed.filter(isNext))

/** The answers of the case `c`, where its item names keys: of any other nothing tells two apart. */
const CONTENT = sql`case when c.key_index is not null then (select json_build_object('digest', x.digest, 'sealed', x.sealed)
  from case_texts x where x.case_id = c.id and x.digest = ${ANSWERS_DIGEST}) end`

export const createFiledOfItem = (cipher: Cipher): FiledOfItem => ({
  parts: (itemId, now) => [filedOfItemPart(itemId, dayIn(now))],
  column: (now: Instant) =>
    myCasesColumn(
      now,
      sql`, 'bars', ${barsSecond(dayIn(now))},
        'agents', case when ${IS_FOR_FIRM} then ${ownersJson(dayIn(now))} end, 'content', ${CONTENT}`,
    ),
  grantedOn: (itemId) => sql`(select max(${GRANTED_ON}) from cases c, principal p where p.real_name_level = 3
    and c.applicant_index = p.id_number_index and c.service_item_id = ${itemId} and ${IS_GRANTED_STATUS} and not ${IS_DISOWNED})`,
  async tell(database, stored, { principal, reference, now }) {
    const rows = (stored ?? []) as readonly Stored[]
    const known = new Map(rows.map((row) => [row.id, row]))
    const listed = await listedFrom(database, rows, dayIn(now))
    const filed = listed.flatMap((row): FiledBefore[] => {
      const { own } = standOf(row, reference, now)
      const { id, applicantMasked, outcome } = summaryOf(row, { principal, name: null }, reference, now)
      const { bars, agents, content } = known.get(id) ?? { bars: false, agents: null, content: null }
      const whose = whoseOf(row, { bars, agents }, own, principal)
      const { key, word } = outcome
      return [
        {
          caseId: id,
          whose,
          forFirm: own.applicant?.kind === 'firm',
          bars: bars && isConfirmedFor(row, own, principal),
          applicantMasked,
          toldApart: toldApartIn(row, { content }, own, { cipher, principal, reference }),
          filedOn: dayIn(row.filedAt),
          word,
          isOver: key === 'granted',
        },
      ]
    })
    return { filed: inTurn(filed).slice(0, TOLD_OF_ITEM), hasMoreFiled: filed.length > TOLD_OF_ITEM }
  },
})
