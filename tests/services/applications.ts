import type { CaseCreated } from '#shared/contract/application'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import type { Person } from '../product/county'

const TODAY = plainDate('2026-11-24')
const context = packContext(TODAY)
const items = packItems()

/** A valid application of an invented person each time: the same seed gives the same one. */
export async function applicationOf(person: Pick<Person, 'upload'>, itemId: string, seed: number) {
  const item = items.find(({ id }) => id === itemId)
  if (!item) throw new Error(`no item ${itemId}`)
  const { answers, materials } = validInput(item, createRandom(seed), {
    ...context,
    onFileCredentialCodes: new Set(),
    villageCode: '341821105200',
    uploadId: () => 'later',
  })
  const brought = []
  for (const { name } of materials) brought.push({ name, files: [await person.upload()] })
  return { serviceItemId: itemId, answers: { ...answers }, materials: brought }
}

export async function fileCase(person: Person, itemId: string, seed: number): Promise<CaseCreated> {
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: await applicationOf(person, itemId, seed),
  })
  if (filed.status !== 201) throw new Error(`not filed: ${JSON.stringify(filed.body)}`)
  return filed.body
}
