import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// One department of a project refuses while the others still work: the firm reads so wherever the project says where it is.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const does = async (
  staffId: string,
  id: string,
  action: Parameters<typeof act>[2],
  more: Record<string, unknown> = {},
) => {
  const { status, body } = await act(await county.as(staffId), id, action, more)
  expect({ staffId, action, status, body }).toMatchObject({ status: 200 })
}

test('its refusal is told with its own day where the papers are told of, and counted where the project stands', async () => {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  const { version } = await caseOf(person, id)
  const body = { method: 'electronic', version }
  const chosen = await person.send('POST', `/api/cases/${id}/delivery-choice`, { body })
  expect(chosen.status, JSON.stringify(chosen.body)).toBe(200)
  await does('zhou-min', id, 'accept')
  expect((await caseOf(person, id)).delivery?.refusedOnPhone).toEqual([])
  await does(LOOKERS.water, id, 'fail', { reason: '水土保持方案缺弃渣场设计' })
  const refused = await caseOf(person, id)
  const told = ['没批的“生产建设项目水土保持方案审批”3月2日 到了手机，从这天算送达']
  expect(refused.delivery?.refusedOnPhone).toEqual(told)
  expect(refused.outcome.word).toBe('正在办，有 1 样没批')
  expect(refused.nowText).toBe('3 个部门正在审核，有 1 样没批')
  expect(refused.timeline[0]).toMatchObject({ isNo: true })
  const listed = (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
  expect(listed?.statusText).toBe('3 个部门正在审核，有 1 样没批')
  const officer = await caseOf(await county.as('zhou-min'), id)
  expect(officer.delivery?.refusedOnPhone).toEqual(told)
})
