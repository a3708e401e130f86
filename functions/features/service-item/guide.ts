import type {
  FiledBefore,
  ServiceGuide,
  ServiceItemList,
  ServiceItemSummary,
} from '#shared/contract/service-item'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isServiceOver } from '#shared/domain/kernel/service-end'
import { decidingUnit } from '#shared/domain/organization/deciding-unit'
import { judgeConditions } from '#shared/domain/service-item/accept-condition'
import { childCheckOf, insteadOf } from '#shared/domain/service-item/for-children'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { EXERCISE_LEVELS, ITEM_TYPES } from '#shared/domain/service-item/item-codes'
import { openWindowState } from '#shared/domain/service-item/open-window'
import { search } from '#shared/domain/service-item/search'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { ProblemError } from '../../platform/http/problem'
import { whomToAsk } from './answering'
import { dueIfFiled, stagesOf } from './guide-stages'
import type { Reference } from './reference'

/** As many as an old phone draws at once. */
const PAGE_SIZE = 15

export const summaryOf = (item: ServiceItem, reference: Reference, because = ''): ServiceItemSummary => ({
  id: item.id,
  name: item.name,
  plainName: item.plainName,
  oneLine: item.oneLine,
  typeName: ITEM_TYPES[item.typeCode],
  departmentName: reference.units.get(item.departmentId)?.name ?? '',
  theme: item.theme,
  lifeEvent: item.lifeEvent,
  promisedDays: item.promisedDays,
  because,
})

/** 人生大事, in the county's order. */
export const lifeEventsOf = (reference: Reference) =>
  reference
    .fact<readonly { key: string; name: string }[]>('life-events')
    .map(({ key, name }) => ({ key, name }))

interface ItemQuery {
  readonly q?: string | undefined
  readonly lifeEvent?: string | undefined
  readonly departmentId?: string | undefined
  readonly cursor?: string | undefined
}

function hits(query: ItemQuery, reference: Reference): readonly { item: ServiceItem; because: string }[] {
  const words = query.q?.trim() ?? ''
  if (words === '') return reference.items.map((item) => ({ item, because: '' }))
  return search(reference.searchIndex, words).flatMap(({ id, why }) => {
    const found = reference.latest(id)
    return found ? [{ item: found.item, because: why }] : []
  })
}

/** Items in the order of the search, or of the catalogue; a page goes on after the item its cursor names. */
export function listServiceItems(query: ItemQuery, reference: Reference): ServiceItemList {
  const all = hits(query, reference).filter(
    ({ item }) =>
      (query.lifeEvent === undefined || item.lifeEvent === query.lifeEvent) &&
      (query.departmentId === undefined || item.departmentId === query.departmentId),
  )
  const from = query.cursor === undefined ? 0 : all.findIndex(({ item }) => item.id === query.cursor) + 1
  if (query.cursor !== undefined && from === 0) throw new ProblemError('request.invalid')
  const shown = all.slice(from, from + PAGE_SIZE)
  return {
    items: shown.map(({ item, because }) => summaryOf(item, reference, because)),
    nextCursor: from + PAGE_SIZE < all.length ? (shown.at(-1)?.item.id ?? null) : null,
    ...(query.cursor === undefined ? { lifeEvents: lifeEventsOf(reference) } : {}),
  }
}

/** When it is open, for pages that say so before anybody starts. */
export function windowOf(item: ServiceItem, now: Instant): ServiceGuide['openWindow'] {
  if (item.openWindow === null) return null
  const state = openWindowState(item.openWindow, dayIn(now))
  return { ...item.openWindow, open: state.open, nextOpensOn: state.open ? null : state.opensOn }
}

const hotlineOf = (reference: Reference) => reference.fact<{ hotline: string }>('sponsor').hotline

/** Whom to ask about an item that nobody has applied for yet: the organ that decides it. */
export function whomToAskOf(item: ServiceItem, reference: Reference, now: Instant) {
  const organ = decidingUnit(item, null)
  return whomToAsk(reference, organ, organ, now)
}

/** Of the organ that decides, else the county's hotline. */
export const phoneOf = (item: ServiceItem, reference: Reference) =>
  reference.units.get(decidingUnit(item, null))?.phone ?? hotlineOf(reference)

const statutoryText = (item: ServiceItem) =>
  item.statutory === null
    ? (item.statutoryNote ?? '没有法定时限')
    : `${item.statutory.days} ${item.statutory.unit === 'working' ? '个工作日' : '天'}，从${item.statutory.from === 'application' ? '申请' : '受理'}第二天数起`

const FACT_LABELS: Readonly<Record<string, string>> = {
  quantityLimit: '数量限制',
  intermediary: '中介服务',
  crossScope: '通办范围',
  bookable: '能不能预约',
  express: '能不能寄',
  onlinePayment: '能不能网上交钱',
  visitReason: '为什么要到场',
}

const factText = (value: string | boolean | null) => {
  if (value === null) return '无'
  return typeof value === 'boolean' ? (value ? '能' : '不能') : value
}

