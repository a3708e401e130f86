import { sql } from 'drizzle-orm'
import type { ApplicationForm } from '#shared/contract/application'
import { consentsLacking, consentsNeeded, type KeptConsent } from '#shared/domain/account/consents'
import { answersSchemaOf } from '#shared/domain/application/answers-schema'
import { isSensitive } from '#shared/domain/application/describe-answer'
import { FROM_NUMBER } from '#shared/domain/application/from-number'
import { applicantFieldsOf, toldApartBy } from '#shared/domain/application/item-answers'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { addDays, dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isServiceOver } from '#shared/domain/kernel/service-end'
import type { Field, ServiceItem } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import { isPowerHeld } from '../../platform/db/parts/held'
import { REVISION, type Revision } from '../../platform/db/parts/revision'
import { findFor, findTokenHash, type Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import { sealedIn } from '../../platform/ports/sealed-in'
import { townsOf } from '../organization'
import {
  type FiledOfItem,
  phoneOf,
  type Reference,
  type ReferenceSource,
  whomToAskOf,
  windowOf,
} from '../service-item'
import { answerContext } from './answer-context'
import { serviceOver } from './service-over'
import type { UploadDeps } from './uploads'

export interface FormDeps extends UploadDeps {
  readonly reference: ReferenceSource
  readonly filedOfItem: FiledOfItem
  /** The last day on which applications are taken; null while none is set. */
  readonly endsOn: PlainDate | null
}

interface Known {
  readonly revision: Revision
  readonly profile: {
    readonly id: string
    readonly realNameLevel: number
    readonly nameSealed: string | null
    readonly idNumberSealed: string | null
    readonly phoneSealed: string | null
    readonly villageCode: string | null
  } | null
  readonly credentials: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly valuesSealed: string
  }[]
  readonly booked: readonly {
    readonly fieldKey: string
    readonly on: PlainDate
    readonly half: string
    readonly booked: number
  }[]
  /** Those that the reader may act for in this item, as the register knows them. */
  readonly firms: readonly { readonly name: string; readonly creditCode: string }[]
  readonly filed: unknown
  readonly consents: readonly KeptConsent[]
}

type Found = Known & { readonly principal: Principal | null }

/** One round trip; papers on file and cases of others open to the confirmed owner alone. */
async function load(deps: FormDeps, tokenHash: string, itemId: string): Promise<Found | undefined> {
  const now = deps.clock.now()
  const today = dayIn(now)
  const select = sql`${REVISION} as revision,
      (select json_build_object('id', f.id, 'realNameLevel', f.real_name_level, 'nameSealed', f.name_sealed,
        'idNumberSealed', f.id_number_sealed, 'phoneSealed', f.phone_sealed, 'villageCode', f.village_code)
        from profiles f join principal p on p.profile_id = f.id) as profile,
      (select coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name,
        'valuesSealed', c.values_sealed)), '[]'::json) from credentials c, principal p
        where p.opens_papers and c.holder_index = p.id_number_index
          and (c.valid_to is null or c.valid_to >= ${today}::date)) as credentials,
      (select coalesce(json_agg(json_build_object('name', e.name, 'creditCode', e.credit_code)), '[]'::json)
        from principal p join enterprise_agents a on a.profile_id = p.profile_id join enterprises e on e.id = a.enterprise_id
        where p.real_name_level = 3 and ${isPowerHeld(today)}
          and (a.item_ids is null or ${itemId} = any(a.item_ids))) as firms,
      (select coalesce(json_agg(json_build_object('fieldKey', field_key, 'on', slot_on, 'half', half,
        'booked', booked)), '[]'::json) from slot_counters
        where service_item_id = ${itemId} and slot_on > ${today}::date) as booked,
      ${deps.filedOfItem.column(now)} as filed,
      coalesce((select consents from principal), '[]'::jsonb) as consents`
  const parts = deps.filedOfItem.parts(itemId, now)
  return findFor<Known>(deps.database, { tokenHash, now }, { parts, select })
}

