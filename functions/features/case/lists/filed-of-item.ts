import { sql } from 'drizzle-orm'
import type { FiledBefore } from '#shared/contract/service-item'
import { isDisowned } from '#shared/domain/case/identity'
import { isOver } from '#shared/domain/case/outcome-words'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { GRANTED_ON, IS_DISOWNED } from '../../../platform/db/parts/stored-state'
import type { Principal } from '../../../platform/http/principal'
import { barsSecond } from '../../application'
import type { FiledOfItem } from '../../service-item'
import { standOf, summaryOf } from './list-cases'
import {
  filedOfItemPart,
  type ListedCase,
  listedFrom,
  myCasesColumn,
  type StoredListed,
} from './list-queries'

type Stored = StoredListed & { readonly bars: boolean }

/** Whose case it is to the reader; a typed number alone makes none theirs that somebody else has filed. */
function whoseOf(
  { filedBy, ownerId, applicantIndex }: ListedCase,
  { profileId, idNumberIndex }: Principal,
  bars: boolean,
): FiledBefore['whose'] {
  if (applicantIndex !== null && applicantIndex !== idNumberIndex) return 'other'
  return bars || filedBy === profileId || ownerId === profileId ? 'own' : 'helped'
}

export const filedOfItem: FiledOfItem = {
  parts: (itemId, now) => [filedOfItemPart(itemId, dayIn(now))],
  column: (now: Instant) => myCasesColumn(now, sql`, 'bars', ${barsSecond(dayIn(now))}`),
  grantedOn: (itemId) => sql`(select max(${GRANTED_ON}) from cases c, principal p where p.real_name_level = 3
    and c.applicant_index = p.id_number_index and c.service_item_id = ${itemId} and not ${IS_DISOWNED})`,
  async tell(database, stored, { principal, reference, now }) {
    const rows = (stored ?? []) as readonly Stored[]
    const bars = new Map(rows.map((row) => [row.id, row.bars]))
    const listed = await listedFrom(database, rows, dayIn(now))
    return listed.flatMap((row) => {
      const { own } = standOf(row, reference, now)
      if (isDisowned(own)) return []
      const { id, applicantMasked, outcome } = summaryOf(row, { principal, name: null }, reference, now)
      const whose = own.applicant?.kind === 'firm' ? 'firm' : whoseOf(row, principal, bars.get(id) === true)
      const { key, word } = outcome
      // What came to nothing keeps nobody from beginning anew.
      if (isOver(outcome) && key !== 'granted') return []
      return [
        {
          caseId: id,
          whose,
          applicantMasked,
          filedOn: dayIn(row.filedAt),
          word,
          isOver: key === 'granted',
        },
      ]
    })
  },
}
