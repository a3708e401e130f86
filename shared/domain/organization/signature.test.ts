import { expect, test } from 'vitest'
import type { Unit } from './registry'
import { signatureOf } from './signature'

const unit = (kind: Unit['kind'], name: string, shortName = name): Unit => ({
  id: name,
  kind,
  name,
  shortName,
  parentId: kind === 'county' ? null : '郎溪县人民政府',
  creditCode: '',
  documentPrefix: null,
  reviewAuthority: null,
  court: null,
})

const units = new Map([['郎溪县人民政府', unit('county', '郎溪县人民政府', '郎溪县')]])

test.each([
  [unit('town', '梅渚镇'), '郎溪县梅渚镇人民政府'],
  [unit('town', '郎步街道'), '郎溪县人民政府郎步街道办事处'],
  [unit('department', '郎溪县民政局', '民政局'), '郎溪县民政局'],
  [unit('county', '郎溪县人民政府', '郎溪县'), '郎溪县人民政府'],
])('$name signs as %s', (signing, signature) => {
  expect(signatureOf(signing.id, new Map([...units, [signing.id, signing]]))).toBe(signature)
})

test('a unit that is no more signs nothing', () => {
  expect(signatureOf('gone', units)).toBe('')
})
