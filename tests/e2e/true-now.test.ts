import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { act, caseOf } from '../product/client'
import { keepPicture, untilShown } from './browser'
import { openToLookAt } from './looked-at'
import { bornBy, file, play } from './scenes'
import { fieldOf, press, sees, stands, write } from './screen'

// What a page says is so on the day on which it is read: a stop that lasts, a visit that stands, a sheet opened again.
const { client, openPhone, lookedAt } = await openToLookAt('true-now')
const born = (name: string, birth?: string) => bornBy(client)(name, 3, birth)

const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

test('what is right as it was stays said after the page is opened anew', async () => {
  const owner = await born('章照旧')
  const id = await file(client, owner, 'LX-005')
  const items = [
    { kind: 'field', name: 'bankCard', reason: '再看一眼' },
    { kind: 'material', name: '居民户口簿', reason: '看不清' },
  ]
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'request-correction', { reason: '看不清', items }],
  ])
  await lookedAt(owner, `features/case/application/submitted?id=${id}`, 'receipt', (page) =>
    sees(page, '现在补'),
  )
  const { page, go, close } = await openPhone({ person: owner.personId })
  await go(`features/case/correction?id=${id}`)
  await press(page, '这个号没错，就用它')
  await sees(page, '用原来的')
  await untilShown(page)
  await page.waitForTimeout(1500)
  await page.reload()
  await sees(page, '用原来的')
  await sees(page, /^还差 1 样：居民户口簿/)
  await close()
})

test('a stop that lasts longer than its notice said says so', async () => {
  const owner = await born('章鉴定')
  const id = await file(client, owner, 'LX-012')
  await play(client, id, [
    ['specialWindow', 'accept'],
    [
      'specialReviewer',
      'suspend',
      { basis: 'appraisal', expectedDays: 15, reason: '要到定点医院做残疾评定' },
    ],
  ])
  const path = `features/case/timeline?id=${id}`
  const on = (await caseOf(owner.person, id)).expectedOn ?? ''
  const day = `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`
  await lookedAt(owner, path, 'stopped', (page) =>
    sees(page, new RegExp(`^预计 ${day}.*做完。暂停的这些天不算`)),
  )
  await client.door('POST', 'clock', { advanceWorkingDays: 14 })
  await lookedAt(owner, path, 'stopped-longer', async (page) => {
    await sees(page, new RegExp(`^原来预计 ${day}.*做完，过了，还没做完。为什么、还要多久，下面能打电话问。`))
    expect(await count(page, /恢复了会告诉你/)).toBe(0)
  })
  await lookedAt(owner, `features/case/one-page?id=${id}`, 'stopped-longer-page', (page) =>
    sees(page, /过了，还没做完/),
  )
  const { version } = await caseOf(owner.person, id)
  await owner.person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  await lookedAt(owner, `features/case/result?id=${id}`, 'withdrawn', async (page) => {
    await sees(page, '撤回了，没有作决定。以后还要办，再申请。')
  })
  await lookedAt(owner, `features/case/one-page?id=${id}`, 'withdrawn-page', async (page) => {
    await sees(page, '县残联')
    expect(await count(page, '打电话问')).toBe(0)
  })
})

test('of somebody too young nothing is asked but who it is', async () => {
  const son = await born('章帮办', '1975-03-05')
  const young = await born('章还小', '1948-03-05')
  await lookedAt(son, 'features/case/application/form?id=LX-005&who=other', 'too-young', async (page) => {
    await write(page, '姓名', young.name)
    await write(page, '身份证号', young.idNumber)
    await stands(page, /还不能办。号码写错了就改。$/)
    expect(await count(page, /手机号|村|关系/)).toBe(0)
    // A slip of the pen is put right, and the rest is asked for.
    await fieldOf(page, '身份证号').fill('')
    await sees(page, /手机号/)
    await write(page, '身份证号', young.idNumber)
    await sees(page, '先不办，回去')
  })
})

test('a visit that is granted says what one does who cannot come, until its half day is over', async () => {
  const owner = await client.as('li-jianguo')
  const filed = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-052',
      answers: {
        entName: '郎溪县梅渚镇李记小吃店',
        uscc: '92341821DEM903328K',
        legalRep: '李建国',
        contact: '李建国',
        mobile: '15400000001',
        service: ['培训'],
        slot: { date: '2026-12-16', half: '上午' },
      },
      materials: [],
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const window = await client.as('window-tax')
  for (const action of ['accept', 'grant', 'conclude'] as const)
    expect((await act(window, id, action)).status).toBe(200)
  const me = { personId: 'li-jianguo' }
  for (const page of ['timeline', 'result'])
    await lookedAt(me, `features/case/${page}?id=${id}`, `granted-visit-${page}`, async (shown) => {
      await sees(shown, /^约好 12月16日 .+ 上午来$/)
      await sees(shown, '来不了，打电话说一声；想换一天，再约一次。')
    })
  await client.door('POST', 'clock', { set: '2026-12-16T13:40:00+08:00' })
  await lookedAt(me, `features/case/result?id=${id}`, 'granted-visit-over', async (shown) => {
    await sees(shown, /办税预约，/)
    expect(await count(shown, /约好 |来不了/)).toBe(0)
  })
})

test('what is applied for again for somebody else says that the empty ones are to be filled, on the first of its steps', async () => {
  const mother = await born('章妈妈')
  const son = await born('章儿子', '1975-03-05')
  const { name, idNumber } = mother
  const id = await file(client, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'decline', { reason: '户口不在本县' }],
  ])
  const { page, go, close } = await openPhone({ person: son.personId })
  await go(`features/case/timeline?id=${id}`)
  await sees(page, '拍过的都留着，空着的要再填')
  await press(page, '再申请')
  await sees(page, '上次留下的带过来了，空着的补上。')
  await sees(page, /第 1 步/)
  await untilShown(page)
  await keepPicture(page, 'true-now-again-for-another')
  await go(`features/case/timeline?id=${id}`)
  await press(page, '再申请')
  await sees(page, '上次留下的带过来了，空着的补上。')
  const drafts = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft:other')))
  expect(await drafts()).toHaveLength(1)
  await close()
})

test('what is filed on Friday evening is drawn up to the day on which it is due', async () => {
  const owner = await born('章周五')
  await client.door('POST', 'clock', { set: '2026-12-18T19:15:00+08:00' })
  const id = await file(client, owner, 'LX-006')
  await lookedAt(owner, `features/case/application/submitted?id=${id}`, 'friday', async (page) => {
    await sees(page, /最晚/)
    await page.locator('.due-days__day.is-due:visible', { hasText: '最晚' }).waitFor({ timeout: 5000 })
    expect(await count(page, /0 个工作日/)).toBe(0)
    await sees(
      page,
      /收到，不在上班时间，下一个工作日当天办。周末和放假 2 天不算。依据：.+公布的承诺时限：当天。$/,
    )
  })
})
