import { describe, expect, test } from 'vitest'
import { packContext, packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import { FILES_A_PAPER, validateMaterials } from './validate-materials'

const [item] = packItems().filter(({ id }) => id === 'LX-005')
if (!item) throw new Error('no LX-005')
const onFile = (...codes: readonly string[]) => ({
  ...packContext(plainDate('2026-11-24')),
  onFileCredentialCodes: new Set(codes),
})
const upload = (index: number) => `01930000-0000-7000-8000-${String(index).padStart(12, '0')}`
const all = onFile('LIC-IDCARD', 'LIC-HUKOU', 'LIC-SSCARD')
const faultsOf = (materials: unknown, context = all) => {
  const result = validateMaterials(item, materials, context)
  return result.ok ? [] : result.error.map(({ pointer, code }) => `${pointer} ${code}`)
}

test('with everything on file nothing is brought', () => {
  const result = validateMaterials(item, undefined, all)
  expect(result.ok && result.value.map(({ state }) => state)).toEqual([
    'generated',
    'exempt',
    'exempt',
    'exempt',
    'not-given',
  ])
})

test('names each paper that is still wanting', () => {
  const result = validateMaterials(item, [{ name: '居民户口簿', files: [upload(1)] }], onFile('LIC-IDCARD'))
  expect(result).toEqual({
    ok: false,
    error: [
      { pointer: '/materials', code: 'material.required', message: '还差“社会保障卡（或本人银行卡）”' },
    ],
  })
})

test('what is brought although it is on file is kept', () => {
  const result = validateMaterials(item, [{ name: '居民身份证', files: [upload(1)] }], all)
  expect(result.ok && result.value[1]).toEqual({
    name: '居民身份证',
    state: 'provided',
    files: [upload(1)],
    credentialCode: 'LIC-IDCARD',
  })
})

describe('faults', () => {
  test.each<[unknown, string]>([
    [[{ name: '毕业证', files: [] }], '/materials/0/name field.unknown'],
    [[{ name: '居民身份证' }, { name: '居民身份证' }], '/materials/1/name field.twice'],
    [[{ files: [upload(1)] }], '/materials/0/name field.required'],
    [[{ name: '居民身份证', files: ['../etc'] }], '/materials/0/files/0 field.not-an-option'],
    [[{ name: '居民身份证', files: [upload(1), upload(1)] }], '/materials/0/files/1 field.twice'],
    [
      [{ name: '居民身份证', files: Array.from({ length: FILES_A_PAPER + 1 }, (_, index) => upload(index)) }],
      '/materials/0/files field.too-many',
    ],
    [[{ name: '居民身份证', size: 3 }], '/materials/0/size field.unknown'],
    ['居民身份证', '/materials field.wrong-type'],
    [[7], '/materials/0 field.wrong-type'],
    [Array.from({ length: 201 }, () => 7), '/materials field.too-many'],
  ])('%j', (materials, fault) => {
    expect(faultsOf(materials)).toEqual([fault])
  })
})
