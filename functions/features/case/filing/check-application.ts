import { sql } from 'drizzle-orm'
import type { Answers } from '#shared/domain/application/answers'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import { type Paper, validateMaterials } from '#shared/domain/application/validate-materials'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { asFiled, isFastTrack } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { openWindowState } from '#shared/domain/service-item/open-window'
import { ProblemError } from '../../../platform/http/problem'
import type { Cipher } from '../../../platform/ports/cipher'
import { sealedIn } from '../../../platform/ports/sealed-in'
import { answerContext } from '../../application'
import type { Reference } from '../../service-item'
import type { CaseDeps } from '../deps'
import type { Named } from '../whose/applicant'
import { listCredentials, type SealedCredential } from '../whose/applicant-queries'
import type { Credentials } from './duplicates'

/** What is applied for, as it came. */
export interface Application {
  readonly serviceItemId: string
  readonly answers: unknown
  readonly materials: unknown
  readonly agent: boolean
  /** Whom staff name who type it. */
  readonly applicant?: Named | undefined
}

export interface Checked {
  /** As it is for this case. */
  readonly item: ServiceItem
  readonly version: number
  readonly fastTrack: boolean
  readonly answers: Answers
  readonly papers: readonly Paper[]
  /** Credentials that must be on file, since their paper was not brought. */
  readonly neededCredentials: readonly string[]
}

type Asking = Pick<CaseDeps, 'database' | 'clock' | 'cipher'>

const mostlyExempt = (item: ServiceItem) =>
  new Set(item.materials.flatMap(({ credentialCode }) => (credentialCode === null ? [] : [credentialCode])))

export const invalid = (errors: readonly { pointer: string; code: string; message: string }[]) =>
  new ProblemError('application.invalid', { errors })

function checkWindow(item: ServiceItem, today: PlainDate) {
  const state = openWindowState(item.openWindow, today)
  if (!state.open) {
    const { from, to } = item.openWindow ?? { from: '', to: '' }
    throw new ProblemError('service-item.closed', {
      detail: `每年 ${dayText(from)} 到 ${dayText(to)} 办，下一次 ${state.opensOn} 开始`,
    })
  }
}

const dayText = (monthDay: string) => `${Number(monthDay.slice(0, 2))}月${Number(monthDay.slice(3))}日`

function check(
  application: Application,
  reference: Reference,
  today: PlainDate,
  onFile?: ReadonlySet<string>,
): Checked {
  const found = reference.latest(application.serviceItemId)
  if (!found) throw new ProblemError('service-item.not-found')
  const { version } = found
  checkWindow(found.item, today)
  const context = answerContext(reference, today, application.agent)
  const answers = validateAnswers(found.item, application.answers, context)
  const credentials = onFile ?? mostlyExempt(found.item)
  const papers = validateMaterials(found.item, application.materials, {
    ...context,
    onFileCredentialCodes: credentials,
  })
  if (!answers.ok || !papers.ok) {
    throw invalid([...(answers.ok ? [] : answers.error), ...(papers.ok ? [] : papers.error)])
  }
  const fastTrack = isFastTrack(found.item, answers.value)
  const item = asFiled(found.item, { fastTrack })
  const neededCredentials = papers.value.flatMap(({ state, credentialCode, name }) => {
    const required = item.materials.find((material) => material.name === name)?.required
    return state === 'exempt' && required && credentialCode !== null ? [credentialCode] : []
  })
  return { item, version, fastTrack, answers: answers.value, papers: papers.value, neededCredentials }
}

/** The digest by which papers on file are found: the applicant's, whoever files. Null where nobody is named. */
function holderIndex(
  cipher: Cipher,
  item: ServiceItem | undefined,
  { answers, applicant }: Pick<Application, 'answers' | 'applicant'>,
): string | null {
  if (!item || typeof answers !== 'object' || answers === null) return null
  const { kind, number } = applicantFieldsOf(item)
  const typed = number === null ? applicant?.idNumber : (answers as Record<string, unknown>)[number]
  if (typeof typed !== 'string') return null
  return cipher.blindIndex(
    kind === 'firm' ? 'credit-code' : 'id-number',
    typed.replace(/\s/g, '').toUpperCase(),
  )
}

