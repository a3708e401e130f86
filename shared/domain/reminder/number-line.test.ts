import { expect, test } from 'vitest'
import { linesToRead, numberLine } from './number-line'

test('the number stands beside what opens no page of the case, and nowhere else', () => {
  const lines = ['要补身份证，补好就接着办', numberLine('3418212611240001')]
  expect(linesToRead(lines, 'features/case/correction?id=1')).toEqual(lines.slice(0, 1))
  expect(linesToRead(lines, 'tabs/case/my-cases')).toEqual(lines)
  expect(linesToRead(lines, 'staff/case/case?id=1')).toEqual(lines)
})
