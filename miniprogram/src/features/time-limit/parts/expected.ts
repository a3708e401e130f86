import type { CaseView } from '#shared/contract/case'
import { dayWords } from '../../../ui/words/dates'

/** Of a stop: 预计 12月9日 周三 做完; once that day is over, that it is not. Null where nothing stops it. */
export function expectedWords({ expectedOn }: Pick<CaseView, 'expectedOn'>, today: string) {
  if (!expectedOn) return null
  return expectedOn < today
    ? `原来预计 ${dayWords(expectedOn)} 做完，过了，还没做完`
    : `预计 ${dayWords(expectedOn)} 做完`
}
