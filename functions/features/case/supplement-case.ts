import { followersOf } from '#shared/domain/application/from-number'
import { uploadIdsOf } from '#shared/domain/application/item-answers'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import { type Paper, validateMaterials } from '#shared/domain/application/validate-materials'
import { type Correction, openCorrection } from '#shared/domain/case/state'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { ProblemError } from '../../platform/http/problem'
import { answerContext, sealUploads } from '../application'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import { type FiledContent, openContent, sealContent } from './texts'
import { type CaseRequest, runVerb } from './verb'

/** The applicant answers a correction notice with just what it asks. */
export const createSupplementCase =
  (deps: CaseDeps) =>
  (request: CaseRequest, body: { version: number; answers?: unknown; materials?: unknown }) =>
    runVerb(deps, request, body.version, async ({ caseRow, item, reference, loaded, viewer, now }) => {
      const correction = openCorrection(caseRow.state)
      if (viewer !== 'applicant' || !correction) throw new ProblemError('case.action-not-allowed')
      const content = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
      const next = checkSupplement(item, reference, content, correction, body, dayIn(now))
      const ofPapers = next.papers.flatMap((paper) => paper.files)
      const ofFields = uploadIdsOf(item, next.answers)
      const uploadIds = [...ofPapers, ...ofFields]
      await sealUploads(deps, { ofPapers, ofFields }, body)
      const text = sealContent(deps.cipher, caseRow.id, next)
      return {
        command: { type: 'supplement', answersDigest: text.digest },
        texts: [text],
        uploadIds,
        reasonDigest: null,
      }
    })

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The content with what the notice asked for put right; everything else stays as it was filed. */
function checkSupplement(
  item: ServiceItem,
  reference: Reference,
  filed: FiledContent,
  correction: Correction,
  body: { readonly answers?: unknown; readonly materials?: unknown },
  today: PlainDate,
): FiledContent {
  const fields = namesOf(correction, 'field')
  const materials = namesOf(correction, 'material')
  const given = isObject(body.answers) ? body.answers : {}
  const brought = Array.isArray(body.materials) ? body.materials : []
  const uninvited = [
    ...Object.keys(given).filter((key) => !fields.has(key)),
    ...brought.filter((entry) => isObject(entry) && !materials.has(String(entry['name']))).map(String),
  ]
  if (uninvited.length > 0) {
    throw invalid([{ pointer: '/answers', code: 'field.unknown', message: '只改要补的几处，别的不用动' }])
  }
  const context = answerContext(reference, today, filed.agent)
  const left = Object.fromEntries(
    Object.entries(filed.answers).filter(
      ([key]) => !followersOf(item.fields, Object.keys(given)).includes(key),
    ),
  )
  const answers = validateAnswers(item, { ...left, ...given }, context)
  const papers = validateMaterials(item, mergePapers(filed.papers, brought), {
    ...context,
    // What was exempt when the case was filed is not asked for again, unless the notice says so.
    onFileCredentialCodes: new Set(
      filed.papers.flatMap((paper) =>
        paper.state === 'exempt' && paper.credentialCode !== null && !materials.has(paper.name)
          ? [paper.credentialCode]
          : [],
      ),
    ),
  })
  const missing = [...materials]
    .filter((name) => !brought.some((entry) => isObject(entry) && entry['name'] === name))
    .map((name) => ({ pointer: '/materials', code: 'material.required', message: `还差：${name}` }))
  const faults = [...(answers.ok ? [] : answers.error), ...(papers.ok ? [] : papers.error), ...missing]
  if (!answers.ok || !papers.ok || faults.length > 0) throw invalid(faults)
  return { ...filed, answers: answers.value, papers: papers.value }
}

const invalid = (errors: readonly { pointer: string; code: string; message: string }[]) =>
  new ProblemError('application.invalid', { errors })

const namesOf = (correction: Correction, kind: 'field' | 'material') =>
  new Set(correction.items.filter((each) => each.kind === kind).map((each) => each.name))

/** What is brought takes the place of what was there under the same name. */
function mergePapers(filed: readonly Paper[], brought: readonly unknown[]) {
  const replaced = new Set(brought.map((entry) => (isObject(entry) ? entry['name'] : undefined)))
  const kept = filed
    .filter((paper) => paper.files.length > 0 && !replaced.has(paper.name))
    .map(({ name, files }) => ({ name, files }))
  return [...kept, ...brought]
}
