import { describe, expect, it } from 'vitest'
import { readMessageTemplates, templatesFault } from './message-templates'

const idOf = (letter: string) => letter.repeat(43)
const rest = ['YX-CASE-TODO', 'YX-CASE-RESULT', 'YX-STAFF-TASK', 'YX-STAFF-DUE']
  .map((name, index) => `${name}:${idOf(String(index))}`)
  .join(',')
const setting = `YX-CASE-PROGRESS:${idOf('p')}:thing1=thing4:phrase3=phrase2:thing5=,${rest}`

describe('the templates of the accounts', () => {
  it('are called as the product calls them where nothing is set', () => {
    const templates = readMessageTemplates(undefined)
    expect(templates.idOf('YX-CASE-TODO')).toBe('YX-CASE-TODO')
    expect(templates.nameOf('YX-CASE-TODO')).toBe('YX-CASE-TODO')
    expect(templates.dataOf('YX-CASE-TODO', { thing1: '高龄津贴' })).toEqual({ thing1: '高龄津贴' })
  })

  it('have ids and keywords of their own, and some keywords not at all', () => {
    expect(templatesFault(setting)).toBeNull()
    const templates = readMessageTemplates(setting)
    expect(templates.idOf('YX-CASE-PROGRESS')).toBe(idOf('p'))
    expect(templates.nameOf(idOf('p'))).toBe('YX-CASE-PROGRESS')
    expect(templates.nameOf('another')).toBe('another')
    const data = { thing1: '高龄津贴', phrase3: '已受理', date4: '2026年11月25日', thing5: '请等候' }
    expect(templates.dataOf('YX-CASE-PROGRESS', data)).toEqual({
      thing4: '高龄津贴',
      phrase2: '已受理',
      date4: '2026年11月25日',
    })
  })

  it.each([
    ['nonsense', /expected <our name>/],
    [rest, /missing: YX-CASE-PROGRESS/],
    [`${setting},YX-CASE-TODO:${idOf('9')}`, /twice: YX-CASE-TODO/],
    [`${setting},YX-OTHER:${idOf('9')}`, /no template of the product: YX-OTHER/],
    [`YX-CASE-PROGRESS:${idOf('p')}:thing1=date2,${rest}`, /another kind: YX-CASE-PROGRESS thing1=date2/],
  ])('%s is refused with what is wrong', (text, fault) => {
    expect(templatesFault(text)).toMatch(fault)
  })
})
