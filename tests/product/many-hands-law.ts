import type { ServiceItem } from '#shared/domain/service-item/item'
import { packItems } from '../generated-input'
import type { Person } from './county'

// Who may see and do what, counted from the law alone, apart from the product.
export const [DALIANG, LIMING] = ['341821105200', '341821105203']
export const ITEMS = ['LX-018', 'LX-009', 'LX-052'] as const

const items = packItems()
export const itemOf = (itemId: string): ServiceItem => {
  const found = items.find(({ id }) => id === itemId)
  if (!found) throw new Error(itemId)
  return found
}

export interface Somebody {
  readonly person: Person
  readonly profileId: string
  readonly name: string
  /** Typed or confirmed. */
  readonly idNumber: string
  readonly level: 2 | 3
}

export const RESIDENTS = ['owner', 'other', 'filer', 'stranger', 'agent', 'limited'] as const
export const STAFF = [
  'wang-lixin',
  'zhao-xiaoyan',
  'zhao-min',
  'qian-li',
  'sun-zhiyuan',
  'wu-deming',
  'supervisor-1',
  'window-civil',
  'window-hrss',
  'window-tax',
] as const
export type Name = (typeof RESIDENTS)[number] | (typeof STAFF)[number]

export const cast = new Map<Name, Somebody>()
export const one = (name: Name) => {
  const found = cast.get(name)
  if (!found) throw new Error(name)
  return found
}
export const FACE: readonly string[] = STAFF.filter(
  (name) => !['sun-zhiyuan', 'wu-deming', 'supervisor-1'].includes(name),
)
/** What the law says of the case, told by what was answered so far. */
export interface Model {
  readonly caseId: string
  readonly itemId: (typeof ITEMS)[number]
  readonly filer: Name
  readonly channel: 'mini' | 'village' | 'window'
  readonly relative: Name | null
  /** Whose number the answers name; null where it is the firm. */
  applicant: Name | null
  village: string
  /** It came to be of that village once it was accepted: a village step that was skipped then is nobody's. */
  movedLate: boolean
  /** What was answered last. */
  answers: Readonly<Record<string, unknown>>
  taken: Name | null
  /** Its owner has brought something to it, or taken it over. */
  part: boolean
  /** Whose it was by the last number. */
  lost: readonly Name[]
  /** Whose it was by any number before. */
  ownBefore: readonly Name[]
  accepted: boolean
  /** The last act that left an event, and whose it was. */
  last: { readonly kind: string; readonly actor: Name } | null
  asked: boolean
  readonly looking: Set<Name>
  /** A paper that somebody was shown. */
  fileUrl: string | null
}

export const isStaff = (name: Name) => (STAFF as readonly Name[]).includes(name)
export const ownersOf = ({ applicant }: Model): readonly Name[] =>
  applicant === null
    ? ['agent']
    : [...cast.keys()].filter(
        (name) => one(name).level === 3 && one(name).idNumber === one(applicant).idNumber,
      )
export const isOwner = (model: Model, name: Name) => ownersOf(model).includes(name)
export const isTyped = ({ channel }: Model) => channel !== 'mini'
/** Who has it: who took it over, else whoever filed it on their own phone. */
export const carrierOf = (model: Model): Name | null => model.taken ?? (isTyped(model) ? null : model.filer)
/** Nobody takes it from who is its owner. */
export const mayTakeOver = (model: Model, name: Name) => {
  const carrier = carrierOf(model)
  return isOwner(model, name) && !(carrier !== null && isOwner(model, carrier))
}
/** Whoever files, until it is taken over. */
export const files = (model: Model, name: Name) => (model.taken ?? model.filer) === name

