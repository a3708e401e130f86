import { ALLOWANCE, fileAllowance } from '../product/allowance'
import { act, type County, caseOf, newcomer } from '../product/county'
import { createPhone, type Phone } from './engine'

export const { village: VILLAGE, item: ITEM, papers: PAPERS } = ALLOWANCE

/** How readers name the photo that comes first: of a card, its front. */
export const firstOf = (paper = '') => (paper === '居民身份证' ? `${paper}正面` : `${paper}，第 1 张`)
/** The tile that takes it. */
export const tileOf = (paper = '') => (paper === '居民身份证' ? `拍正面，${paper}正面` : `拍一张，${paper}`)
export const arrivedOf = (paper = '') => `${firstOf(paper)}，已传好，点一下看大图`

/** A phone in the hands of somebody of the pack, or of a newcomer. */
export const phoneOf = (
  county: County,
  person: string,
  absent: readonly string[] = [],
  haste = 1,
  library?: string,
): Phone =>
  createPhone({
    absent,
    haste,
    ...(library === undefined ? {} : { library }),
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
  newcomer(county, { name, birth: ALLOWANCE.born, villageCode: VILLAGE, level })

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
  const { documents } = await caseOf(person, id)
  return { id, caseNumber, personId, documentId: documents[0]?.id ?? '' }
}
