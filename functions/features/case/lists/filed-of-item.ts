import { sql } from 'drizzle-orm'
import type { FiledBefore } from '#shared/contract/service-item'
import { isDisowned } from '#shared/domain/case/identity'
import { isOver } from '#shared/domain/case/outcome-words'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { GRANTED_ON, IS_DISOWNED, IS_FOR_FIRM } from '../../../platform/db/parts/stored-state'
import type { Principal } from '../../../platform/http/principal'
import { barsSecond } from '../../application'
import type { FiledOfItem } from '../../service-item'
import { ownersJson } from '../case-row'
import { isFiledByOther, type OwnState, takesOver } from '../standing'
import { standOf, summaryOf } from './list-cases'
import {
  filedOfItemPart,
  type ListedCase,
  listedFrom,
  myCasesColumn,
  type StoredListed,
  TOLD_OF_ITEM,
} from './list-queries'

type Stored = StoredListed & {
  readonly bars: boolean
  /** Who may act for the firm that it is for; null for a person's. */
  readonly agents: readonly string[] | null
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

/** One's own, theirs and one's firm's before what was filed for others. */
const ownFirst = (filed: readonly FiledBefore[]) => [
  ...filed.filter(({ whose }) => whose !== 'other'),
  ...filed.filter(({ whose }) => whose === 'other'),
]

export const filedOfItem: FiledOfItem = {
  parts: (itemId, now) => [filedOfItemPart(itemId, dayIn(now))],
  column: (now: Instant) =>
    myCasesColumn(
      now,
      sql`, 'bars', ${barsSecond(dayIn(now))},
        'agents', case when ${IS_FOR_FIRM} then ${ownersJson(dayIn(now))} end`,
    ),
  grantedOn: (itemId) => sql`(select max(${GRANTED_ON}) from cases c, principal p where p.real_name_level = 3
    and c.applicant_index = p.id_number_index and c.service_item_id = ${itemId} and not ${IS_DISOWNED})`,
  async tell(database, stored, { principal, reference, now }) {
    const rows = (stored ?? []) as readonly Stored[]
    const known = new Map(rows.map((row) => [row.id, row]))
    const listed = await listedFrom(database, rows, dayIn(now))
    const filed = listed.flatMap((row): FiledBefore[] => {
      const { own } = standOf(row, reference, now)
      if (isDisowned(own)) return []
      const { id, applicantMasked, outcome } = summaryOf(row, { principal, name: null }, reference, now)
      const { bars, agents } = known.get(id) ?? { bars: false, agents: null }
      const whose = whoseOf(row, { bars, agents }, own, principal)
      const { key, word } = outcome
      // What came to nothing keeps nobody from beginning anew.
      if (isOver(outcome) && key !== 'granted') return []
      return [
        {
          caseId: id,
          whose,
          forFirm: own.applicant?.kind === 'firm',
          bars: bars && whose !== 'other',
          applicantMasked,
          filedOn: dayIn(row.filedAt),
          word,
          isOver: key === 'granted',
        },
      ]
    })
    return { filed: ownFirst(filed).slice(0, TOLD_OF_ITEM), hasMoreFiled: filed.length > TOLD_OF_ITEM }
  },
}
