import type { CaseCreated } from '#shared/contract/application'
import type { CaseDocument } from '#shared/contract/case'
import { act, type County, caseOf, type Person } from './county'
import { applicationOf } from './filing'

/** Whose representative is 李建国. */
export const FIRM = {
  entName: '郎溪县梅渚镇李记小吃店',
  uscc: '92341821DEM903328K',
  legalRep: '李建国',
}

export async function certificateOf(person: Person, id: string) {
  const listed = (await caseOf(person, id)).documents.find(({ kind }) => kind === 'certificate')
  if (!listed) throw new Error('no certificate')
  const path = `/api/cases/${id}/documents/${listed.id}`
  return { path, document: (await person.send<CaseDocument>('GET', path)).body }
}

export const codeOf = ({ certificate }: CaseDocument) => {
  if (!certificate) throw new Error('no certificate')
  return certificate.code
}

/** 公共场所卫生许可, filed by its representative. */
export async function fileForFirm(county: County, more: object = {}) {
  const owner = await county.as('li-jianguo')
  const input = await applicationOf(county, owner, 'LX-037', { name: '李建国', idNumber: '' }, FIRM)
  const filed = await owner.send<CaseCreated & { readonly code?: string }>('POST', '/api/cases', {
    body: { ...input, ...more },
  })
  return { owner, filed, id: filed.body.id }
}

/** Up to its decision, by both officers of the health office. */
export async function examine(county: County, id: string) {
  const officerIds = ['reviewer-health-1', 'reviewer-health-2']
  await acted(county, id, [
    ['window-health', 'accept', {}],
    ['reviewer-health-1', 'pass', {}],
    ['reviewer-health-1', 'record-visit', { officerIds, reason: '现场看过，合格' }],
    ['reviewer-health-1', 'pass', {}],
  ])
}

export const certify = (county: County, id: string) =>
  acted(county, id, [
    ['approver-health-1', 'grant', {}],
    ['window-health', 'conclude', {}],
  ])

export async function acted(
  county: County,
  id: string,
  acts: readonly (readonly [string, Parameters<typeof act>[2], Record<string, unknown>])[],
) {
  for (const [staff, action, more] of acts) {
    const done = await act(await county.as(staff), id, action, more)
    if (done.status !== 200) throw new Error(`${action}: ${JSON.stringify(done.body)}`)
  }
}

export async function certifiedFirm(county: County) {
  const { owner, filed, id } = await fileForFirm(county)
  if (filed.status !== 201) throw new Error(JSON.stringify(filed.body))
  await examine(county, id)
  await certify(county, id)
  return { owner, id }
}
