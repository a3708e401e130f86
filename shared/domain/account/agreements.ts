import type { PlainDate } from '../kernel/plain-date'

/** 服务协议, 隐私保护说明. 个人信息保护法 第17条 */
export const AGREEMENT_KINDS = ['service', 'privacy'] as const
export type AgreementKind = (typeof AGREEMENT_KINDS)[number]

/** One kind of personal data: what for, how long, and whether it is sensitive. 个人信息保护法 第17条、第28条 */
interface DataClass {
  readonly name: string
  readonly purpose: string
  readonly kept: string
  readonly sensitive: boolean
}

/** What a county lays before its residents, in one of its versions. */
export interface Agreement {
  readonly kind: AgreementKind
  /** Counted from 1: “第 2 版”. */
  readonly version: string
  readonly effectiveOn: PlainDate
  /** What is different from the version before; null of the first. */
  readonly changes: string | null
  /** The whole in five sentences. */
  readonly brief: readonly string[]
  readonly data: readonly DataClass[]
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[]
}

export const BRIEF_SENTENCES = 5

const ofKind = (agreements: readonly Agreement[], kind: AgreementKind) =>
  agreements.filter((each) => each.kind === kind).sort((a, b) => Number(a.version) - Number(b.version))

/** The version that holds on that day: the last one whose day has come, and the first before any has. */
export function agreementOn(
  agreements: readonly Agreement[],
  kind: AgreementKind,
  today: PlainDate,
): Agreement | undefined {
  const versions = ofKind(agreements, kind)
  return versions.filter(({ effectiveOn }) => effectiveOn <= today).at(-1) ?? versions[0]
}

/** Newest first: what held before, and what has been announced and does not hold yet. */
export function otherVersions(
  agreements: readonly Agreement[],
  kind: AgreementKind,
  today: PlainDate,
): readonly Agreement[] {
  const current = agreementOn(agreements, kind, today)
  return ofKind(agreements, kind)
    .filter(({ version }) => version !== current?.version)
    .reverse()
}

/** Why what a county says now cannot follow what it said; `at` is the place among `next`, null for one that is missing there. */
export interface SuccessionFault {
  readonly kind: AgreementKind
  readonly version: string
  readonly at: number | null
  readonly fault: 'text-changed' | 'version-dropped' | 'version-gap' | 'day-before-last' | 'changes-untold'
}

/** Two that say the same, in whatever order their members stand. */
type Same = (a: Agreement, b: Agreement) => boolean

/**
 * To what people agreed stays to be read as it was: no version changes its words or goes, and each new one is the next
 * number, begins after the one before and says what is different. 个人信息保护法 第14条、第17条
 */
export function faultsOfSuccession(
  before: readonly Agreement[],
  next: readonly Agreement[],
  isSame: Same,
): readonly SuccessionFault[] {
  const of = (among: readonly Agreement[], { kind, version }: Pick<Agreement, 'kind' | 'version'>) =>
    among.find((each) => each.kind === kind && each.version === version)
  const faultOf = ({ kind, version, ...held }: Agreement) => {
    const given = of(next, { kind, version })
    const fault = given === undefined ? 'version-dropped' : 'text-changed'
    return given !== undefined && isSame(given, { kind, version, ...held })
      ? []
      : [{ kind, version, at: given === undefined ? null : next.indexOf(given), fault } as const]
  }
  return [...before.flatMap(faultOf), ...AGREEMENT_KINDS.flatMap((kind) => faultsOfKind(kind, next))]
}

function faultsOfKind(kind: AgreementKind, next: readonly Agreement[]): readonly SuccessionFault[] {
  const listed = ofKind(next, kind)
  return listed.flatMap((each, at) => {
    const last = listed[at - 1]
    const fault = (which: SuccessionFault['fault'], isBroken: boolean) =>
      isBroken ? [{ kind, version: each.version, at: next.indexOf(each), fault: which }] : []
    return [
      ...fault('version-gap', each.version !== String(at + 1)),
      ...fault('day-before-last', last !== undefined && each.effectiveOn <= last.effectiveOn),
      ...fault('changes-untold', (each.changes === null) !== (last === undefined)),
    ]
  })
}
