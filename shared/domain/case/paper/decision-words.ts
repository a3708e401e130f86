import { fullDay } from '../../kernel/day-words'
import { type PlainDate, plainDate } from '../../kernel/plain-date'
import { quoted } from '../../kernel/quoted'
import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import { isRecord } from '../../service-item/record'
import { bookedInFull } from '../result/booked'
import { APPROVER_ROLES } from '../step/approvers'

const VERDICTS = {
  granted: { found: '经审查，符合规定的条件，', verdict: '准予办理。' },
  refused: { found: '经审查，不符合规定的条件，', verdict: '不予办理。' },
  declined: { found: '经查看，', verdict: '决定不予受理。' },
} as const

/** Of 备案: nothing is permitted by it. */
const RECORDED: { readonly [Kind in keyof typeof VERDICTS]?: string } = {
  granted: '予以备案。',
  refused: '不予备案。',
}

/**
 * A decision, as its document says it (行政许可法 第38条); days as `YYYY-MM-DD`, as they come over the wire. The basis is the
 * item's own (`legalBasis` of the pack).
 */
interface Decided {
  /** `declined`: not accepted. */
  readonly kind: keyof typeof VERDICTS
  readonly itemName: string
  /** It is written to a firm. */
  readonly isFirm: boolean
  readonly filedOn: string
  readonly accepted: { readonly on: string; readonly bySilence: boolean } | null
  /** What one of several organs decides of it; null, or missing, where one decides the whole. */
  readonly part?: string | null
  /** As they are cited. */
  readonly legalBasis: readonly string[]
  /** What is given with a grant beside the decision; null where nothing is. */
  readonly result: string | null
  /** How long it is valid, in words. */
  readonly validText: string | null
  /** The half days that are granted, in words; null where none was asked for. */
  readonly booked: string | null
}

/** Accepted by silence it is from the day of the receipt, which no organ did (行政许可法 第32条); else by whichever organ. */
function acceptedWords(accepted: Decided['accepted']) {
  if (accepted === null) return ''
  const on = fullDay(plainDate(accepted.on))
  return accepted.bySilence ? `，自材料收齐之日（${on}）起视为受理` : `，${on}受理`
}

/** How a document begins: who asked for what, and when. */
export const filedWords = (isFirm: boolean, filedOn: PlainDate, itemName: string) =>
  `${isFirm ? '你单位' : '你'}于${fullDay(filedOn)}申请${quoted(itemName)}`

/** 你单位于2026年11月2日申请“…”，2026年11月3日受理。 */
export const appliedWords = ({
  isFirm,
  filedOn,
  itemName,
  accepted,
}: Pick<Decided, 'isFirm' | 'filedOn' | 'itemName' | 'accepted'>) =>
  `${filedWords(isFirm, plainDate(filedOn), itemName)}${acceptedWords(accepted)}。`

/** Before the reason of whoever grants what somebody before them, or a visit, found otherwise. */
export const GRANTED_ALL = '审核中有不同意见或者不符合的地方，仍然准予的理由：'

export const reasonWords = (reason: string) => `理由：${reason}`

/** What one of several organs decides of it. */
export const ownPartWords = (part: string) => `其中的“${part}”由本机关决定。`

/** Said on the paper where somebody else has decided than whose it is: by the role of the step. */
export const inPlaceWords = ({ inPlaceOf }: { readonly inPlaceOf?: string | undefined }, role: StaffRole) =>
  inPlaceOf === undefined
    ? null
    : `本决定由代行${APPROVER_ROLES.includes(role) ? '本机关负责人' : '经办人'}职责的人作出。`

/** What was asked for and when, what it rests on and finds; then the verdict, which a draft marks; then what is given. */
export function verdictWords({
  kind,
  itemName,
  isFirm,
  filedOn,
  accepted,
  part = null,
  legalBasis,
  result,
  validText,
  booked,
}: Decided) {
  const { found } = VERDICTS[kind]
  const verdict = (isRecord({ name: itemName }) ? RECORDED[kind] : undefined) ?? VERDICTS[kind].verdict
  const asked = appliedWords({ isFirm, filedOn, itemName, accepted })
  const own = part === null ? '' : ownPartWords(part)
  const given = result === null ? '' : `发给《${result}》。`
  const valid = validText === null ? '' : `有效期 ${validText}。`
  const basis = legalBasis.length === 0 ? '' : `根据${legalBasis.join('、')}，`
  return {
    found: asked + own + found + basis,
    verdict,
    given: given + valid + (booked === null ? '' : `预约时间：${booked}。`),
  }
}

/** What is given with a grant beside its document, for how long and for when; null where nothing is. */
export function givenWith(
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  state: Parameters<typeof bookedInFull>[0],
  isGranted: boolean,
) {
  const { kind, title, validYears } = resultDocument
  return {
    result: isGranted && kind !== 'decision' ? title : null,
    validText: isGranted && validYears !== null ? `${validYears} 年` : null,
    booked: isGranted ? bookedInFull(state) : null,
  }
}
