import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Five departments at work on one project: its firm and its officer see one picture of it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const does = async (staffId: string, id: string, ...how: [Parameters<typeof act>[2], object?]) => {
  const [action, more] = how
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ staffId, status, body }).toMatchObject({ status: 200 })
}
const lanesOf = async (who: string, id: string) => (await caseOf(await county.as(who), id)).lanes

test('the firm, the officer and each department read the same, by the name of the unit', async () => {
  const { id } = await fileProject(county)
  await does(LOOKERS.nr, id, 'draft-correction', {
    items: [{ kind: 'field', name: 'projectName', reason: '和备案表上的不一样' }],
  })
  const looked = await lanesOf('xu-tao', id)
  expect(looked?.units.map(({ state }) => state)).toEqual(['looked', 'open', 'open', 'open', 'open'])
  expect(JSON.stringify(looked)).not.toContain('备案表上')
  for (const who of ['zhou-min', LOOKERS.water]) expect(await lanesOf(who, id), who).toEqual(looked)

  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  // Of four that work none is named for all, and whoever answers for the whole is asked; each department reads its own.
  const going = await caseOf(await county.as('xu-tao'), id)
  expect(going).toMatchObject({ nowText: '4 个部门正在审核', ask: { shortName: '马上办' } })
  expect((await caseOf(await county.as(LOOKERS.eco), id)).nowText).toBe('生态环境分局正在审核')
  await county.door('POST', 'clock', { advanceWorkingDays: 11 })
  await does(LOOKERS.emergency, id, 'pass')
  const late = await lanesOf('xu-tao', id)
  expect(await lanesOf('zhou-min', id)).toEqual(late)
  expect(late?.late).toBe('县水利局超了 1 个工作日，县住建局要等它办完才能开始')
  expect(late?.units.filter((unit) => unit.late).map(({ unitId }) => unitId)).toEqual(['water'])
  expect(late?.units.find(({ unitId }) => unitId === 'housing')).toMatchObject({
    state: 'waiting',
    words: '还没开始',
    note: '要等县自规局、县水利局办完',
    openedOn: null,
  })
  expect(late?.units.find(({ unitId }) => unitId === 'emergency')).toMatchObject({
    state: 'passed',
    late: false,
  })
  expect(late?.clock).toMatchObject({ usedDays: 11, days: 30 })
  expect(late?.law).toMatchObject({ words: '法定 45 个工作日' })
})

test('who sees no such case is told of no lanes, and one that goes from unit to unit has none', async () => {
  const { id } = await fileProject(county)
  expect(await (await county.as('li-jianguo')).send('GET', `/api/cases/${id}`)).toMatchObject({ status: 404 })
})
