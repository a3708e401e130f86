import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseReceipt } from '#shared/contract/receipt'
import { RECEIPT_PAPERS } from '#shared/domain/case/paper/receipt-paper'
import { bornBy } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { allowanceOf, fileAllowance } from './allowance'
import { act, type County, openCounty, type Person } from './county'

// 收件回执: what whoever came takes home, on the counter's roll or on a sheet.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const WHY = '手机坏了，儿子在外地'
const bare = (words: string) => words.replace(/\s/g, '')
const receiptOf = (person: Person, id: string) => person.send<CaseReceipt>('GET', `/api/cases/${id}/receipt`)

async function entered(name: string) {
  const whom = { name, idNumber: (await bornBy(county, '1944-03-05')(name, 0)).idNumber }
  const window = await county.as('zhao-min')
  const body = {
    ...(await allowanceOf(window, whom)),
    consent: { how: 'spoken' },
    visitReason: WHY,
  }
  const typed = await window.send<CaseCreated>('POST', '/api/work/applications', { body })
  expect(typed.status, JSON.stringify(typed.body)).toBe(201)
  return { window, ...typed.body }
}

test('the page and each width of paper say the same, a rare name masked and readable', async () => {
  const { window, id, caseNumber } = await entered('陈堃𬭎')
  const { status, body } = await receiptOf(window, id)
  expect(status).toBe(200)
  expect(body).toMatchObject({ title: '收件回执', place: '梅渚镇', viewer: 'staff' })
  expect(bare(body.number)).toBe(caseNumber)
  expect(body.rows).toEqual(
    expect.arrayContaining([
      { label: '事项', text: '高龄津贴' },
      { label: '给谁办', text: '陈*𬭎' },
      { label: '还差', text: '本人核一次身份' },
    ]),
  )
  expect(body.rows.find(({ label }) => label === '材料')?.text).toContain('居民户口簿')
  expect(body.rows.find(({ label }) => label === '办好')?.text).toMatch(/^核过身份，最晚 \d+月\d+日/)
  expect(body.notes).toContain('赵敏填的，本人口头同意代录')
  expect(body.notes).toContain('本人用微信登记、核过身份，在小程序“印象办事”的“我的办件”里看得到')
  expect(body.notes.at(-1)).toMatch(/^有事、问办到哪了：打 [\d-]+ 或者到窗口，报上编号$/)
  // Why somebody had to come is for the desk, and lies about on no paper.
  expect(JSON.stringify(body)).not.toContain(WHY)
  for (const paper of RECEIPT_PAPERS) {
    const sheet = await window.fetchFile(`/api/cases/${id}/receipt/${paper}`)
    expect(sheet).toMatchObject({ status: 200, contentType: 'application/pdf' })
    const words = await wordsOfPdf(sheet.bytes)
    const said = [body.title, body.place ?? '', body.number, body.mark ?? '', ...body.notes]
    expect(words).toContain(bare(body.scan?.words ?? 'none'))
    // Given to whoever stands there: the sheet alone has the whole name.
    const rows = body.rows.map(({ label, text }) => [label, label === '给谁办' ? '陈堃𬭎' : text])
    for (const each of [...said, ...rows.flat()]) expect(words).toContain(bare(each))
  }
})

test('who filed it on a phone is told where it stands there, and no address stands on either paper', async () => {
  const { person, idNumber } = await bornBy(county, '1944-03-05')('凌手机')
  const { id } = await fileAllowance(person, '凌手机', idNumber)
  const receipt = (await receiptOf(person, id)).body
  expect(receipt.notes).toContain('办这件的人登录以后，在小程序“印象办事”的“我的办件”里看得到')
  const form = (await person.send<CaseReceipt>('GET', `/api/cases/${id}/application-form`)).body
  for (const { scan: _square, ...slip } of [receipt, form])
    expect(JSON.stringify(slip)).not.toMatch(/svg|https?:/)
  expect(form.scan).toBeNull()
  expect(decodeURIComponent(receipt.scan?.picture ?? '')).toMatch(/^data:image\/svg\+xml;utf8,<svg/)
  // It leads to the page of the case, which is nobody's but theirs.
  const stranger = await bornBy(county, '1944-03-05')('凌路人')
  expect((await stranger.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
})

test('whoever may not see the case finds no receipt, and a paper that is none is refused', async () => {
  const { window, id } = await entered('凌回执')
  const other = await county.as('li-jianguo')
  expect((await receiptOf(other, id)).status).toBe(404)
  expect((await other.send('GET', `/api/cases/${id}/receipt/58`)).status).toBe(404)
  expect((await window.send('GET', `/api/cases/${id}/receipt/57`)).status).toBe(404)
})

test('once it has ended the receipt says so in place of a day', async () => {
  const { window, id } = await entered('凌撤回')
  await act(window, id, 'decline', { reason: '不归本县办，到户口所在地去办' })
  const { rows } = (await receiptOf(window, id)).body
  expect(rows.find(({ label }) => label === '办好')?.text).not.toContain('最晚')
  expect(rows.some(({ label }) => label === '还差')).toBe(false)
})
