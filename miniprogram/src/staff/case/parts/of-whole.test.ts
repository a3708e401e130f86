import { expect, test } from 'vitest'
import { ofWholeWords } from './of-whole'

const unit = (unitId: string, state: string) => ({ unitId, shortName: unitId, state })
const lanes = (...units: ReturnType<typeof unit>[]) => ({ units }) as never

test('who else holds up the whole, and who has not begun, is read before its day is named', () => {
  const words = ofWholeWords(
    lanes(unit('环保', 'open'), unit('水利', 'open'), unit('住建', 'waiting'), unit('应急', 'passed')),
    '环保',
  )
  expect(words).toBe(
    '水利还在办，住建还没开始。问好了再定。定了以后，别的部门、受理这件的人都收到，不能再改。',
  )
  expect(ofWholeWords(null, '环保')).toBeNull()
})
