import { describe, expect, it } from 'vitest'
import type { Field } from './item'
import { provenBy } from './proofs'

const field = (key: string, prefill: string | null, ofNumber: string | null = null) =>
  ({ key, prefill, ofNumber }) as Field

const item = {
  fields: [
    field('name', 'identity.name'),
    field('idNo', 'identity.idNo'),
    field('mobile', 'identity.mobile'),
    field('birth', 'licence:LIC-IDCARD.birth', 'idNo'),
    field('bankCard', 'licence:LIC-SSCARD.bankNo'),
    field('firm', 'licence:LIC-BIZ.name'),
    field('reason', null),
  ],
}
const proven = (credentialCode: string | null) => provenBy(item, { credentialCode })

describe('what a paper proves', () => {
  it('is what was filled from the same credential, and who holds it', () => {
    expect(proven('LIC-IDCARD')).toEqual(['applicant.name', 'applicant.number', 'name', 'idNo', 'birth'])
    expect(proven('LIC-SSCARD')).toContain('bankCard')
    expect(proven('LIC-SSCARD')).not.toContain('firm')
  })

  it('of a licence is its own answers alone', () => {
    expect(proven('LIC-BIZ')).toEqual(['firm'])
  })

  it('is unknown where the pack names no credential', () => {
    expect(proven(null)).toEqual([])
  })
})