/** An open share of a step at a pool, and who works in that pool. */
export interface Share {
  readonly key: string
  readonly queue: string
  readonly openedAt: string
  readonly approval: boolean
  readonly members: readonly string[]
}
const isNew = (before: readonly Share[], share: Share) => {
  const known = before.find(({ key }) => key === share.key)
  return known?.queue !== 'to-do' || known.openedAt !== share.openedAt
}
/** Of the staff: whose work it opened, and who works on it while others bring something new; not who did it, nor who is barred. */
export function staffTold(
  model: Model,
  { kind, actor, news }: { readonly kind: string; readonly actor: Name; readonly news: boolean },
  before: readonly Share[],
  after: readonly Share[],
): readonly Name[] {
  // What was taken back within seconds was told to nobody yet.
  if (kind === 'undo') return []
  const brings = (kind === 'add' || kind === 'supplement') && news
  const shares = after.filter(
    (share) => (share.queue === 'to-do' && isNew(before, share)) || (brings && !share.approval),
  )
  // What a colleague takes back for the applicant is told to whoever typed it.
  const takesBack = kind === 'withdraw' && isTyped(model) && isStaff(actor) && !isApplicant(model, actor)
  return STAFF.filter(
    (name) =>
      name !== actor &&
      !isBarred(model, name) &&
      (shares.some(({ members }) => members.includes(name)) || (takesBack && name === model.filer)),
  )
}
/** Whoever was asked to allow something that nobody answers any more; an act that answers it is no such. */
export const overtakenFor = (
  model: Model,
  { kind, actor }: { readonly kind: string; readonly actor: Name },
  before: readonly Share[],
  after: readonly Share[],
): readonly Name[] => {
  const gone = before.filter(
    ({ approval, key }) => approval && !after.some((share) => share.approval && share.key === key),
  )
  return kind === 'ask'
    ? []
    : STAFF.filter(
        (name) =>
          name !== actor && !isBarred(model, name) && gone.some(({ members }) => members.includes(name)),
      )
}
/** Beside whoever typed it for somebody: the window or agent where it was typed, and the window that accepts it. */
export function standsIn(model: Model, name: Name): boolean {
  if (!isTyped(model) || model.taken !== null || !isStaff(name) || sightOf(model, name) !== 'staff')
    return false
  if (model.channel === 'village' && name === 'wang-lixin') return true
  const atTown = name === 'zhao-min' || name === 'qian-li'
  return (
    (model.channel === 'window' && atTown) || (model.itemId === 'LX-052' ? name === 'window-tax' : atTown)
  )
}
export const isApplicant = (model: Model, name: Name) =>
  isOwner(model, name) || (files(model, name) && (!isTyped(model) || model.taken !== null))
export const isBarred = (model: Model, name: Name) =>
  isOwner(model, name) ||
  model.ownBefore.includes(name) ||
  model.relative === name ||
  (!isTyped(model) && model.filer === name)

/** `either`: the law leaves it open here. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one line for each rule, nothing nested
export function sightOf(model: Model, name: Name): 'applicant' | 'staff' | 'former' | 'nothing' | 'either' {
  if (isApplicant(model, name)) return 'applicant'
  if (!isStaff(name) || isBarred(model, name)) return 'nothing'
  if (isTyped(model) && model.filer === name && model.taken === null) return 'staff'
  if (model.looking.has(name)) return 'staff'
  if (model.itemId === 'LX-052') return name === 'window-tax' ? 'staff' : asked(model, name)
  if (name === 'zhao-min' || name === 'qian-li') return 'staff'
  if (name === 'wang-lixin' || name === 'zhao-xiaoyan') {
    // An emergency passes the village by.
    if (model.itemId === 'LX-009') return 'either'
    const village = name === 'wang-lixin' ? DALIANG : LIMING
    if (model.village === village) return model.movedLate ? 'either' : 'staff'
    // They stand in for each other.
    return 'either'
  }
  if (name === 'sun-zhiyuan') return model.accepted ? 'staff' : 'nothing'
  return asked(model, name)
}
const asked = (model: Model, name: Name) =>
  model.asked && (name === 'wu-deming' || name === 'supervisor-1') ? 'either' : 'nothing'
