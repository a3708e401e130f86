import { expect, test } from 'vitest'
import { goesAtOnce, type Holdings, staysByLaw } from './closing'

const NOBODY: Holdings = {
  wechats: 1,
  photos: 0,
  firms: [],
  worksHere: false,
  endedCases: 0,
  casesGoingOn: 0,
  disowned: 0,
  disownable: 0,
  unconfirmed: false,
  ratings: 0,
  consents: 0,
}

test('of whoever has done nothing yet goes all there is, and the log alone stays', () => {
  expect(goesAtOnce(NOBODY).map(({ what }) => what)).toEqual([
    '姓名、手机号、身份证号、住的村',
    '微信登录，登录过的手机和电脑',
    '没填完的、没交的照片',
    '消息、提醒设置、哪天用过',
  ])
  expect(staysByLaw(NOBODY).map(({ law }) => law)).toEqual(['网络安全法 第21条'])
})

test('each thing that there is is named once, in what goes or in what stays', () => {
  const all = {
    wechats: 2,
    photos: 3,
    firms: ['郎溪甲店', '郎溪乙店'],
    worksHere: true,
    endedCases: 4,
    casesGoingOn: 5,
    disowned: 1,
    disownable: 1,
    unconfirmed: true,
    ratings: 1,
    consents: 2,
  }
  const goes = goesAtOnce(all)
  expect(goes.map(({ note }) => note)).toContain('你有 2 个微信能登录，一起注销')
  expect(goes.map(({ what }) => what)).toContain('替郎溪甲店、郎溪乙店办事的授权')
  expect(goes.map(({ what }) => what)).toContain('工作身份、验证器')
  expect(staysByLaw(all).map(({ what, law }) => [what, law])).toEqual([
    ['办过的 4 件事和文书', '档案法 第14条、县里的保管期限'],
    ['还没办完的 5 件事', '档案法 第14条、县里的保管期限'],
    ['谁看过、办过你的事', '网络安全法 第21条'],
    ['被说“不是我申请的”的 1 件', '个人信息保护法 第13条第一款第三项'],
    ['用别人的或者没核过的号码申请的 1 件', '个人信息保护法 第13条第一款第三项'],
    ['你同意过什么、哪天同意的', '个人信息保护法 第56条'],
    ['评过的 1 次', null],
  ])
  const told = (unconfirmed: boolean) => staysByLaw({ ...all, unconfirmed })[0]?.note
  expect(told(true)).toContain('先核身份再注销')
  expect(told(false)).not.toContain('先核身份再注销')
  // What can be done no more is not advised.
  expect(staysByLaw(all, true)[0]?.note).not.toContain('先核身份再注销')
  expect(staysByLaw(all, true)[0]?.note).toContain('以后核过了写的也是')
})

test('of the file that stays it is said beforehand what is in it, and by what it is found again', () => {
  const notes = staysByLaw({ ...NOBODY, endedCases: 1, casesGoingOn: 1 })
    .slice(0, 2)
    .map(({ note }) => note)
  for (const note of notes) expect(note).toMatch(/姓名、身份证号和照片.*重新登记.*身份证号又看得到/)
  // No night removes a case: a number of years would promise that one does.
  expect(notes.filter((note) => /\d+ 年/.test(note ?? ''))).toEqual([])
  expect(notes[0]).toContain('按县里的档案保管期限留，没到期不删')
})
