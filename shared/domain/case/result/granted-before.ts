import { fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { CaseState } from '../state'
import { isPaying } from './payout'

type Granted = Pick<CaseState, 'decision' | 'status'>

const GRANTED: ReadonlySet<CaseState['status']> = new Set(['granted', 'concluded', 'delivered'])

/**
 * For whoever is about to grant: the same was granted to the same holder before, and stands. Where the item names what makes two
 * the same, that alone counts (`ofKey`); of what is paid without such a key, the number (`ofNumber`). Null where nothing stands.
 */
export function grantedBeforeWords(
  item: Pick<ServiceItem, 'amount' | 'fields' | 'steps' | 'duplicateKeys'>,
  { ofKey, ofNumber }: { readonly ofKey: readonly Granted[]; readonly ofNumber: Granted | null },
): string | null {
  const same = item.duplicateKeys === null ? (isPaying(item) && ofNumber ? [ofNumber] : []) : ofKey
  const standing = same.find(({ status, decision }) => GRANTED.has(status) && decision?.kind === 'granted')
  if (!standing?.decision) return null
  return `同一个号码，${fullDay(dayIn(standing.decision.at))}已经批过一件，现在还算数。先核是不是同一件事，是就不能再批。`
}