/** What is on file of the applicant and opens to whoever files: the owner, or who acts for the firm. */
async function onFile(
  { database, clock, cipher }: Asking,
  { tokenHash, application }: { readonly tokenHash: string; readonly application: Application },
  item: ServiceItem | undefined,
) {
  const holder = holderIndex(cipher, item, application)
  return listCredentials(database, tokenHash, { holder, itemId: application.serviceItemId }, clock.now())
}

/**
 * Before the statement looks, a paper that may be on file counts as given. Where something else is wrong, those that are
 * not on file are named with it: a person is told everything at once.
 */
export async function checkAll(
  deps: Asking,
  request: { readonly tokenHash: string; readonly application: Application },
  reference: Reference,
  today: PlainDate,
): Promise<Checked> {
  try {
    return check(request.application, reference, today)
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code !== 'application.invalid') throw cause
    return checkWithFiled(deps, request, reference, today)
  }
}

async function checkWithFiled(
  deps: Asking,
  request: { readonly tokenHash: string; readonly application: Application },
  reference: Reference,
  today: PlainDate,
) {
  const item = reference.latest(request.application.serviceItemId)?.item
  const own = await onFile(deps, request, item)
  return check(request.application, reference, today, new Set(own.map(({ code }) => code)))
}

/** Only an item whose duplicate rule names a credential looks into those of the applicant beforehand. */
export async function credentialsFor(
  deps: Asking,
  request: { readonly tokenHash: string; readonly application: Application },
  item: ServiceItem,
): Promise<Credentials> {
  if (!takesKeyFromFile(item)) return new Map()
  return openedCredentials(deps.cipher, await onFile(deps, request, item))
}

export const takesKeyFromFile = ({ duplicateKeys }: ServiceItem) =>
  duplicateKeys?.some((key) => key.startsWith('licence:')) === true

export const openedCredentials = (cipher: Cipher, rows: readonly SealedCredential[]): Credentials =>
  new Map(
    rows.map(({ id, code, valuesSealed }) => [
      code,
      JSON.parse(cipher.decrypt(valuesSealed, sealedIn.credential(id))),
    ]),
  )

/** 免提交: a paper that was not brought must be on file of the applicant, and opens only to a confirmed one. */
export const credentialDemand = (
  { neededCredentials }: Checked,
  { caseId, applicantIndex }: { readonly caseId: string; readonly applicantIndex: string | null },
  today: PlainDate,
) =>
  neededCredentials.length === 0
    ? []
    : [
        {
          holds: sql`(select count(distinct c.code) from credentials c, filers, principal p
            where filers.case_id = ${caseId}::uuid and filers.confirmed
              and c.holder_index = coalesce(${applicantIndex}::text, p.id_number_index)
              and (c.holder_index is distinct from p.id_number_index or p.opens_papers)
              and c.code in (select value from jsonb_array_elements_text(${JSON.stringify(neededCredentials)}::jsonb))
              and (c.valid_to is null or c.valid_to >= ${today}::date))
            = ${new Set(neededCredentials).size}::int`,
          code: 'application.invalid' as const,
        },
      ]

const MISNAMED = {
  person: '身份证号是你的，姓名要和你核过的一样',
  firm: '这个统一社会信用代码登记的不是这个名称，照营业执照上的写',
} as const

/** The number is one's own and the name beside it is another's, or the register knows the firm by another name. */
export function misnamed(item: ServiceItem | undefined) {
  const { kind = 'person', name: key = null } = item ? applicantFieldsOf(item) : {}
  const code = 'application.name-differs'
  const errors = key === null ? [] : [{ pointer: `/answers/${key}`, code, message: MISNAMED[kind] }]
  return new ProblemError(code, {
    ...(kind === 'firm' ? { title: '单位名称和登记的不一样' } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  } as const)
}

/** Says what the statement could only refuse. */
export async function explained(
  deps: Asking,
  request: { readonly tokenHash: string; readonly application: Application },
  reference: Reference,
  cause: ProblemError,
  now: Instant,
): Promise<unknown> {
  const item = reference.latest(request.application.serviceItemId)?.item
  if (cause.code === 'application.name-differs') return misnamed(item)
  if (cause.code !== 'application.invalid' || cause.details.errors) return cause
  try {
    await checkWithFiled(deps, request, reference, dayIn(now))
  } catch (detailed) {
    return detailed
  }
  return cause
}
