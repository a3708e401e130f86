import { expect, test } from 'vitest'
import { unsetIn } from './unset'

test('a server outside of the demo is told what residents miss', () => {
  const none = { FILING_NUMBER: undefined, DATA_CONTACT: undefined }
  expect(unsetIn({ PROFILE: 'self-hosted', ...none })).toEqual(['FILING_NUMBER', 'DATA_CONTACT'])
  expect(unsetIn({ PROFILE: 'serverless', FILING_NUMBER: '皖政移备 1 号', DATA_CONTACT: undefined })).toEqual(
    ['DATA_CONTACT'],
  )
  expect(unsetIn({ PROFILE: 'embedded', ...none })).toEqual([])
})
