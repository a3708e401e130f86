import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { readPack } from './read-pack'

/** A JSON document on its way to being wrong. */
type Json = { [key: string]: Json } & Json[]
type Wrong = (document: Json) => void

const set = (path: string, value: unknown): Wrong => {
  const parts = path.split('/').slice(1)
  return (document) => {
    const parent = parts.slice(0, -1).reduce<Json>((at, part) => at[part as keyof Json] as Json, document)
    Object.assign(parent, { [parts.at(-1) ?? '']: value })
  }
}
const remove =
  (path: string): Wrong =>
  (document) => {
    const parts = path.split('/').slice(1)
    const parent = parts.slice(0, -1).reduce<Json>((at, part) => at[part as keyof Json] as Json, document)
    Reflect.deleteProperty(parent, parts.at(-1) ?? '')
  }

const LX_005 = 'service-items/LX-005.json'
const LX_040 = 'service-items/LX-040.json'

/** File, what is done to it, the place that is named, and the sentence. */
const FAULTS: readonly (readonly [string, Wrong, string, string])[] = [
  // Words among colleagues
  [
    LX_005,
    set('/statutoryNote', '受理之日起20个工作日（条号请核对）'),
    '/statutoryNote',
    '“请核对”是编数据包的人之间的话，会当成依据给办事人看：核对以后改掉，或移到事项的 notes',
  ],
  [
    'life-events.json',
    set('/0/name', '生孩子（待确认）'),
    '/0/name',
    '“待确认”是编数据包的人之间的话，会当成依据给办事人看：核对以后改掉，或移到事项的 notes',
  ],
  [
    'service-items/LX-006.json',
    set('/fields/4/required', true),
    '/fields/4/required',
    '材料里已经要这张照片，别让人拍两次：这一项写成可以不填',
  ],
  // What people agree to
  [
    'agreements.json',
    set('/1/version', '2'),
    '/1/version',
    '隐私保护说明第 2 版：版次要从 1 起一版一版往上数，不重不漏',
  ],
  ['agreements.json', set('/1/data', []), '/1/data', '隐私保护说明要写明用到哪些信息'],
  ['agreements.json', set('/1/kind', 'service'), '', '缺隐私保护说明'],
  // Form
  ['units.json', remove('/towns/0/phone'), '/towns/0/phone', '要文字，没有写'],
  ['units.json', set('/towns/0/population', 'many'), '/towns/0/population', '要数，写的是 "many"'],
  ['units.json', set('/towns/0/telephone', '1'), '/towns/0/telephone', '没有这一项，名字写错了？'],
  [
    'units.json',
    set('/villages/3/creditCode', '54341821DEM004058X'),
    '/villages/3/creditCode',
    '不是统一社会信用代码，或末位校验不对（GB 32100），写的是 "54341821DEM004058X"',
  ],
  [
    'staff.json',
    set('/0/idNumber', '341821197402103270'),
    '/0/idNumber',
    '不是公民身份号码，或末位校验不对（GB 11643），写的是 "341821197402103270"',
  ],
  ['staff.json', set('/0/birth', '1974-02-30'), '/0/birth', '不是 YYYY-MM-DD 写的一天，写的是 "1974-02-30"'],
  [
    'staff.json',
    set('/0/dutyHours/0/periods/0', '20:30-18:30'),
    '/0/dutyHours/0/periods/0',
    '开始不早于结束，写的是 "20:30-18:30"',
  ],
  [
    LX_005,
    set('/steps/1/kind', 'approve'),
    '/steps/1/kind',
    '只能是 "verify"、"accept"、"examine"、"inspect"、"publicise"、"decide"、"conclude"，写的是 "approve"',
  ],
  [LX_005, set('/fields/1/kind', 'passport'), '/fields/1/kind', '不是认识的种类'],
  [LX_005, set('/fields/4/ofNumber', 'mobile'), '/fields/4/ofNumber', '表单里没有这个身份证号 "mobile"'],
  [LX_005, set('/fields/0/ofNumber', 'idNo'), '/fields/0/ofNumber', '身份证号只说出生日期，和男、女'],
  [LX_005, set('/fields/0/maxLength', '30'), '/fields/0/maxLength', '要数，写的是 "30"'],
  [
    LX_005,
    set('/plainName', '八十岁以上的老人每月津贴'),
    '/plainName',
    '超过 10 个字，写的是 "八十岁以上的老人每月津贴"',
  ],
  [LX_005, set('/catalogCode', '34051190100'), '/catalogCode', '至少 12 个字符，写的是 "34051190100"'],
  // Units and people
  ['units.json', set('/villages/0/townId', '341821999'), '/villages/0/townId', '没有这个镇街 "341821999"'],
  ['units.json', set('/towns/1/documentPrefix', '步办'), '/towns/1/documentPrefix', '重复了 "步办"'],
  [
    'units.json',
    set('/departments/0/liaisonId', 'zhao-min'),
    '/departments/0/liaisonId',
    '"zhao-min" 不是这个单位的联络员',
  ],
  ['service-points.json', set('/1/unitId', '341821002'), '', '单位 "341821001" 没有网点'],
  ['service-points.json', set('/1/nearest', 'sp-nowhere'), '/1/nearest', '没有这个网点 "sp-nowhere"'],
  ['staff.json', set('/0/roles/0/unitId', 'civl'), '/0/roles/0/unitId', '没有这个单位 "civl"'],
  [
    'staff.json',
    set('/250/leave', [{ from: '2026-11-26', to: '2026-11-27', substituteId: 'sun-zhiyuan' }]),
    '/250/leave/0/substituteId',
    '"sun-zhiyuan" 不是同一个单位的人，不能代批',
  ],
  ['staff.json', set('/0/substituteId', 'nobody'), '/0/substituteId', '没有这个工作人员 "nobody"'],
  ['staff.json', set('/0/sex', 'female'), '/0/sex', '和身份证号里的性别不一致'],
  ['residents.json', set('/0/family/0/personId', 'nobody'), '/0/family/0/personId', '没有这个人 "nobody"'],
  [
    'residents.json',
    set('/0/credentials/2/values/bankNo', '6299000043030583309'),
    '/0/credentials/2/values/bankNo',
    '卡号校验不对（ISO 7812 Luhn）',
  ],
  [
    'residents.json',
    set('/0/credentials/2/code', 'LIC-NONE'),
    '/0/credentials/2/code',
    'credential-kinds.json 里没有 "LIC-NONE"',
  ],
  ['residents.json', set('/1/phone', '15405632714'), '/1/phone', '重复了 "15405632714"'],
  // Steps
  [LX_005, set('/steps/2/organ', { kind: 'unit', unitId: 'civl' }), '/steps/2/organ', '没有这个单位 "civl"'],
  [
    LX_005,
    set('/steps/0/actions', ['verify']),
    '/steps/0/actions',
    '核实、现场核查的步骤要能说情况不符（"fail"）',
  ],
  [
    'service-items/LX-034.json',
    (item) =>
      set(`/steps/${item['steps']?.findIndex(({ kind }) => String(kind) === 'inspect')}/actions`, [
        'record-visit',
        'pass',
      ])(item),
    '/steps/2/actions',
    '核实、现场核查的步骤要能说情况不符（"fail"）',
  ],
  [LX_005, set('/steps/1/actions/0', 'grant'), '/steps/1/actions/0', '"grant" 不能用在 "accept" 步骤'],
  [
    LX_005,
    set('/steps/1/actions', ['request-correction', 'transfer']),
    '/steps/1/actions',
    '没有一个动作能办完这一步',
  ],
  [
    'service-items/LX-045.json',
    set('/steps/3/sign', 'all'),
    '/steps/3/sign',
    '会签（"all"）只用在以 "pass"、"fail" 办完的步骤',
  ],
  [LX_005, set('/promisedDays', 9), '/promisedDays', '承诺 9 天，计入承诺的步骤加起来 10 天'],
  [
    LX_005,
    set('/steps/0/publicity', { days: 7, unit: 'calendar' }),
    '/steps/0/publicity',
    '公示步骤要写天数，别的步骤不写',
  ],
  [
    'service-items/LX-034.json',
    set('/steps/2/officersMin', 1),
    '/steps/2/officersMin',
    '现场核查要两名以上工作人员',
  ],
  [LX_040, set('/departmentId', 'nowhere'), '/departmentId', '没有这个部门 "nowhere"'],
  ['staff.json', set('/0/substituteId', null), '/0/substituteId', '办件的人要有代的人（休假、回避时用）'],
  [
    'units.json',
    set('/towns/0/population', 1),
    '/towns',
    '各镇街人口加起来 263261，和 pack.json 的 region.population 不一致',
  ],
  ['units.json', set('/towns/0/staffing/count', 1), '/towns/0/staffing/count', '专职加兼职是 5 人'],
  // Who decides, who waits for whom, which clocks run
  [
    'service-items/LX-025.json',
    set('/steps/2/organ', { kind: 'unit', unitId: 'agri' }),
    '/steps/1/organ',
    '村里的公示请人到作决定的单位提异议，那里却不受理这件事，没有人能记下：受理和作决定要是同一个单位',
  ],
  [
    'service-items/LX-025.json',
    set('/steps/1/actions', ['publish-notice', 'close-notice']),
    '/steps/1/actions',
    '公示的步骤要能记下异议（"record-objection"）',
  ],
  ...['idNo', 'name', 'mobile', 'members'].map((key, at) => {
    const label = ['身份证号', '姓名', '手机号', '家庭成员'][at]
    return [
      'service-items/LX-025.json',
      set('/steps/1/publicity/tells', ['area', key]),
      '/steps/1/publicity/tells/1',
      `公示里不能写"${label}"：只写办的是什么，不写是谁、什么号`,
    ] as const
  }),
  // Of a kind that may hang there, and a person's all the same.
  ...(
    [
      ['sensitive', true],
      ['prefill', 'share:hrss.paidMonths'],
    ] as const
  ).map(
    ([about, value]) =>
      [
        'service-items/LX-025.json',
        set(`/fields/9/${about}`, value),
        '/steps/1/publicity/tells/2',
        '公示里不能写"拟建层数"：只写办的是什么，不写是谁、什么号',
      ] as const,
  ),
  [
    'service-items/LX-025.json',
    set('/steps/1/publicity/tells', ['nothing']),
    '/steps/1/publicity/tells/0',
    '表单里没有这一项 "nothing"',
  ],
  [LX_005, set('/steps/2/decides', false), '/steps', '作决定的步骤（decides）要恰好一个，现在 0 个'],
  [LX_005, set('/steps/0/decides', true), '/steps', '作决定的步骤（decides）要恰好一个，现在 2 个'],
  [
    LX_040,
    (item) => {
      set('/steps/2/decides', false)(item)
      set('/steps/1/decides', true)(item)
    },
    '/steps/1/decides',
    '作决定的应当是 "decide"',
  ],
  [LX_005, set('/steps/1/kind', 'verify'), '/steps', '受理步骤要恰好一个，现在 0 个'],
  [
    LX_005,
    set('/steps/0/kind', 'examine'),
    '/steps/0/kind',
    '受理之前只能是核实、公示，或各部门先看材料（"optional"）',
  ],
  [
    LX_005,
    set('/steps/0/countsTowardPromise', true),
    '/steps/0/countsTowardPromise',
    '可选的、受理前的、后续的步骤不占时限，也不停时限',
  ],
  [LX_005, set('/steps/2/actions/2', 'transfer'), '/steps/2/actions', '"transfer" 恰好在受理步骤才有'],
  [
    LX_040,
    set('/steps/2/actions', ['grant', 'refuse', 'extend']),
    '/steps/2/actions',
    '事项没有写延期（statutory.extension），不能有 "extend"',
  ],
  [
    'service-items/LX-027.json',
    set('/statutory/extension/approvedBy', { role: 'dept-approver', organ: { kind: 'department' } }),
    '/statutory/extension/approvedBy/organ',
    '批准延期的要是作决定的单位（"decide" 步骤）',
  ],
  [LX_040, set('/statutory/days', 2), '/promisedDays', '承诺 3 天，超过法定 2 天'],
  [LX_005, remove('/amount/from'), '/amount/from', '按月发的，要写从哪个月起'],
  [LX_040, set('/caseTypeCode', '1'), '/caseTypeCode', '即办件是 0 天，承诺件不是'],
  [
    'service-items/LX-045.json',
    set('/steps/0/actions', ['draft-correction']),
    '/steps/0/actions',
    '"draft-correction"、"draft-nothing" 一起用在受理之前各部门先看材料的步骤',
  ],
  [
    'service-items/LX-045.json',
    set('/steps/0/limitDays', 5),
    '/steps/1/limitDays',
    '各部门先看材料的天数加受理的天数，不能超过受理期限',
  ],
  [
    'service-items/LX-045.json',
    set('/steps/2/organ/unitIds/0', 'nowhere'),
    '/steps/2/organ/unitIds/0',
    '没有这个单位 "nowhere"',
  ],
  [
    'service-items/LX-045.json',
    set('/steps/2/organ/limitDays/eco', 30),
    '/steps/2/organ/limitDays/eco',
    '30 天超过步骤的 24 天',
  ],
  [
    'service-items/LX-045.json',
    set('/steps/2/organ/dependsOn/nr', ['housing']),
    '/steps/2/organ/dependsOn/nr',
    '等来等去成了圈',
  ],
  [
    'service-items/LX-037.json',
    set('/steps/2/when/equals', '也许'),
    '/steps/2/when',
    '"commit" 没有 "也许" 这个选项',
  ],
  [
    'service-items/LX-007.json',
    set('/fields/6/exclusive/0', '没有'),
    '/fields/6/exclusive/0',
    '没有 "没有" 这个选项',
  ],
  [LX_005, set('/fields/5/computed/from', 'born'), '/fields/5/computed/from', '表单里没有这一项 "born"'],
  [LX_005, set('/onlineDepth', '网上预审+窗口一次'), '/onsiteVisits', '"网上预审+窗口一次" 要到场'],
  [
    LX_005,
    set('/howToGet/text', '决定书在手机上看；证到村里拿'),
    '/onsiteVisits',
    '"决定书在手机上看；证到村里拿" 要到场',
  ],
  [LX_005, set('/howToGet/methods/0', 'pigeon'), '/howToGet/methods/0', 'choices.json 里没有 "pigeon"'],
  [LX_005, set('/lifeEvent', 'moon'), '/lifeEvent', 'life-events.json 里没有 "moon"'],
  [LX_005, set('/keywords/1', '老年补贴'), '/keywords/1', '重复了 "老年补贴"'],
  // Fields
  [
    LX_005,
    set('/fields/2/pattern', '^1[3-9\\d{9}$'),
    '/fields/2/pattern',
    '正则写错了：Invalid regular expression: /^1[3-9\\d{9}$/u: Unterminated character class',
  ],
  [
    LX_005,
    set('/fields/0/prefill', 'licence:LIC-NONE.name'),
    '/fields/0/prefill',
    '没有这个来源 "licence:LIC-NONE.name"',
  ],
  [
    LX_005,
    set('/fields/0/showWhen', { field: 'nothing', equals: true }),
    '/fields/0/showWhen/field',
    '表单里没有这一项 "nothing"',
  ],
  [LX_005, set('/fields/0/minLength', 40), '/fields/0/minLength', '40 大于 maxLength 的 30'],
  [LX_005, set('/fields/1/key', 'name'), '/fields/1/key', '重复了 "name"'],
  [LX_005, set('/duplicateKeys', ['year']), '/duplicateKeys/0', '表单里没有这一项 "year"'],
  // Catalogue
  [
    LX_005,
    set('/materials/0/credentialCode', 'LIC-NONE'),
    '/materials/0/credentialCode',
    'credential-kinds.json 里没有 "LIC-NONE"',
  ],
  [
    LX_005,
    set('/implementationCode', '11341821DEM00204455340511901001'),
    '/implementationCode',
    '和模板（implementationCodeTemplate）对不上',
  ],
  [LX_005, set('/openWindow', { from: '02-30', to: '08-15' }), '/openWindow/from', '没有这一天 "02-30"'],
  [
    LX_005,
    set('/eligibility/0/otherwise', 'other-item'),
    '/eligibility/0/otherItem',
    '改办别的事项才写，也一定要写',
  ],
  [LX_005, set('/id', 'LX-999'), '/id', '和文件名不一致'],
  [
    'reminder-limits.json',
    set('/perDay/part-timer/urgentReserve', 3),
    '/perDay/part-timer/urgentReserve',
    '给急件留的要比一天的少，写的是 {"max":3,"urgentReserve":3}',
  ],
  ['reminder-limits.json', set('/templatePerMinute', 0), '/templatePerMinute', '至少 1，写的是 0'],
  ['correction-rule.json', set('/graceDays', 0), '/graceDays', '至少 1，写的是 0'],
  ['home.json', set('/hot/1', 'LX-999'), '/hot/1', '没有这个事项 "LX-999"'],
  ['bundles.json', set('/0/itemIds/0', 'LX-999'), '/0/itemIds/0', '没有这个事项 "LX-999"'],
  [
    'targets.json',
    set('/0/targets/0/metric', 'logins'),
    '/0/targets/0/metric',
    '"logins" 不能定目标：用途不是 score（国办函〔2026〕12号）',
  ],
  ['policies.json', set('/0/unitId', 'nowhere'), '/0/unitId', '没有这个单位 "nowhere"'],
  [
    'bundles.json',
    set('/0/sharedFields/0/fields/LX-001', 'nick'),
    '/0/sharedFields/0/fields/LX-001',
    '事项 "LX-001" 的表单里没有 "nick"，或不在这件事里',
  ],
  ['item-facts.json', set('/0/nextItems', ['LX-999']), '/0/nextItems', '没有这个事项 "LX-999"'],
  ['business-scopes.json', set('/0/needsItemId', 'LX-999'), '/0/needsItemId', '没有这个事项 "LX-999"'],
  ['credential-kinds.json', set('/0/issuerUnitId', 'nowhere'), '/0/issuerUnitId', '没有这个单位 "nowhere"'],
  ['pack.json', set('/sponsor/unitId', 'nowhere'), '/sponsor/unitId', '没有这个单位 "nowhere"'],
  ['enterprises.json', set('/0/agents/0/personId', 'nobody'), '/0/agents/0/personId', '没有这个人 "nobody"'],
  [
    'staff.json',
    (staff) => {
      for (const member of staff)
        for (const role of member['roles'] ?? [])
          if (String(role['unitId']) === '341821105200') Object.assign(role, { unitId: '341821105203' })
    },
    '',
    '村 "341821105200" 的代办员要 1 人，现在 0 人',
  ],
  // Calendar
  ['calendars/2026.json', set('/offDays/32', '2027-10-07'), '/offDays/32', '不在 2026 年里'],
  ['calendars/2026.json', set('/offDays/0', '2026-01-05'), '', '2026-01-01 应当放假：元旦（chinese-days）'],
  ['calendars/2026.json', set('/offDays/0', '2026-01-05'), '', '2026-01-05 应当上班（chinese-days）'],
  [
    'calendars/2026.json',
    set('/workDays/5', '2026-10-11'),
    '',
    '2026-10-10 应当上班：国庆节调休（chinese-days）',
  ],
  ['calendars/2026.json', set('/workDays/5', '2026-10-11'), '', '2026-10-11 应当休息：周末（chinese-days）'],
  // Days that one notice alone gave: of a parade, and of the first spring of an epidemic.
  [
    'calendars/2015.json',
    set('/offDays/15', '2015-09-02'),
    '',
    '2015-09-03 应当放假：中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日（chinese-days）',
  ],
  ['calendars/2020.json', set('/offDays/8', '2020-02-03'), '', '2020-01-31 应当放假：春节（chinese-days）'],
]

