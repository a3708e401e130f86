import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { ServiceGuide } from '#shared/contract/service-item'
import { addDays, type PlainDate, plainDate } from '#shared/domain/kernel/plain-date'
import { addWorkingDays, isWorkingDay } from '#shared/domain/time-limit/calendar'
import { CALENDAR_2026 } from '#shared/domain/time-limit/calendar-fixture'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, newcomer, openCounty, type Person } from './county'

let county: County
const calendar = CALENDAR_2026
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const TODAY = plainDate('2026-11-24')
const DALIANG = '341821105200'

const guideOf = async (id: string, person: Person = county.visitor) =>
  (await person.send<ServiceGuide>('GET', `/api/service-items/${id}`)).body

const daysIn = (text: string) => (text.includes('当天') ? 0 : Number(/(\d+) 个工作日/.exec(text)?.[1] ?? 0))

/** The day on which all that is told one after the other is through; a publicity closes on a working day after its last. */
function walked(steps: ServiceGuide['steps']) {
  const works = (day: PlainDate) => isWorkingDay(calendar, day) ?? false
  const workingFrom = (day: PlainDate): PlainDate => (works(day) ? day : workingFrom(addDays(day, 1)))
  let day: PlainDate = TODAY
  for (const { counting, limitText } of steps) {
    if (counting !== 'promise' && counting !== 'apart') continue
    const natural = /公示 (\d+) 天/.exec(limitText)?.[1]
    if (natural === undefined) {
      const due = addWorkingDays(calendar, day, daysIn(limitText))
      if (due.kind !== 'on') return null
      day = due.on
    } else day = workingFrom(addDays(day, Number(natural)))
    if (limitText.includes('公示')) day = workingFrom(addDays(day, 1))
    if (!calendar.has(Number(day.slice(0, 4)))) return null
  }
  return day
}

test.each(packItems().map(({ id, plainName, promisedDays }) => [id, plainName, promisedDays] as const))(
  '%s %s: what is told of each part adds up to the promise, and to the last day',
  async (id, _name, promisedDays) => {
    const { steps, dueIfFiledToday, openWindow } = await guideOf(id)
    const counted = steps.filter(({ counting }) => counting === 'promise')
    expect(counted.reduce((sum, { limitText }) => sum + daysIn(limitText), 0)).toBe(promisedDays)
    const { dueOn, dueBecause, lastOn, apart } = dueIfFiledToday
    const isClosed = openWindow?.open === false
    const waits = dueBecause?.kind === 'waits-for'
    if (isClosed || waits) return expect([dueOn, lastOn]).toEqual([null, null])
    const promised = addWorkingDays(calendar, TODAY, promisedDays)
    expect(dueOn).toBe(promised.kind === 'on' ? promised.on : null)
    expect(lastOn).toBe(walked(steps))
    expect(apart === null).toBe(steps.every(({ counting }) => counting !== 'apart'))
    if (apart === null) expect(lastOn).toBe(dueOn)
  },
)

test('no paper is said to be generated or signed, and who has to come is told so', async () => {
  for (const { id } of packItems()) {
    const text = JSON.stringify(await guideOf(id))
    expect(text).not.toMatch(/自动生成|电子签名/)
  }
  for (const id of ['LX-052', 'LX-006']) expect(await guideOf(id)).toMatchObject({ onsiteVisits: 1 })
})

const statesOf = ({ acceptConditions }: ServiceGuide) => acceptConditions.map(({ state }) => state)

test('conditions are held against who reads them', async () => {
  expect(statesOf(await guideOf('LX-005'))).toEqual(['unknown', 'unknown', 'unknown'])
  expect(await guideOf('LX-005', await county.as('chen-guilan'))).toMatchObject({
    realNameLevel: 3,
    acceptConditions: [
      { state: 'met', why: '80 岁' },
      { state: 'met', why: '县里查得到' },
      { state: 'unknown', why: null },
    ],
  })
  expect((await guideOf('LX-005', await county.as('li-jianguo'))).acceptConditions[0]).toEqual({
    text: '满 80 周岁',
    state: 'unmet',
    why: '现在 58 岁，2048年5月12日 满 80 岁',
  })
})

test('a closed item ticks nothing and names no day', async () => {
  const guide = await guideOf('LX-004', await county.as('chen-guilan'))
  expect(statesOf(guide)).not.toContain('met')
  expect(guide.acceptConditions.at(-1)).toMatchObject({ state: 'unmet', why: '下一次 2027年7月1日 开始' })
  expect(guide.dueIfFiledToday).toMatchObject({ dueOn: null, lastOn: null })
})

test('an open case is told before the form, a grant afterwards; neither to a typed number', async () => {
  const born = { name: '甘桂兰', birth: '1944-03-05', villageCode: DALIANG }
  const { person, idNumber } = await newcomer(county, { ...born, level: 3 })
  const item = packItems().find(({ id }) => id === 'LX-005')
  if (!item) throw new Error('no item')
  const uploads = await Promise.all(item.materials.map(() => person.upload()))
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: item.id,
      ...validInput(item, createRandom(3), {
        ...packContext(TODAY),
        onFileCredentialCodes: new Set(),
        uploadId: () => uploads.pop() ?? '',
        identity: { name: born.name, idNumber, mobile: '15400000001' },
        villageCode: DALIANG,
      }),
    },
  })
  expect(filed.status).toBe(201)
  const { id } = filed.body
  expect((await guideOf('LX-005', person)).filed).toEqual([
    {
      caseId: id,
      whose: 'own',
      forFirm: false,
      bars: true,
      applicantMasked: '甘*兰',
      toldApart: null,
      filedOn: TODAY,
      word: '等着受理',
      isOver: false,
    },
  ])
  expect((await guideOf('LX-005', await county.as('chen-guilan'))).filed).toEqual([])
  const grant = [
    ['wang-lixin', 'verify', {}],
    ['zhao-min', 'accept', {}],
    ['sun-zhiyuan', 'grant', {}],
  ] as const
  for (const [staff, action, more] of grant) {
    const answer = await act(await county.as(staff), id, action, more)
    expect([action, answer.status, answer.body]).toMatchObject([action, 200, {}])
  }
  const granted = await guideOf('LX-005', person)
  expect(granted.acceptConditions[2]).toEqual({
    text: '没有领过高龄津贴',
    state: 'unmet',
    why: '11月24日 批过一次',
  })
})

test('a session that has ended is nobody’s', async () => {
  const { personId } = await newcomer(county, {
    name: '甘小满',
    birth: '1979-03-08',
    villageCode: DALIANG,
    level: 3,
  })
  const other = await county.logIn(personId)
  expect((await guideOf('LX-005', other)).realNameLevel).toBe(3)
  await other.send('DELETE', '/api/sessions/current')
  expect((await guideOf('LX-005', other)).realNameLevel).toBeNull()
})

test('where a child may apply the guide tells what goes in the place of a card, and the way of the guardian', async () => {
  const ofChild = await guideOf('LX-021')
  expect(ofChild.papers.find(({ name }) => name === '居民身份证')?.forChild).toBe(
    '没有身份证的孩子：户口簿上孩子那一页',
  )
  expect(ofChild.papers.find(({ name }) => name === '居民户口簿')?.forChild).toBeNull()
  expect(ofChild.childCheck).toContain('监护人带户口簿到窗口、村里核')
  const ofOld = await guideOf('LX-005')
  expect(ofOld.papers.every(({ forChild }) => forChild === null)).toBe(true)
  expect(ofOld.childCheck).toBeNull()
})
