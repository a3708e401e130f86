import type { CaseCreated } from '#shared/contract/application'
import { act, type County, newcomer, type Person } from '../product/county'
import { createPhone, type Phone } from './engine'

export const VILLAGE = '341821105200'
export const ITEM = 'LX-005'
export const PAPERS = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'] as const

/** A phone in the hands of somebody of the pack, or of a newcomer. */
export const phoneOf = (county: County, person: string): Phone =>
  createPhone({
    product: county.url,
    holder: {
      async codeFor(purpose) {
        const { body } = await county.door<{ code: string }>('POST', 'login-codes', { person, purpose })
        return body.code
      },
      async consent(templateId, choice) {
        await county.door('POST', 'consents', { person, templateId, choice })
      },
    },
  })

const resident = (county: County, name: string, level: 1 | 2 | 3) =>
  newcomer(county, { name, birth: '1944-03-05', villageCode: VILLAGE, level })

/** 高龄津贴 of a registered resident, filed through the API. */
async function fileAllowance(person: Person, name: string, idNumber: string) {
  const materials = await Promise.all(
    PAPERS.map(async (paper) => ({ name: paper, files: [await person.upload()] })),
  )
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: ITEM,
      answers: {
        name,
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: VILLAGE,
        birth: '1944-03-05',
        bankCard: '6299000043030583308',
      },
      materials,
    },
  })
  if (filed.status !== 201) throw new Error(`not filed: ${JSON.stringify(filed.body)}`)
  return filed.body
}

type Stage = 'to-correct' | 'to-accept' | 'to-decide' | 'delivered'

const ACTS = {
  verify: ['wang-lixin', 'verify', {}],
  correct: [
    'zhao-min',
    'request-correction',
    {
      reason: '照片看不清',
      items: [{ kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，重拍一张' }],
    },
  ],
  accept: ['zhao-min', 'accept', {}],
  grant: ['sun-zhiyuan', 'grant', {}],
  conclude: ['zhao-min', 'conclude', {}],
  deliver: ['zhao-min', 'deliver', { method: 'electronic' }],
} as const

const STAGES: Readonly<Record<Stage, readonly (keyof typeof ACTS)[]>> = {
  'to-correct': ['verify', 'correct'],
  'to-accept': ['verify'],
  'to-decide': ['verify', 'accept'],
  delivered: ['verify', 'accept', 'grant', 'conclude', 'deliver'],
}

/** A case of a new resident, brought as far as `stage`. */
export async function caseAt(county: County, name: string, stage: Stage) {
  const { person, idNumber, personId } = await resident(county, name, 3)
  const { id, caseNumber } = await fileAllowance(person, name, idNumber)
  for (const step of STAGES[stage]) {
    const [staff, action, more] = ACTS[step]
    const { status, body } = await act(await county.as(staff), id, action, more)
    if (status !== 200) throw new Error(`${action}: ${JSON.stringify(body)}`)
  }
  return { id, caseNumber, personId }
}
