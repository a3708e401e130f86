import { fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import { citationsOf } from '../../service-item/citations'
import type { ServiceItem } from '../../service-item/item'
import type { CaseEvent } from '../events'
import { OUTCOME_WORDS } from '../outcome/outcome-words'
import {
  decidedShares,
  isStanding,
  ownDecision,
  partlyWords,
  refusedBefore,
  tallyOf,
} from '../parallel/share-decisions'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { appliedWords, inPlaceWords, reasonWords, verdictWords } from './decision-words'

type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>
interface Words {
  readonly paragraphs: readonly {
    readonly said: string
    readonly reason?: string
    readonly documentId?: string
  }[]
  readonly plain: string
}

interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly remedy: string | null
  /** The document of each organ's decision, by the unit. */
  readonly ownPapers: ReadonlyMap<string, string>
}

const begun = ({ item, state }: Pick<Issuing, 'item' | 'state'>) =>
  ({
    itemName: item.name,
    isFirm: state.applicant?.kind === 'firm',
    filedOn: dayIn(state.filedAt),
    accepted: state.accepted,
    result: null,
    validText: null,
    booked: null,
  }) as const

/** 行政许可法 第26、38条: what one of several organs decides of its own part, in its own name. */
export function ownDecided(issuing: Issuing, event: EventOf<'examined'>): Words {
  const { item, remedy } = issuing
  const { name = item.name, legalBasis = item.legalBasis } = ownDecision(item, event) ?? {}
  const isGranted = event.outcome === 'passed'
  const inPlace = inPlaceWords(event, stepOf(item, event.stepKey).role)
  const { found, verdict } = verdictWords({
    ...begun(issuing),
    kind: isGranted ? 'granted' : 'refused',
    part: name,
    legalBasis: citationsOf({ legalBasis }),
  })
  return {
    paragraphs: [
      { said: found + verdict },
      ...(inPlace === null ? [] : [{ said: inPlace }]),
      ...(isGranted || event.reasonDigest === null
        ? []
        : [{ said: reasonWords(''), reason: event.reasonDigest }]),
      ...(remedy === null ? [] : [{ said: remedy }]),
    ],
    plain: isGranted
      ? `${name}${OUTCOME_WORDS.granted}。`
      : `${name}${OUTCOME_WORDS.refused}，为什么、不同意怎么办，上面都写着。`,
  }
}

/** What the packet says before and after the list of the decisions, in words that the draft of it has too. */
export function packetWords({ item, state }: Pick<Issuing, 'item' | 'state'>) {
  const shares = decidedShares(item, state)
  const refused = shares.filter(({ isGranted }) => !isGranted).length
  const resting = shares.flatMap((share) => {
    const needed = refusedBefore(item, state, share)
    return needed.length > 0 ? [{ ...share, needed: needed.map(({ name }) => `“${name}”`).join('、') }] : []
  })
  // Before it was asked, some were granted without what they rest on.
  const areApart = resting.every((share) => !isStanding(share))
  return {
    head: `${appliedWords(begun({ item, state }))}根据${citationsOf(item).join('、')}，下列机关各自作出决定，统一送达：`,
    shares: shares.map(({ unitId, name, isGranted, revokedAt }, at) => ({
      unitId,
      said: `${at + 1}. ${name}：${isGranted ? '准予' : '不予'}${revokedAt === undefined ? '' : `（${fullDay(dayIn(revokedAt))}撤销）`}`,
    })),
    tail: [
      ...(refused > 0 && refused < shares.length && areApart
        ? ['准予的各自有效，不因为别的没有准予而失效。']
        : []),
      ...resting.map(({ name, needed }) => `“${name}”要以${needed}准予为前提。`),
      ...(refused > 0
        ? ['没有准予的，理由和不服怎么办写在那一份决定书上；条件具备了，可以再申请那一样。']
        : []),
      `这份出件单只把各份决定送达给${state.applicant?.kind === 'firm' ? '你单位' : '你'}，不另作决定。`,
    ],
  }
}

/** 行政许可法 第26条: whoever handed the application round hands over what each has decided, and decides nothing. */
export function joined(issuing: Issuing): Words {
  const { item, state, ownPapers } = issuing
  const { head, shares, tail } = packetWords(issuing)
  const partly = tallyOf(item, state)
  const all = state.decision?.kind === 'refused' ? `这次${OUTCOME_WORDS.refused}` : OUTCOME_WORDS.granted
  return {
    paragraphs: [
      { said: head },
      ...shares.map(({ unitId, said }) => {
        const documentId = ownPapers.get(unitId)
        return documentId === undefined ? { said: `${said}。` } : { said: `${said}，`, documentId }
      }),
      ...tail.map((said) => ({ said })),
    ],
    plain: `${partly ? partlyWords(partly) : all}，每一样的决定书都在这里。`,
  }
}