/** The form of an item for the person who asks. */
export const createReadForm =
  (deps: FormDeps) =>
  async (authorization: string | undefined, itemId: string): Promise<ApplicationForm> => {
    const tokenHash = findTokenHash(authorization)
    if (tokenHash === null) throw new ProblemError('account.not-logged-in')
    const now = deps.clock.now()
    const known = await load(deps, tokenHash, itemId)
    if (!known?.principal || !known.profile) throw new ProblemError('account.session-ended')
    // Nobody fills in what would be refused.
    if (isServiceOver(deps.endsOn, dayIn(now))) throw serviceOver(known.principal.pools.length > 0)
    const reference = await deps.reference.since(known.revision)
    const found = reference.latest(itemId)
    if (!found) throw new ProblemError('service-item.not-found')
    const asked = { principal: known.principal, reference, now }
    const filed = await deps.filedOfItem.tell(deps.database, known.filed, asked)
    return { ...formOf(deps.cipher, reference, found, known, known.profile, now), ...filed }
  }

function formOf(
  cipher: Cipher,
  reference: Reference,
  { item, version }: { readonly item: ServiceItem; readonly version: number },
  known: Known,
  profile: NonNullable<Known['profile']>,
  now: Instant,
): Omit<ApplicationForm, 'filed' | 'hasMoreFiled'> {
  const today = dayIn(now)
  return {
    serviceItemId: item.id,
    itemVersion: version,
    plainName: item.plainName,
    name: item.name,
    today,
    fields: item.fields,
    answersSchema: answersSchemaOf(item, answerContext(reference, today, false)),
    materials: item.materials,
    prefills: prefillsOf(cipher, item, known, profile),
    onFileCredentialCodes: onFileCodes(item, known),
    choices: choicesOf(reference, item),
    slots: item.fields.flatMap((field) =>
      field.kind === 'slot' ? slotsOf(field, known, reference, today) : [],
    ),
    realNameLevel: profile.realNameLevel,
    filerName: filerName(cipher, item, profile),
    toldApartBy: toldApartBy(item)?.slice() ?? null,
    guardianConsents: consentsLacking(
      consentsNeeded('apply-for-child', reference.fact('agreements', []), today),
      known.consents,
    ).map((each) => ({ ...each })),
    openWindow: windowOf(item, now),
    acceptConditions: item.acceptConditions,
    phone: phoneOf(item, reference),
    ask: whomToAskOf(item, reference, now),
  }
}

/** On file means on file for the applicant: a firm has papers of its own, and its agent's are not them. */
function onFileCodes(item: ServiceItem, { credentials }: Known): string[] {
  if (applicantFieldsOf(item).kind === 'firm') return []
  const onFile = new Set(credentials.map(({ code }) => code))
  return item.materials.flatMap(({ credentialCode }) =>
    credentialCode !== null && onFile.has(credentialCode) ? [credentialCode] : [],
  )
}

function filerName(cipher: Cipher, item: ServiceItem, { id, nameSealed }: NonNullable<Known['profile']>) {
  if (nameSealed === null || applicantFieldsOf(item).number !== null) return null
  return cipher.decrypt(nameSealed, sealedIn.profile(id, 'name'))
}

/** Only the lists that a field of this item chooses from. */
function choicesOf(reference: Reference, item: ServiceItem): ApplicationForm['choices'] {
  const kinds = new Set(
    item.fields.flatMap((field) => [
      field.kind,
      ...(field.kind === 'table' ? field.columns.map(({ kind }) => kind) : []),
    ]),
  )
  return {
    towns: kinds.has('village') ? townsOf(reference) : [],
    regions: kinds.has('region') ? listOf(reference, 'regions', ({ code, name }) => ({ code, name })) : [],
    scopes: kinds.has('scopePicker')
      ? listOf(reference, 'business-scopes', ({ code, name, needsItem }) => ({
          code,
          name,
          needsItem: needsItem ?? null,
        }))
      : [],
    policies: kinds.has('policyPicker')
      ? listOf(reference, 'policies', ({ code, name, benefit }) => ({ code, name, benefit: benefit ?? '' }))
      : [],
  }
}

