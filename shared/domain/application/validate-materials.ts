import { fail, ok, type Result } from '../kernel/result'
import type { Material, ServiceItem } from '../service-item/item'
import type { AnswerContext, AnswerFault } from './answers'
import {
  type Check,
  checkAt,
  isBlank,
  ownValue,
  readChosen,
  readList,
  readObject,
  readText,
} from './field-kinds/check'
import { isUploadId, NOT_UPLOADED } from './field-kinds/choice'

export const FILES_A_PAPER = 9

/** `generated`: made from the form; `exempt`: 已免, a valid credential is on file. */
type PaperState = 'generated' | 'exempt' | 'provided' | 'not-given'

export interface Paper {
  readonly name: string
  readonly state: PaperState
  /** Ids of uploads; also what was brought although nobody asked for it. */
  readonly files: readonly string[]
  readonly credentialCode: string | null
}

export interface MaterialContext extends AnswerContext {
  /** Kinds of the applicant's credentials that are valid and on file. */
  readonly onFileCredentialCodes: ReadonlySet<string>
}

type Given = Map<string, readonly string[]>

function readName(raw: unknown, names: readonly string[], given: Given, check: Check): string | undefined {
  if (isBlank(raw)) return check.fault('field.required', '没写是哪份材料')
  const name = readText(raw, check)
  if (name === undefined) return undefined
  if (!names.includes(name)) return check.fault('field.unknown', '这件事不用这份材料')
  return given.has(name) ? check.fault('field.twice', '这份材料写了两次，合成一份') : name
}

function readEntry(raw: unknown, names: readonly string[], given: Given, check: Check) {
  const entry = readObject(raw, ['name', 'files'], check)
  if (!entry) return
  const name = readName(ownValue(entry, 'name'), names, given, check.at('name'))
  const rawFiles = ownValue(entry, 'files')
  const size = { unit: '张', min: 0, max: FILES_A_PAPER }
  const files = isBlank(rawFiles)
    ? []
    : readChosen(rawFiles, size, isUploadId, check.at('files'), NOT_UPLOADED)
  if (name !== undefined) given.set(name, files ?? [])
}

function stateOf(material: Material, files: readonly string[], onFile: ReadonlySet<string>): PaperState {
  if (material.kind === 'generated') return 'generated'
  if (files.length > 0) return 'provided'
  return material.credentialCode !== null && onFile.has(material.credentialCode) ? 'exempt' : 'not-given'
}

/**
 * The papers of an application, in the order of the guide, with what became of each. Fails at `/materials` for a
 * required paper that is neither made from the form, nor on file, nor brought.
 */
export function validateMaterials(
  item: Pick<ServiceItem, 'materials'>,
  materials: unknown,
  context: MaterialContext,
): Result<readonly Paper[], readonly AnswerFault[]> {
  const faults: AnswerFault[] = []
  const check = checkAt('/materials', context, faults)
  const names = item.materials.map(({ name }) => name)
  const given: Given = new Map()
  const list = isBlank(materials) ? [] : readList(materials, check)
  list?.forEach((entry, index) => {
    readEntry(entry, names, given, check.at(index))
  })
  const papers = item.materials.map((material): Paper => {
    const files = given.get(material.name) ?? []
    const state = stateOf(material, files, context.onFileCredentialCodes)
    if (material.required && state === 'not-given') check.fault('material.required', `还差“${material.name}”`)
    return { name: material.name, state, files, credentialCode: material.credentialCode }
  })
  return faults.length === 0 ? ok(papers) : fail(faults)
}
