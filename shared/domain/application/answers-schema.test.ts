import Ajv2020 from 'ajv/dist/2020'
import { describe, expect, test } from 'vitest'
import { createRandom, packContext, packItems, validInput } from '../../../tests/generated-input'
import { invalidInputs } from '../../../tests/invalid-input'
import { findPlainDate, plainDate } from '../kernel/plain-date'
import type { FaultCode } from './answers'
import { answersSchemaOf } from './answers-schema'
import { validateAnswers } from './validate-answers'

const contextOn = (day: string, agent = false) => {
  let uploads = 0
  return {
    ...packContext(plainDate(day), agent),
    onFileCredentialCodes: new Set<string>(),
    uploadId: () => `01930000-0000-7000-8000-${String(uploads++).padStart(12, '0')}`,
  }
}

const ajv = new Ajv2020({
  strict: true,
  strictRequired: true,
  allowUnionTypes: true,
  formats: { date: (text: string) => findPlainDate(text) !== undefined },
})

const days = ['2026-11-24', '2026-12-28', '2028-02-29']

/** What a schema can say; the others are judged by the rules alone. */
const STRUCTURAL: readonly FaultCode[] = [
  'field.unknown',
  'field.wrong-type',
  'field.not-an-option',
  'field.not-together',
  'field.must-be-true',
  'field.too-few',
  'field.too-many',
  'field.twice',
  'field.too-short',
  'field.no-day',
]

describe.each(packItems().map((item) => [item.id, item] as const))('the schema of %s', (_id, item) => {
  test('takes what the rules take, as it is sent and as it is kept', () => {
    for (const [seed, day] of [...days, ...days, ...days].entries()) {
      const context = contextOn(day, seed % 2 === 0)
      const takes = ajv.compile(answersSchemaOf(item, context))
      const { answers } = validInput(item, createRandom(seed), context)
      const sent: unknown = JSON.parse(JSON.stringify(answers))
      expect(takes(sent), JSON.stringify(takes.errors)).toBe(true)
      const kept = validateAnswers(item, answers, context)
      expect(takes(kept.ok ? kept.value : undefined), JSON.stringify(takes.errors)).toBe(true)
    }
  })

  test('refuses what has another shape', () => {
    const context = contextOn('2026-11-24')
    const takes = ajv.compile(answersSchemaOf(item, context))
    const taken = invalidInputs(item, createRandom(7), context)
      .filter(({ code, pointer }) => STRUCTURAL.includes(code) && pointer.startsWith('/answers'))
      .filter(({ answers }) => takes(JSON.parse(JSON.stringify(answers))))
    expect(taken.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([])
  })

  test('asks for what is always asked, and for nothing that hangs on another answer', () => {
    const schema = answersSchemaOf(item, contextOn('2026-11-24'))
    const always = item.fields.filter(
      (field) => field.required && field.showWhen === null && !(field.kind === 'select' && field.computed),
    )
    for (const { key } of always) expect(schema['required']).toContain(key)
    for (const { key, showWhen } of item.fields)
      if (showWhen !== null) expect(schema['required']).not.toContain(key)
    expect(Object.keys(schema['properties'] as object)).toEqual(item.fields.map(({ key }) => key))
  })
})