interface Choice {
  readonly code: string
  readonly name: string
  readonly needsItem?: string | null
  readonly benefit?: string
}
const listOf = <Row>(reference: Reference, fact: string, pick: (choice: Choice) => Row) =>
  reference.fact<readonly Choice[]>(fact).map(pick)

function slotsOf(
  field: Field & { kind: 'slot' },
  known: Known,
  reference: Reference,
  today: PlainDate,
): ApplicationForm['slots'] {
  const booked = new Map(known.booked.map((row) => [`${row.fieldKey}|${row.on}|${row.half}`, row.booked]))
  const days = Array.from({ length: field.maxDaysAhead - field.minDaysAhead + 1 }, (_, index) =>
    addDays(today, field.minDaysAhead + index),
  )
  return days.filter(provisionalWorkingDay(reference.calendar)).flatMap((on) =>
    field.options.map((half) => ({
      key: field.key,
      on,
      half,
      left: Math.max(0, field.capacity - (booked.get(`${field.key}|${on}|${half}`) ?? 0)),
    })),
  )
}

interface Source {
  readonly value: unknown
  readonly source: string
}

function prefillsOf(
  cipher: Cipher,
  item: ServiceItem,
  known: Known,
  profile: NonNullable<Known['profile']>,
): ApplicationForm['prefills'] {
  const sources = new Map<string, Source>()
  const open = (sealed: string | null, part: 'name' | 'idNumber' | 'phone') =>
    sealed === null ? undefined : cipher.decrypt(sealed, sealedIn.profile(profile.id, part))
  const put = (key: string, value: unknown, source: string) => {
    if (value !== undefined && value !== null) sources.set(key, { value, source })
  }
  // What the person typed or gave themselves they may see again; it is nobody's file.
  put('identity.name', open(profile.nameSealed, 'name'), '你登记的')
  const idNumber = open(profile.idNumberSealed, 'idNumber')
  put('identity.idNo', idNumber, '你登记的')
  // The card on file says the same, and says it better.
  if (idNumber !== undefined) put('licence:LIC-IDCARD.birth', birthOfIdNumber(idNumber), '你的身份证号')
  put('identity.mobile', open(profile.phoneSealed, 'phone'), '你的手机号')
  put('profile.villageCode', profile.villageCode, '你选过的')
  // Of several firms nobody knows for which of them it is.
  const [firm, ...others] = applicantFieldsOf(item).kind === 'firm' ? known.firms : []
  if (firm && others.length === 0) {
    put('licence:LIC-BIZ.name', firm.name, '来自企业登记')
    put('licence:LIC-BIZ.uscc', firm.creditCode, '来自企业登记')
  }
  for (const credential of known.credentials) {
    const values = JSON.parse(
      cipher.decrypt(credential.valuesSealed, sealedIn.credential(credential.id)),
    ) as Record<string, unknown>
    for (const [field, value] of Object.entries(values)) {
      put(`licence:${credential.code}.${field}`, value, `来自${credential.name}`)
    }
  }
  const fill = (field: Field, key: string): ApplicationForm['prefills'] => {
    if (field.kind === 'table')
      return field.columns.flatMap((column) => fill(column, `${key}/0/${column.key}`))
    const source = field.prefill === null ? undefined : sources.get(field.prefill)
    if (source === undefined) return []
    return [
      {
        key,
        value: source.value,
        masked: isSensitive(field),
        source: field.ofNumber === null ? source.source : FROM_NUMBER,
      },
    ]
  }
  return item.fields.flatMap((field) => fill(field, field.key))
}
