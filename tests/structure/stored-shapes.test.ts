import type { SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { FiledContent } from '#shared/domain/case/filed-content'
import type { IssuedContent } from '#shared/domain/case/paper/issued-words'
import type { CaseState } from '#shared/domain/case/state'
import {
  type StoredContent,
  type StoredDocument,
  type StoredState,
  upgradeContent,
  upgradeDocument,
  upgradeState,
} from '#shared/domain/case/upgrade'
import type { CaseRow } from '../../functions/features/case'
import type { Database } from '../../functions/platform/ports/database'
import { houseFiles, linesMatching } from './house'

// What is stored as JSON is of the shape in which it was written: the domain's upgrades make it today's, once each, where
// rows come in. That a state is read by nothing else the compiler sees, by `StoredState` and `FoundRow`. Statements ask of it only what `stored-state.ts` names.

const servers = houseFiles().filter(
  (file) => /^functions\/.*\.ts$/.test(file) && !/\.test\.ts$|-fixture\.ts$/.test(file),
)
const domain = houseFiles().filter((file) => /^shared\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file))

/** Called, or handed to `map`. */
const calls = (name: string) => new RegExp(`\\b${name}\\(|\\(${name}\\)`)

test('each upgrade is asked where its rows come in, and nowhere else', () => {
  const callers = (name: string) =>
    [...new Set(linesMatching(servers, calls(name)).map((line) => line.split(':')[0]))].sort()
  expect(callers('upgradeState')).toEqual([
    'functions/features/case/case-row.ts',
    'functions/features/case/rebuild-cases.ts',
    'functions/features/case/renewal.ts',
    'functions/features/case/views/check-certificate.ts',
    'functions/features/reminder/plan-certificate-ends.ts',
    'functions/features/reminder/plan-power-ends.ts',
    'functions/features/reminder/plan-rating-invitations.ts',
  ])
  expect(callers('upgradeItem')).toEqual([
    'functions/features/service-item/catalogue.ts',
    'functions/platform/db/seed/load-catalogue.ts',
    // The pack's files, as the loader reads them.
    'functions/simulation/people.ts',
  ])
  expect(callers('upgradeDocument')).toEqual(['functions/features/case/texts.ts'])
  expect(callers('upgradeContent')).toEqual(['functions/features/case/texts.ts'])
  expect(callers('upgradeEvent')).toEqual([
    'functions/features/case/queries.ts',
    'functions/features/case/rebuild-cases.ts',
    'functions/features/case/whose/new-owner.ts',
    'functions/platform/db/event-log.ts',
  ])
})

test('a state that a statement answers can be read by its upgrade alone', () => {
  const asks = ({ rows }: Database, statement: SQL) => [
    rows<{ readonly id: string; readonly state: StoredState }>(statement),
    // @ts-expect-error: it would be taken for one of today's shape.
    rows<{ readonly id: string; readonly state: CaseState }>(statement),
    // @ts-expect-error: the same in the row of a case.
    rows<{ readonly caseRow: Pick<CaseRow, 'state'> }>(statement),
  ]
  const reads = (stored: StoredState, now: CaseState) => [
    upgradeState(stored),
    // @ts-expect-error: nothing else is read of it.
    stored.version,
    // @ts-expect-error: what is of today's shape is not raised again.
    upgradeState(now),
  ]
  expect([asks, reads]).toHaveLength(2)
})

test('what a document says can be read by its upgrade alone', () => {
  const reads = (stored: StoredDocument, now: IssuedContent, state: StoredState) => [
    upgradeDocument(stored),
    // @ts-expect-error: nothing else is read of it.
    stored.title,
    // @ts-expect-error: what is of today's shape is not raised again.
    upgradeDocument(now),
    // @ts-expect-error: one upgrade is no other.
    upgradeDocument(state),
  ]
  expect(reads).toHaveLength(3)
  const OF_ITS_OWN = /as IssuedContent\b/
  expect(linesMatching(servers, OF_ITS_OWN)).toEqual([])
})

test('what was filed can be read by its upgrade alone', () => {
  const reads = (stored: StoredContent, now: FiledContent, document: StoredDocument) => [
    upgradeContent(stored),
    // @ts-expect-error: nothing else is read of it.
    stored.answers,
    // @ts-expect-error: what is of today's shape is not raised again.
    upgradeContent(now),
    // @ts-expect-error: one upgrade is no other.
    upgradeContent(document),
  ]
  expect(reads).toHaveLength(3)
  expect(linesMatching(servers, /as FiledContent\b/)).toEqual([])
})

test('no statement looks into a stored state, payload or guide but by its named parts', () => {
  const INTO =
    /(?:\b(?:state|payload|guide)(?:::jsonb?)?\s*(?:->|#>|@>|\?)|(?:json\w*)\([a-z]\.(?:state|payload|guide)\b)/
  expect(linesMatching(servers, INTO).filter((line) => !/\/parts\/stored-state\.ts:/.test(line))).toEqual([])
})

test('a statement that answers a payload or a guide is read through its upgrade in the same file', () => {
  const READS: readonly (readonly [RegExp, string])[] = [
    [/\be\.payload\b/, 'upgradeEvent'],
    [/'guide', (?:case|guide)\b/, 'upgradeItem'],
  ]
  for (const [answers, upgrade] of READS) {
    const upgraded = new Set(linesMatching(servers, calls(upgrade)).map((line) => line.split(':')[0]))
    const read = linesMatching(servers, answers)
      .map((line) => line.split(':')[0])
      .filter((file) => !/\/(?:parts\/stored-state|writes\/statement)\.ts$/.test(file ?? ''))
    expect(read.length).toBeGreaterThan(0)
    expect(read.filter((file) => !upgraded.has(file))).toEqual([])
  }
})

test('nobody parses a payload for themselves', () => {
  expect(linesMatching(servers, /JSON\.parse\([^)]*payload/)).toEqual([])
  expect(linesMatching(domain, /JSON\.parse\(payload\)/)).toHaveLength(1)
})
