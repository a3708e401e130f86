import { findPlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { checkFields } from './fields'
import { type Check, checkUnique, isCredentialField, type Lookups } from './lookups'
import { checkSteps } from './steps'

/** GB/T 39554.1-2020: credit code, level and catalogue code; a town's and a village's item is filled in with one of theirs. */
function checkCodes({ pack }: Lookups, check: Check, item: ServiceItem) {
  const template = item.implementationCodeTemplate
  const filled = [
    template,
    ...pack.units.towns.map((town) => template.replace('{TOWN_USCC}', town.creditCode)),
    ...pack.units.villages.map((village) => template.replace('{VILLAGE_USCC}', village.creditCode)),
  ]
  check(
    filled.includes(item.implementationCode),
    '/implementationCode',
    '和模板（implementationCodeTemplate）对不上',
  )
  check(
    item.implementationCode.endsWith(`${item.levelCode}${item.catalogCode}`),
    '/implementationCode',
    '末尾不是行使层级加基本编码',
  )
  check(item.handlingCode.startsWith(item.implementationCode), '/handlingCode', '不是以实施编码开头')
}

const IS_MONTHLY = /每月|按月/

/** Whoever is paid each month reads on the paper from which. */
function checkAmount(check: Check, { amount }: ServiceItem) {
  if (amount === null) return
  const isMonthly = [amount.text, ...amount.rows.map(({ value }) => value)].some((words) =>
    IS_MONTHLY.test(words),
  )
  check(!isMonthly || amount.from !== undefined, '/amount/from', '按月发的，要写从哪个月起')
}

function checkReferences(lookups: Lookups, check: Check, item: ServiceItem) {
  const { pack, unitKinds, itemIds, credentialFields } = lookups
  const { departmentId } = item
  check(unitKinds.get(departmentId) === 'department', '/departmentId', `没有这个部门 "${departmentId}"`)
  check(
    pack.lifeEvents.some((event) => event.key === item.lifeEvent),
    '/lifeEvent',
    `life-events.json 里没有 "${item.lifeEvent}"`,
  )
  item.howToGet.methods.forEach((method, at) => {
    check(
      method in pack.choices.deliveryMethods,
      `/howToGet/methods/${at}`,
      `choices.json 里没有 "${method}"`,
    )
  })
  item.resultDocument.certificate?.prints.forEach((key, at) => {
    const printed = item.fields.find((field) => field.key === key)
    const pointer = `/resultDocument/certificate/prints/${at}`
    check(printed !== undefined, pointer, `表里没有 "${key}"`)
    check(!printed?.sensitive, pointer, '号码这样的不印在证上')
  })
  item.materials.forEach(({ credentialCode }, at) => {
    check(
      credentialCode === null || credentialFields.has(credentialCode),
      `/materials/${at}/credentialCode`,
      `credential-kinds.json 里没有 "${credentialCode}"`,
    )
  })
  item.eligibility.forEach(({ otherwise, otherItem, tests }, at) => {
    check(
      (otherwise === 'other-item') === (otherItem !== null),
      `/eligibility/${at}/otherItem`,
      '改办别的事项才写，也一定要写',
    )
    check(
      otherItem === null || itemIds.has(otherItem),
      `/eligibility/${at}/otherItem`,
      `没有这个事项 "${otherItem}"`,
    )
    tests.forEach(({ from }, which) => {
      check(
        from === null || isCredentialField(lookups, from),
        `/eligibility/${at}/tests/${which}/from`,
        `没有这个来源 "${from}"`,
      )
    })
  })
}

function checkVisits({ pack }: Lookups, check: Check, item: ServiceItem) {
  check(
    pack.choices.onlineDepths.some((depth) => depth.name === item.onlineDepth),
    '/onlineDepth',
    `choices.json 里没有 "${item.onlineDepth}"`,
  )
  check(item.onlineDepth !== '全程网办' || item.onsiteVisits === 0, '/onsiteVisits', '全程网办不用到场')
  check(
    !/窗口|现场|面签/.test(item.onlineDepth) || item.onsiteVisits > 0,
    '/onsiteVisits',
    `"${item.onlineDepth}" 要到场`,
  )
  check(
    Boolean(item.guideElements['visitReason']) === item.onsiteVisits > 0,
    '/guideElements/visitReason',
    '要到场的写必须现场的原因，不用到场的不写',
  )
  const { text } = item.howToGet
  check(
    !/到[^；，。]*[拿领]/.test(text) || /[寄送]/.test(text) || item.onsiteVisits > 0,
    '/onsiteVisits',
    `"${text}" 要到场`,
  )
}

function checkWindow(check: Check, { openWindow }: ServiceItem) {
  for (const end of ['from', 'to'] as const)
    check(
      openWindow === null || findPlainDate(`2028-${openWindow[end]}`) !== undefined,
      `/openWindow/${end}`,
      `没有这一天 "${openWindow?.[end]}"`,
    )
}

export function checkServiceItems(lookups: Lookups) {
  const names = new Map<string, string>()
  for (const item of lookups.pack.serviceItems) {
    const check = lookups.in(`service-items/${item.id}.json`)
    const other = names.get(item.plainName)
    check(other === undefined, '/plainName', `和 "${other}" 的通俗名重复 "${item.plainName}"`)
    names.set(item.plainName, item.id)
    checkCodes(lookups, check, item)
    checkAmount(check, item)
    checkReferences(lookups, check, item)
    checkVisits(lookups, check, item)
    checkWindow(check, item)
    checkUnique(check, item.keywords, (at) => `/keywords/${at}`)
    checkUnique(
      check,
      item.materials.map((material) => material.name),
      (at) => `/materials/${at}/name`,
    )
    checkFields(lookups, check, item)
    checkSteps(lookups, check, item)
  }
}
