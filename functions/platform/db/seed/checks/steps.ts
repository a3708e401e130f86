import { isDraftStep } from '#shared/domain/case/correction/draft-step'
import { joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import { unitsOf } from '#shared/domain/case/route'
import { decidingUnit } from '#shared/domain/organization/deciding-unit'
import type {
  FieldKind,
  GuideAction,
  ServiceItem,
  Step,
  StepKind,
  StepOrgan,
} from '#shared/domain/service-item/item'
import { checkCondition } from './fields'
import { type Check, checkUnique, type Lookups } from './lookups'

/** The kinds of step at which an action can be done, and whether it ends the step. */
const ACTIONS = {
  verify: { kinds: ['verify'], leaves: true },
  return: { kinds: ['examine', 'decide'], leaves: false },
  accept: { kinds: ['accept'], leaves: true },
  'draft-correction': { kinds: ['examine'], leaves: true },
  'draft-nothing': { kinds: ['examine'], leaves: true },
  'request-correction': { kinds: ['accept', 'examine'], leaves: false },
  decline: { kinds: ['accept'], leaves: true },
  transfer: { kinds: ['accept'], leaves: false },
  assign: { kinds: ['accept', 'conclude'], leaves: false },
  pass: { kinds: ['examine', 'inspect'], leaves: true },
  fail: { kinds: ['verify', 'examine', 'inspect'], leaves: true },
  convene: { kinds: ['examine'], leaves: true },
  'record-visit': { kinds: ['inspect', 'conclude'], leaves: false },
  'require-rectification': { kinds: ['inspect'], leaves: false },
  suspend: { kinds: ['inspect', 'examine'], leaves: false },
  resume: { kinds: ['inspect', 'examine'], leaves: false },
  extend: { kinds: ['decide', 'examine', 'conclude'], leaves: false },
  'publish-notice': { kinds: ['publicise'], leaves: false },
  'close-notice': { kinds: ['publicise'], leaves: true },
  'record-objection': { kinds: ['publicise'], leaves: false },
  grant: { kinds: ['decide', 'examine', 'conclude'], leaves: true },
  refuse: { kinds: ['decide', 'examine', 'conclude'], leaves: true },
  pay: { kinds: ['conclude'], leaves: false },
  conclude: { kinds: ['conclude'], leaves: false },
  deliver: { kinds: ['conclude'], leaves: true },
} as const satisfies Record<GuideAction, { kinds: readonly StepKind[]; leaves: boolean }>

const fits = (action: GuideAction, kind: StepKind) =>
  (ACTIONS[action].kinds as readonly StepKind[]).includes(kind)

function checkActions(check: Check, step: Step, joins: boolean, path: string) {
  checkUnique(check, step.actions, (at) => `${path}/actions/${at}`)
  step.actions.forEach((action, at) => {
    check(fits(action, step.kind), `${path}/actions/${at}`, `"${action}" 不能用在 "${step.kind}" 步骤`)
  })
  check(
    step.actions.some((action) => ACTIONS[action].leaves),
    `${path}/actions`,
    '没有一个动作能办完这一步',
  )
  const has = (action: GuideAction) => step.actions.includes(action)
  check(
    has('draft-correction') === has('draft-nothing') &&
      (!has('draft-correction') || (step.optional && step.organ.kind === 'parallel')),
    `${path}/actions`,
    '"draft-correction"、"draft-nothing" 一起用在受理之前各部门先看材料的步骤',
  )
  check(
    has('grant') === step.decides && has('refuse') === (step.decides && !joins),
    `${path}/actions`,
    '"grant"、"refuse" 恰好在作决定的步骤（decides）才有；各部门各自作决定的，那里只有 "grant"，统一出件',
  )
  // Whoever is asked whether the facts are so can say that they are not.
  check(
    has('fail') || (step.kind !== 'verify' && step.kind !== 'inspect'),
    `${path}/actions`,
    '核实、现场核查的步骤要能说情况不符（"fail"）',
  )
  check(has('transfer') === (step.kind === 'accept'), `${path}/actions`, '"transfer" 恰好在受理步骤才有')
}

/** What one of them could end for all is not signed by all. */
function checkSign(check: Check, { sign, actions }: Step, path: string) {
  const leaves = actions.filter((action) => ACTIONS[action].leaves)
  check(
    sign !== 'all' || (leaves.includes('pass') && leaves.every((each) => each === 'pass' || each === 'fail')),
    `${path}/sign`,
    '会签（"all"）只用在以 "pass"、"fail" 办完的步骤',
  )
}

function checkChecklist(check: Check, { actions, checklist }: Step, path: string) {
  if (checklist === undefined) return
  check(actions.includes('record-visit'), `${path}/checklist`, '不到现场的步骤没有核查清单')
  checkUnique(
    check,
    checklist.points.map(({ key }) => key),
    (at) => `${path}/checklist/points/${at}/key`,
  )
}

function checkClocks(check: Check, step: Step, path: string) {
  check(
    (step.kind === 'publicise') === (step.publicity !== null),
    `${path}/publicity`,
    '公示步骤要写天数，别的步骤不写',
  )
  // 行政许可法 第34条
  check(step.kind !== 'inspect' || step.officersMin >= 2, `${path}/officersMin`, '现场核查要两名以上工作人员')
  const outside = step.optional || step.followUp || step.kind === 'verify'
  check(
    !(outside && (step.countsTowardPromise || step.suspends.length > 0)),
    `${path}/countsTowardPromise`,
    '可选的、受理前的、后续的步骤不占时限，也不停时限',
  )
}

const circular = (dependsOn: Readonly<Record<string, readonly string[]>>, start: string) => {
  const reached = new Set<string>()
  const follow = (unit: string): boolean =>
    (dependsOn[unit] ?? []).some((next) => {
      if (next === start) return true
      if (reached.has(next)) return false
      reached.add(next)
      return follow(next)
    })
  return follow(start)
}

type Parallel = Extract<StepOrgan, { kind: 'parallel' }>
function checkParallel({ unitKinds }: Lookups, check: Check, step: Step, organ: Parallel, path: string) {
  checkUnique(check, organ.unitIds, (at) => `${path}/unitIds/${at}`)
  organ.unitIds.forEach((unit, at) => {
    check(unitKinds.has(unit), `${path}/unitIds/${at}`, `没有这个单位 "${unit}"`)
    check(!circular(organ.dependsOn, unit), `${path}/dependsOn/${unit}`, '等来等去成了圈')
  })
  for (const [unit, days] of Object.entries(organ.limitDays)) {
    check(organ.unitIds.includes(unit), `${path}/limitDays/${unit}`, '不在 unitIds 里')
    check(days <= step.limitDays, `${path}/limitDays/${unit}`, `${days} 天超过步骤的 ${step.limitDays} 天`)
  }
  if (organ.decides)
    check(
      organ.unitIds.length === Object.keys(organ.decides).length &&
        organ.unitIds.every((unit) => organ.decides?.[unit] !== undefined) &&
        step.actions.includes('pass') &&
        step.actions.includes('fail'),
      `${path}/decides`,
      '各部门各自作决定的，unitIds 里每个单位写一样，步骤要有 "pass"、"fail"',
    )
  for (const [unit, before] of Object.entries(organ.dependsOn))
    for (const each of [unit, ...before])
      check(organ.unitIds.includes(each), `${path}/dependsOn/${unit}`, `"${each}" 不在 unitIds 里`)
}

function unitsAt({ pack }: Lookups, item: ServiceItem, organ: StepOrgan): readonly string[] {
  switch (organ.kind) {
    case 'village':
      return pack.units.villages.map((village) => village.id)
    case 'town':
      return pack.units.towns.map((town) => town.id)
    case 'department':
      return [item.departmentId]
    case 'unit':
      return [organ.unitId]
    case 'parallel':
      return organ.unitIds
  }
}

/**
 * Whoever is concerned stands back, so that a step wants a second holder; a village has its one agent, and its town. What
 * falls vacant after loading is the product's to see: the step then goes to the unit's liaison.
 */
function checkHolders(lookups: Lookups, check: Check, item: ServiceItem, step: Step, path: string) {
  const { holders, unitKinds } = lookups
  const wanted = step.organ.kind === 'village' ? 1 : 2
  for (const unit of unitsAt(lookups, item, step.organ)) {
    const held = holders(step.role, unit)
    check(
      !unitKinds.has(unit) || held >= wanted,
      `${path}/role`,
      `单位 "${unit}" 的 "${step.role}" 要 ${wanted} 人，现在 ${held} 人`,
    )
  }
}

const isSameOrgan = (left: StepOrgan, right: StepOrgan) =>
  left.kind === right.kind &&
  (left.kind !== 'unit' || (right.kind === 'unit' && left.unitId === right.unitId))

/** 行政许可法 第42条: the head of the organ that decides approves an extension; where several handle it together, the government's. */
function checkApprover(lookups: Lookups, check: Check, item: ServiceItem) {
  const approval = item.statutory?.extension?.approvedBy
  if (approval === undefined) return
  const path = '/statutory/extension/approvedBy'
  checkOrgan(lookups, check, approval.organ, null, `${path}/organ`)
  const decides = item.steps.find((step) => step.decides)
  const isTogether = item.steps.some(({ organ }) => organ.kind === 'parallel')
  check(
    decides === undefined || isTogether || isSameOrgan(decides.organ, approval.organ),
    `${path}/organ`,
    `批准延期的要是作决定的单位（"${decides?.key}" 步骤）`,
  )
  for (const unit of unitsAt(lookups, item, approval.organ))
    check(
      !lookups.unitKinds.has(unit) || lookups.holders(approval.role, unit) > 0,
      `${path}/role`,
      `单位 "${unit}" 没有 "${approval.role}"`,
    )
}

function checkOrgan(lookups: Lookups, check: Check, organ: StepOrgan, step: Step | null, path: string) {
  if (organ.kind === 'unit')
    check(lookups.unitKinds.has(organ.unitId), path, `没有这个单位 "${organ.unitId}"`)
  if (organ.kind === 'parallel' && step !== null) checkParallel(lookups, check, step, organ, path)
}

/** Where no step is of kind decide: the approver's closing step, else the last examination of one unit, else the closing step. */
function preferredDecision(steps: readonly Step[]) {
  const own = steps.filter((step) => !step.followUp && !step.onlyIfDisputed)
  const closing = own.filter((step) => step.kind === 'conclude')
  return (
    own.find((step) => step.kind === 'decide') ??
    closing.find((step) => step.role.endsWith('-approver')) ??
    own.filter((step) => step.kind === 'examine' && step.organ.kind !== 'parallel').at(-1) ??
    closing[0]
  )
}

function checkDecision(check: Check, item: ServiceItem) {
  const deciding = item.steps.filter((step) => step.decides)
  check(deciding.length === 1, '/steps', `作决定的步骤（decides）要恰好一个，现在 ${deciding.length} 个`)
  const [decision] = deciding
  if (decision === undefined || deciding.length > 1) return
  const path = `/steps/${item.steps.indexOf(decision)}`
  const preferred = preferredDecision(item.steps)
  check(decision === preferred, `${path}/decides`, `作决定的应当是 "${preferred?.key}"`)
  check(
    !decision.optional && !decision.when && !decision.onlyIfDisputed,
    path,
    '作决定的步骤不能是可选的或有条件的',
  )
}

function checkOrder(check: Check, item: ServiceItem) {
  const own = item.steps.filter((step) => !step.followUp)
  const accepts = own.filter((step) => step.kind === 'accept').length
  check(accepts === 1, '/steps', `受理步骤要恰好一个，现在 ${accepts} 个`)
  const accept = own.findIndex((step) => step.kind === 'accept')
  own.slice(0, Math.max(accept, 0)).forEach((step, at) => {
    check(
      ['verify', 'publicise'].includes(step.kind) || (isDraftStep(step) && step.optional),
      `/steps/${at}/kind`,
      '受理之前只能是核实、公示，或各部门先看材料（"optional"）',
    )
  })
  const draft = own.find(isDraftStep)
  const deadline = own[accept]?.acceptDeadlineDays ?? null
  // Whoever accepts has a day of their own after the departments, before silence accepts.
  check(
    draft === undefined || (deadline !== null && draft.limitDays + (own[accept]?.limitDays ?? 0) <= deadline),
    `/steps/${accept}/limitDays`,
    '各部门先看材料的天数加受理的天数，不能超过受理期限',
  )
  check(own.at(-1)?.kind === 'conclude', '/steps', '最后一步要是办结')
  const closing = item.steps.findIndex((step) => step.kind === 'conclude')
  check(closing >= item.steps.findIndex((step) => step.decides), `/steps/${closing}`, '办结在决定之前')
}

function checkPromise(check: Check, item: ServiceItem) {
  const sum = item.steps.reduce((days, step) => days + (step.countsTowardPromise ? step.limitDays : 0), 0)
  check(
    sum === item.promisedDays,
    '/promisedDays',
    `承诺 ${item.promisedDays} 天，计入承诺的步骤加起来 ${sum} 天`,
  )
  check(
    (item.caseTypeCode === '1') === (item.promisedDays === 0),
    '/caseTypeCode',
    '即办件是 0 天，承诺件不是',
  )
  const { statutory } = item
  check(
    statutory !== null || item.caseTypeCode === '1' || item.statutoryNote !== null,
    '/statutoryNote',
    '没有法定时限的承诺件要说明',
  )
  check(
    statutory === null || item.promisedDays <= statutory.days,
    '/promisedDays',
    `承诺 ${item.promisedDays} 天，超过法定 ${statutory?.days} 天`,
  )
}

/** An emergency is never slower, and what waits until after the grant is a check before acceptance. */
function checkFastTrack(check: Check, item: ServiceItem) {
  const { fastTrack } = item
  if (fastTrack === null) return
  checkCondition(check, item.fields, fastTrack.when, '/fastTrack/when')
  check(
    fastTrack.promisedDays <= item.promisedDays,
    '/fastTrack/promisedDays',
    `${fastTrack.promisedDays} 天，超过承诺 ${item.promisedDays} 天`,
  )
  fastTrack.afterwards.forEach((key, at) => {
    const later = item.steps.find((step) => step.key === key)
    const path = `/fastTrack/afterwards/${at}`
    check(later?.kind === 'verify' && !later.completesApplication, path, `没有可以后补的核实步骤 "${key}"`)
  })
}

/**
 * What hangs in public says what is applied for, never who: no kind that names or numbers a person, and of what is typed
 * freely a place alone, from which `publicParts` takes people and numbers. 个人信息保护法 第25条
 */
const PUBLIC_KINDS: ReadonlySet<FieldKind> = new Set([
  'date',
  'daterange',
  'location',
  'multiselect',
  'number',
  'radio',
  'select',
])

function checkTold(check: Check, item: ServiceItem, keys: readonly string[], path: string) {
  keys.forEach((key, at) => {
    const field = item.fields.find((each) => each.key === key)
    check(field !== undefined, `${path}/${at}`, `表单里没有这一项 "${key}"`)
    if (field === undefined) return
    const isPublic = PUBLIC_KINDS.has(field.kind) && !field.sensitive && field.prefill === null
    check(isPublic, `${path}/${at}`, `公示里不能写"${field.label}"：只写办的是什么，不写是谁、什么号`)
  })
}

/**
 * What is put up can be objected to where it says (ADR 0064): a village's notice is issued by the organ that decides, and what
 * is said there is taken by whoever accepts, so both are one.
 */
function checkNotices({ pack }: Lookups, check: Check, item: ServiceItem) {
  const accepting = item.steps.find(({ kind, followUp }) => kind === 'accept' && !followUp)
  const acceptsFor = (townId: string) =>
    accepting !== undefined &&
    unitsOf(accepting.organ, { villageId: null, townId, departmentId: item.departmentId }).includes(
      decidingUnit(item, townId),
    )
  item.steps.forEach(({ kind, actions, organ, publicity }, at) => {
    if (kind !== 'publicise') return
    checkTold(check, item, publicity?.tells ?? [], `/steps/${at}/publicity/tells`)
    check(
      actions.includes('record-objection'),
      `/steps/${at}/actions`,
      '公示的步骤要能记下异议（"record-objection"）',
    )
    check(
      organ.kind !== 'village' || pack.units.towns.every(({ id }) => acceptsFor(id)),
      `/steps/${at}/organ`,
      '村里的公示请人到作决定的单位提异议，那里却不受理这件事，没有人能记下：受理和作决定要是同一个单位',
    )
  })
}

export function checkSteps(lookups: Lookups, check: Check, item: ServiceItem) {
  checkUnique(
    check,
    item.steps.map((step) => step.key),
    (at) => `/steps/${at}/key`,
  )
  item.steps.forEach((step, at) => {
    const path = `/steps/${at}`
    checkActions(check, step, joinsDecisions(item), path)
    checkSign(check, step, path)
    checkChecklist(check, step, path)
    checkClocks(check, step, path)
    checkCondition(check, item.fields, step.when, `${path}/when`)
    checkOrgan(lookups, check, step.organ, step, `${path}/organ`)
    checkHolders(lookups, check, item, step, path)
    check(
      item.statutory?.extension != null || !step.actions.includes('extend'),
      `${path}/actions`,
      '事项没有写延期（statutory.extension），不能有 "extend"',
    )
  })
  checkDecision(check, item)
  checkOrder(check, item)
  checkPromise(check, item)
  checkFastTrack(check, item)
  checkApprover(lookups, check, item)
  checkNotices(lookups, check, item)
}
