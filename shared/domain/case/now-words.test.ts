import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { nowWords } from './now-words'

const item = packItems().find(({ id }) => id === 'LX-026')
const site = item?.steps.find(({ kind }) => kind === 'inspect')

const words = (visited: boolean) =>
  item &&
  nowWords(
    item,
    {
      applicant: null,
      disownments: [],
      steps: [{ key: site?.key, status: 'open', parts: [{ unitId: 'forest', status: 'open', visited }] }],
    } as never,
    { key: 'open', word: '正在办', besides: [] } as never,
    { reader: 'applicant', at: {} as never },
  ).words

test('a site that was seen is not still to be seen', () => {
  expect(words(false)).toBe('要到现场看')
  expect(words(true)).toBe('到现场看过了，正在办')
})