describe('reading a county pack', () => {
  let folder: string
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'pack-')), 'langxi')
    await cp('drizzle/packs/langxi', folder, { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Reads the pack with one file written anew, then puts it back. */
  async function readWith(file: string, text: string) {
    const path = join(folder, file)
    const before = await readFile(path, 'utf8')
    await writeFile(path, text)
    const read = await readPack(folder)
    await writeFile(path, before)
    return read.ok ? [] : read.error
  }

  it.each(FAULTS)('names the fault in %s', async (file, wrong, path, fault) => {
    const document: Json = JSON.parse(await readFile(join(folder, file), 'utf8'))
    wrong(document)
    expect(await readWith(file, JSON.stringify(document))).toContainEqual({ file, path, fault })
  })

  it('names a file that is missing, unknown or no JSON', async () => {
    expect(await readWith('policies.json', '[')).toEqual([
      { file: 'policies.json', path: '', fault: expect.stringMatching(/^不是 JSON：/) },
    ])
    await writeFile(join(folder, 'polices.json'), '[]')
    await rm(join(folder, 'policies.json'))
    const read = await readPack(folder)
    expect(read).toEqual({
      ok: false,
      error: [
        { file: 'polices.json', path: '', fault: '数据包里没有这样的文件，名字写错了？' },
        { file: 'policies.json', path: '', fault: '缺这个文件' },
      ],
    })
    await rm(join(folder, 'polices.json'))
    await cp('drizzle/packs/langxi/policies.json', join(folder, 'policies.json'))
  })

  it('reads a pack without a home page and limits of its own', async () => {
    const optional = ['home.json', 'reminder-limits.json']
    for (const file of optional) await rm(join(folder, file))
    expect(await readPack(folder)).toMatchObject({
      ok: true,
      value: { home: { hot: [] }, reminderLimits: USUAL_LIMITS },
    })
    for (const file of optional) await cp(`drizzle/packs/langxi/${file}`, join(folder, file))
  })

  it('names every step that a unit cannot do', async () => {
    const staff: { roles: { unitId: string; role: string }[] }[] = JSON.parse(
      await readFile(join(folder, 'staff.json'), 'utf8'),
    )
    for (const { roles } of staff)
      for (const held of roles)
        if (held.unitId === '341821101' && held.role !== 'town-approver')
          Object.assign(held, { unitId: '341821105' })
    const faults = await readWith('staff.json', JSON.stringify(staff))
    for (const fault of [
      {
        file: LX_005,
        path: '/steps/2/role',
        fault: '单位 "341821101" 的 "town-reviewer" 要 2 人，现在 0 人',
      },
      { file: 'units.json', path: '/towns/4', fault: '没有联络员' },
      { file: 'staff.json', path: '', fault: '镇街 "341821101" 没有 "town-window"' },
    ])
      expect(faults).toContainEqual(fault)
  })

  it('tells all faults at once', async () => {
    const document: Json = JSON.parse(await readFile(join(folder, LX_005), 'utf8'))
    set('/departmentId', 'nowhere')(document)
    set('/promisedDays', 12)(document)
    set('/fields/0/prefill', 'horoscope.sign')(document)
    expect(await readWith(LX_005, JSON.stringify(document))).toHaveLength(3)
  })

  it('answers for a county without pack', async () => {
    expect(await readPack(join(folder, 'nowhere'))).toEqual({
      ok: false,
      error: [{ file: '.', path: '', fault: '没有这个数据包' }],
    })
  })

  it('knows the days off of each year that is published from 2015 on, in every pack', async () => {
    for (const pack of ['langxi', 'template']) {
      const read = await readPack(`drizzle/packs/${pack}`)
      expect(read.ok && read.value.calendars.map(({ year }) => year).sort(), pack).toEqual(
        Array.from({ length: 12 }, (_, after) => 2015 + after),
      )
    }
  })

  it('finds nothing wrong with the pack as it stands', async () => {
    expect((await readPack(folder)).ok).toBe(true)
  })
})
