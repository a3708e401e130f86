import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const WHO = 'li-jianguo'

/** What the account has said last, after what the person did. */
async function answered(path: string, body: object) {
  const { status } = await county.door('POST', `official-account/${path}`, { person: WHO, ...body })
  expect(status).toBe(201)
  const { messages } = (
    await county.door<{ messages: { speaker: string; content: string }[] }>(
      'GET',
      `official-account/messages?person=${WHO}`,
    )
  ).body
  return messages.filter(({ speaker }) => speaker === 'account').map(({ content }) => content)
}
const said = async (text: string) => (await answered('messages', { text }))[0]

test('whoever follows is told what is here and whom to call', async () => {
  const [greeting] = await answered('events', { event: 'subscribe' })
  expect(greeting).toMatch(/郎溪县.*我要办事.*12345/)
})

test('words find items as the search does, with where to go on and the number of the organ', async () => {
  expect(await said('老年钱')).toMatch(
    /^是不是要办：\n· .*高龄津贴[\s\S]*点下面“我要办事”。问人打 0563-\d+。急的打 12345/,
  )
  expect(await said('qwzx')).toMatch(/^没找到这件事.*12345/)
})

test('nobody reads of a case here: who asks is led to where they log in', async () => {
  for (const words of ['查进度 3418212611240001', '我的办好了吗', '3418212611240001'])
    expect(await said(words)).toMatch(/^办到哪了，点下面“我的办件”，登录了只有你看得到/)
})

test('who goes or taps the menu is answered nothing', async () => {
  const before = (await answered('events', { event: 'CLICK', eventKey: 'x' })).length
  expect((await answered('events', { event: 'unsubscribe' })).length).toBe(before)
})