function factsOf(item: ServiceItem): ServiceGuide['facts'] {
  return [
    { label: '正式名称', value: item.name },
    { label: '事项类型', value: ITEM_TYPES[item.typeCode] },
    { label: '行使层级', value: EXERCISE_LEVELS[item.levelCode] },
    { label: '基本编码', value: item.catalogCode },
    { label: '实施编码', value: item.implementationCode },
    { label: '办件类型', value: item.caseTypeCode === '1' ? '即办件' : '承诺件' },
    { label: '网办深度', value: item.onlineDepth },
    { label: '到现场次数', value: `${item.onsiteVisits} 次` },
    { label: '办理结果', value: item.resultName },
    ...Object.entries(item.guideElements).flatMap(([key, value]) => {
      const label = FACT_LABELS[key]
      return label === undefined ? [] : [{ label, value: factText(value) }]
    }),
  ]
}

/** What the application rules say of an item, given by app.ts: they come after this feature. */
export interface Applying {
  readonly isForOthers: (item: ServiceItem) => boolean
  readonly toldApartBy: (item: ServiceItem) => readonly string[] | null
}

/** What a guide knows of who reads it. */
export interface Reader {
  /** Null for whoever is not known to us. */
  readonly realNameLevel: number | null
  readonly guardianUntil: string | null
  readonly birth: PlainDate | null
  readonly villageCode: string | null
  /** Values of their own valid credentials by code; null unless confirmed. */
  readonly onFile: ReadonlyMap<string, Readonly<Record<string, unknown>>> | null
  readonly filed: readonly FiledBefore[]
  readonly hasMoreFiled: boolean
  readonly grantedOn: PlainDate | null
}

const credentialOf = (onFile: Reader['onFile']) => (code: string, field: string | null) => {
  const values = onFile?.get(code)
  if (values === undefined || field === null) return values && code
  const value = values[field]
  return typeof value === 'string' ? value : undefined
}

const conditionsFor = (item: ServiceItem, reader: Reader, reference: Reference, today: PlainDate) =>
  judgeConditions(item, {
    today,
    birth: reader.birth,
    villageName: reader.villageCode === null ? null : (reference.units.get(reader.villageCode)?.name ?? null),
    credential: credentialOf(reader.onFile),
    grantedOn: reader.grantedOn,
  })

interface GuideKnown {
  readonly reference: Reference
  readonly applying: Applying
  /** The last day on which applications are taken, where one was announced. */
  readonly endsOn: PlainDate | null
}

/** The guide page (办事指南) of an item, for who reads it. */
export function readGuide(
  itemId: string,
  { reference, applying, endsOn }: GuideKnown,
  reader: Reader,
  now: Instant,
): ServiceGuide {
  const found = reference.latest(itemId)
  if (!found) throw new ProblemError('service-item.not-found')
  const { item, version, demo } = found
  const organ = reference.units.get(decidingUnit(item, null))
  const books = item.fields.some(({ kind }) => kind === 'slot')
  return {
    id: item.id,
    realNameLevel: reader.realNameLevel,
    guardianUntil: reader.guardianUntil,
    filed: [...reader.filed],
    hasMoreFiled: reader.hasMoreFiled,
    toldApartBy: applying.toldApartBy(item)?.slice() ?? null,
    forOthers: applying.isForOthers(item),
    version,
    name: item.name,
    plainName: item.plainName,
    oneLine: item.oneLine,
    appliesTo: item.appliesTo,
    typeName: ITEM_TYPES[item.typeCode],
    departmentName: reference.units.get(item.departmentId)?.name ?? '',
    organName: item.steps.some((step) => step.decides && step.organ.kind === 'town')
      ? '你所在的镇（街道）'
      : (organ?.name ?? ''),
    organPhone: organ?.phone ?? null,
    ask: whomToAskOf(item, reference, now),
    demo,
    amount:
      item.amount === null
        ? null
        : { text: item.amount.text, rows: [...item.amount.rows], demo: item.amount.demo },
    acceptConditions: conditionsFor(item, reader, reference, dayIn(now)).map((each) => ({ ...each })),
    papers: item.materials.map(({ name, required, kind, credentialCode, source, exemption, forChild }) => ({
      name,
      required,
      state:
        kind === 'generated'
          ? 'generated'
          : credentialCode === null
            ? 'bring'
            : reader.onFile === null
              ? 'if-on-file'
              : reader.onFile.has(credentialCode)
                ? 'on-file'
                : 'bring',
      source,
      note: exemption,
      // Whoever reads it may read it for somebody else.
      forChild: insteadOf({ forChild }, null, dayIn(now)),
    })),
    steps: stagesOf(item, reference),
    promisedText: item.promisedDays === 0 ? `当天${promisedDeed(books)}` : `${item.promisedDays} 个工作日`,
    books,
    statutoryText: statutoryText(item),
    dueIfFiledToday: dueIfFiled(item, reference, now, isServiceOver(endsOn, dayIn(now))),
    openWindow: windowOf(item, now),
    fee: item.fee,
    onsiteVisits: item.onsiteVisits,
    childCheck: childCheckOf(item),
    howToGet: item.howToGet.text,
    legalBasis: [...item.legalBasis],
    faq: item.faq.map((each) => ({ ...each })),
    facts: factsOf(item),
    hotline: hotlineOf(reference),
    endsOn,
  }
}
