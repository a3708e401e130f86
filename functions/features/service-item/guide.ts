import type { ServiceGuide, ServiceItemList, ServiceItemSummary } from '#shared/contract/service-item'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { decidingUnit } from '#shared/domain/organization/deciding-unit'
import { EXERCISE_LEVELS, ITEM_TYPES, type ServiceItem, type Step } from '#shared/domain/service-item/item'
import { openWindowState } from '#shared/domain/service-item/open-window'
import { search } from '#shared/domain/service-item/search'
import { stepLimit } from '#shared/domain/service-item/step-limit'
import { plainStepName, stepDeed } from '#shared/domain/service-item/step-name'
import { dueOf } from '#shared/domain/time-limit/clock'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from './reference'

const PAGE_SIZE = 20

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
  }
}

/** Who does a step, told without knowing the reader's village. */
function unitText(step: Step, item: ServiceItem, reference: Reference) {
  switch (step.organ.kind) {
    case 'village':
      return '你所在的村（社区）'
    case 'town':
      return '你所在的镇（街道）'
    case 'department':
      return reference.units.get(item.departmentId)?.name ?? ''
    case 'unit':
      return reference.units.get(step.organ.unitId)?.name ?? ''
    case 'parallel':
      return step.organ.unitIds.map((id) => reference.units.get(id)?.shortName ?? '').join('、')
  }
}

/** Its days do not add up with those of its neighbours: nobody works on it, or not in every case. */
const isCountedApart = ({ publicity, suspends, when }: Step) =>
  publicity !== null || suspends.length > 0 || when !== null

const apartText = (step: Step) =>
  step.publicity ? stepLimit(step) : `${stepDeed(step.name)} ${stepLimit(step)}`

/** How long the steps of one unit take together. */
function limitOfSteps(steps: readonly Step[]) {
  const [only, ...others] = steps
  if (only && others.length === 0) return stepLimit(only)
  const apart = steps.filter(isCountedApart)
  const together = steps.filter((step) => !isCountedApart(step))
  const days = together.reduce((sum, { limitDays }) => sum + limitDays, 0)
  const most = days === 0 ? '当天' : `最多 ${days} 个工作日`
  if (apart.length === 0) return most
  return [...apart.map(apartText), ...(together.length > 0 ? [`其余${most}`] : [])].join('，')
}

/** What follows upon an application, by who does it: neighbouring steps of one unit are one stage to the resident. */
function stagesOf(item: ServiceItem, reference: Reference): ServiceGuide['steps'] {
  const stages: { readonly unitName: string; readonly steps: Step[] }[] = []
  for (const step of item.steps.filter(({ followUp, onlyIfDisputed }) => !followUp && !onlyIfDisputed)) {
    const unitName = unitText(step, item, reference)
    const last = stages.at(-1)
    if (last?.unitName === unitName) last.steps.push(step)
    else stages.push({ unitName, steps: [step] })
  }
  return stages.map(({ unitName, steps }) => ({
    name: steps.map(({ name }) => stepDeed(name)).join('、'),
    unitName,
    limitText: limitOfSteps(steps),
  }))
}

function dueIfFiled(item: ServiceItem, reference: Reference, now: Instant): ServiceGuide['dueIfFiledToday'] {
  const first = item.steps.find((step) => step.completesApplication)
  if (first)
    return {
      dueOn: null,
      dueBecause: { kind: 'waits-for', step: first.key, stepName: plainStepName(first.name) },
    }
  const due = dueOf(
    { startedAt: now, days: item.promisedDays, unit: 'working', pauses: [] },
    reference.calendar,
  )
  if (due.kind === 'on') return { dueOn: due.on, dueBecause: null }
  return { dueOn: null, dueBecause: due.kind === 'calendar-missing' ? due : null }
}

function windowOf(item: ServiceItem, now: Instant): ServiceGuide['openWindow'] {
  if (item.openWindow === null) return null
  const state = openWindowState(item.openWindow, dayIn(now))
  return { ...item.openWindow, open: state.open, nextOpensOn: state.open ? null : state.opensOn }
}

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

/** The guide page (办事指南) of an item; `onFile` are the reader's own credentials, null unless confirmed. */
export function readGuide(
  itemId: string,
  reference: Reference,
  onFile: ReadonlySet<string> | null,
  now: Instant,
  guardianUntil: string | null = null,
): ServiceGuide {
  const found = reference.latest(itemId)
  if (!found) throw new ProblemError('service-item.not-found')
  const { item, version, demo } = found
  const organ = reference.units.get(decidingUnit(item, null))
  return {
    id: item.id,
    guardianUntil,
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
    demo,
    amount: item.amount === null ? null : { ...item.amount, rows: [...item.amount.rows] },
    acceptConditions: [...item.acceptConditions],
    papers: item.materials.map(({ name, required, kind, credentialCode, source, exemption }) => ({
      name,
      required,
      state:
        kind === 'generated'
          ? 'generated'
          : credentialCode === null
            ? 'bring'
            : onFile === null
              ? 'if-on-file'
              : onFile.has(credentialCode)
                ? 'on-file'
                : 'bring',
      source,
      note: exemption,
    })),
    steps: stagesOf(item, reference),
    promisedText: item.promisedDays === 0 ? '当天办好' : `${item.promisedDays} 个工作日`,
    statutoryText: statutoryText(item),
    dueIfFiledToday: dueIfFiled(item, reference, now),
    openWindow: windowOf(item, now),
    fee: item.fee,
    onsiteVisits: item.onsiteVisits,
    howToGet: item.howToGet.text,
    legalBasis: [...item.legalBasis],
    faq: item.faq.map((each) => ({ ...each })),
    facts: factsOf(item),
    hotline: reference.fact<{ hotline: string }>('sponsor').hotline,
  }
}
