import { expect } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type Client, type Person } from './client'

const DALIANG = '341821105200'

/** Who looks at a project before acceptance, by the department. */
export const LOOKERS = {
  nr: 'he-bin',
  eco: 'reviewer-eco-1',
  water: 'pan-yong',
  housing: 'reviewer-housing-1',
  emergency: 'reviewer-emergency-1',
} as const

/** Who signs what a department decides of a project. */
export const SIGNERS = {
  nr: 'approver-nr-1',
  eco: 'approver-eco-1',
  water: 'approver-water-1',
  housing: 'approver-housing-1',
  emergency: 'approver-emergency-1',
} as const

/** No department needs anything more of it. */
export async function nothingMissing(client: Pick<Client, 'as'>, id: string) {
  for (const staffId of Object.values(LOOKERS)) {
    const { status, body } = await act(await client.as(staffId), id, 'draft-nothing')
    expect({ staffId, status, body }).toMatchObject({ status: 200 })
  }
  return id
}

const FIRM = { entName: '郎溪绿禾食品有限公司', uscc: '91341821DEM9000207', legalRep: '夏振华' }

/** The project of a firm whose licence and record are on file, as its agent files it. */
export async function fileProject(client: Client): Promise<{ readonly person: Person; readonly id: string }> {
  const person = await client.as('xu-tao')
  const item = packItems().find((each) => each.id === 'LX-045')
  if (!item) throw new Error('no LX-045')
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(plainDate(now.slice(0, 10))),
    onFileCredentialCodes: new Set(['LIC-BIZ', 'LIC-PROJRECORD']),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: item.id,
      answers: { ...answers, ...FIRM, projectName: '年产 2 万吨稻米精深加工项目' },
      materials,
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return { person, id: filed.body.id }
}
