import type { WhomToAsk } from '#shared/contract/primitives'
import { platform } from '../../../platform'
import { HOTLINE } from '../../../ui/words/hotline'

interface Known {
  /** Missing in what an older server has answered or the phone has kept. */
  readonly ask?: WhomToAsk | null | undefined
  /** Where nothing more is known. */
  readonly phone: string | null
}

const NOBODY: Pick<WhomToAsk, 'shortName' | 'phone' | 'answered'> = {
  shortName: '',
  phone: null,
  answered: null,
}

/**
 * Whom a page calls (ADR 0070): while nobody is there the county's number, which is answered day and night (国办发〔2020〕53号).
 * `side`: the words of a small button; `away`: of whom nobody is there, and from when on somebody is.
 */
export function callOf({ ask, phone }: Known) {
  const { shortName, phone: own, answered } = ask || NOBODY
  const away = answered && !answered.open ? shortName + answered.hours : undefined
  const number = (!away && (own || phone)) || HOTLINE
  const side = away ? `打 ${number}` : '打电话'
  return {
    words: own && !away ? `打给${shortName}` : `${side}${away ? ' ' : ''}问`,
    side,
    number,
    away,
    call: () => platform.makePhoneCall(number),
  }
}
