import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { act, caseOf } from '../product/client'
import { death } from '../product/death'
import { deliver } from '../product/deliver'
import { fileProject, nothingMissing } from '../product/project'
import { keepPicture, untilShown } from './browser'
import { openToLookAt } from './looked-at'
import { pageFaults } from './page-checks'
import { bornBy, file, play } from './scenes'
import { press, sees, UNTIL_READ } from './screen'

// What is said while nobody who may decide is there, and while an organ takes back what it revoked unheard.
const { client: county, lookedAt, openPhone } = await openToLookAt('nobody-decides')
const born = bornBy(county, '1980-03-05')
const HOME = 'features/service-item/home'
const LIST = 'tabs/case/my-cases'
const PAPER = 'features/case/one-page?id='
const PAGE = 'features/case/timeline?id='
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 720 }

const onLeave = (units: readonly string[]) =>
  county.services.database.rows(sql`with changed as (update staff
      set leave = '[{"from":"2026-11-01","to":"2026-12-31","substituteId":null}]'::jsonb
      where id in (select staff_id from staff_roles where role = 'dept-approver'
        and unit_id in (select jsonb_array_elements_text(${JSON.stringify(units)}::jsonb))))
    update reference_data set revision = revision + 1, registry = registry + 1`)

async function worked(person: string, path: string, name: string, words: RegExp | string, elder = false) {
  for (const size of elder ? [PHONE] : [DESK, PHONE]) {
    const phone = await openPhone({ person, size, elder })
    await phone.go(path)
    await untilShown(phone.page)
    await sees(phone.page, words)
    if (size === PHONE) await phone.page.setViewportSize({ width: 390, height: 1900 })
    await keepPicture(phone.page, `nobody-decides-${name}-${size.width}${elder ? '-elder' : ''}`)
    expect(await pageFaults(phone.page, { elder, desktop: size === DESK }), name).toEqual([])
    expect(phone.faults).toEqual([])
    await phone.close()
  }
}

test('one head is away until after the day: page, list, home, paper and desk say so', async () => {
  const owner = await born('殷一等')
  const id = await file(county, owner, 'LX-038')
  expect((await act(await county.as('window-transport'), id, 'accept')).status).toBe(200)
  expect((await act(await county.as('reviewer-transport-1'), id, 'pass')).status).toBe(200)
  const units = await county.services.database.rows<{ unit_id: string }>(
    sql`select unit_id from staff_roles where staff_id = 'approver-transport-1' and role = 'dept-approver'`,
  )
  await onLeave(units.map(({ unit_id }) => unit_id))
  await county.app.jobs['remind-of-deadlines']()
  for (const [path, name, words] of [
    [`${PAGE}${id}`, 'page', /怕赶不上/],
    [LIST, 'list', /怕赶不上/],
    [HOME, 'home', /怕赶不上/],
    [`${PAPER}${id}`, 'paper', /能作决定的人 2027年1月4日 才在/],
  ] as const)
    await lookedAt(owner, path, name, async (page) => {
      await sees(page, words)
      await page.setViewportSize({ width: 390, height: 1900 })
    })
  const window = await county.as('window-transport')
  const { version } = await caseOf(window, id)
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  expect(confirmed.status).toBe(200)
  await lookedAt(owner, `${PAGE}${id}`, 'nudge', async (page) => {
    await press(page, '催一催')
    await sees(page, /^会提醒正在跟进的/)
    await page.waitForTimeout(UNTIL_READ)
  })
  for (const elder of [false, true])
    await worked('reviewer-transport-1', `staff/case/case?id=${id}`, 'desk', /怕赶不上/, elder)
  await worked('supervisor-1', `staff/case/case?id=${id}`, 'desk-supervisor', /怕赶不上/)
})

test('one of several departments waits', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  expect((await act(await county.as('zhou-min'), id, 'accept')).status).toBe(200)
  await county.services.database.rows(sql`with changed as (update staff set leave = '[{"from":"2026-11-01","to":"2026-12-31","substituteId":null}]'::jsonb
      where id in (select staff_id from staff_roles where unit_id = 'water'))
    update reference_data set revision = revision + 1, registry = registry + 1`)
  for (const [path, name] of [
    [`${PAGE}${id}`, 'project-page'],
    [LIST, 'project-list'],
    [HOME, 'project-home'],
    [`${PAPER}${id}`, 'project-paper'],
  ] as const)
    await lookedAt({ personId: 'xu-tao' }, path, name, async (page) => {
      await sees(page, /等能作决定的人/)
      await page.setViewportSize({ width: 390, height: 1900 })
    })
  await worked('zhou-min', `staff/case/case?id=${id}`, 'project-desk', /才在/)
})

test('a revocation that nobody was heard on is being taken back', async () => {
  const elder = await bornBy(county)('贺收回')
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  const setClock = async (to: string) => {
    await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
    await county.door('POST', 'clock', { set: `${to}T10:00:00+08:00` })
  }
  const after = async (who: string, body: object) => {
    const person = await county.as(who)
    const { version } = await caseOf(person, id)
    const answer = await person.send('POST', `/api/cases/${id}/after-decision`, {
      body: { version, ...body },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  await setClock('2026-11-25')
  await death(county, id, 'record')
  await after('sun-zhiyuan', { action: 'propose-revocation', basis: 'unqualified', reason: '户口本是假的' })
  const taker = { name: '贺家儿', power: 'family' as const }
  const handed = { of: 'revocation-notice' as const, takenOn: '2026-11-25' as never, taker }
  expect((await deliver(await county.as('zhao-min'), id, 'hand-over', handed)).status).toBe(200)
  await setClock('2026-12-09')
  await after('wu-deming', { action: 'revoke-decision', reason: '查实了，材料是假的' })
  await death(county, id, 'withdraw')
  for (const [path, name, words, struck] of [
    [`features/case/result?id=${id}`, 'taking-back-result', /撤销了，现在不算数/, 1],
    [`${PAGE}${id}`, 'taking-back-page', /最晚 12月23日 周三 收回/, 0],
    [LIST, 'taking-back-list', /最晚 12月23日 收回/, 0],
    [HOME, 'taking-back-home', /正在收回撤销/, 0],
    [`${PAPER}${id}`, 'taking-back-paper', /收回撤销/, 0],
  ] as const)
    await lookedAt(elder, path, name, async (page) => {
      await sees(page, words)
      expect(await page.locator('.decision.is-struck').count()).toBe(struck)
      await page.setViewportSize({ width: 390, height: 1900 })
    })
  await worked('wu-deming', `staff/case/case?id=${id}`, 'taking-back-desk', /收回/)
  await worked('wu-deming', `staff/case/queue`, 'taking-back-queue', /收回/)
})
