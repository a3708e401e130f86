import { expect, test } from 'vitest'
import { quoted } from './quoted'

test('what is quoted within what is quoted stands in single marks', () => {
  expect(quoted('高龄津贴给付')).toBe('“高龄津贴给付”')
  expect(quoted('重点项目“马上办”并联审批')).toBe('“重点项目‘马上办’并联审批”')
})
