import type { CaseCreated } from '#shared/contract/application'
import type { Person } from './client'

export const ALLOWANCE = {
  item: 'LX-005',
  village: '341821105200',
  born: '1944-03-05',
  papers: ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'],
  card: '6299000043030583308',
} as const

/** The application of a resident for 高龄津贴, with a photo for each paper; `change` replaces parts of it. */
export async function allowanceOf(
  person: Person,
  applicant: { readonly name: string; readonly idNumber: string },
  change: { readonly answers?: object; readonly papers?: readonly string[] } = {},
) {
  const materials = []
  for (const name of change.papers ?? ALLOWANCE.papers) {
    materials.push({ name, files: [await person.upload()] })
  }
  const answers = {
    name: applicant.name,
    idNo: applicant.idNumber,
    mobile: '15400000001',
    villageCode: ALLOWANCE.village,
    bankCard: ALLOWANCE.card,
    ...change.answers,
  }
  return { serviceItemId: ALLOWANCE.item, answers, materials }
}

/** 高龄津贴 of a registered resident, filed through the API. */
export async function fileAllowance(person: Person, name: string, idNumber: string): Promise<CaseCreated> {
  const body = await allowanceOf(person, { name, idNumber })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', { body })
  if (filed.status !== 201) throw new Error(`not filed: ${JSON.stringify(filed.body)}`)
  return filed.body
}
