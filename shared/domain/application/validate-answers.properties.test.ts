import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, packContext, packItems, validInput } from '../../../tests/generated-input'
import { invalidInput, invalidInputs } from '../../../tests/invalid-input'
import { plainDate } from '../kernel/plain-date'
import { fieldsShown } from './conditions'
import { describeAnswer } from './describe-answer'
import { duplicateKeyOf, slotsOf, uploadIdsOf } from './item-answers'
import { validateAnswers } from './validate-answers'
import { validateMaterials } from './validate-materials'

const items = packItems()
const contextOn = (day: string, agent = false) => {
  let uploads = 0
  return {
    ...packContext(plainDate(day), agent),
    onFileCredentialCodes: new Set<string>(),
    uploadId: () => `01930000-0000-7000-8000-${String(uploads++).padStart(12, '0')}`,
  }
}
const noNames = {
  village: () => undefined,
  region: () => undefined,
  scope: () => undefined,
  policy: () => undefined,
}
// 2026-12-28: most days ahead fall into a year without a calendar.
const days = ['2026-11-24', '2026-12-28', '2028-02-29']

describe.each(items.map((item) => [item.id, item] as const))('%s', (_id, item) => {
  test('takes generated valid input, and takes what it gave back as it is', () => {
    for (const [seed, day] of [...days, ...days, ...days].entries()) {
      const context = contextOn(day, seed % 2 === 0)
      const input = validInput(item, createRandom(seed), context)
      const checked = validateAnswers(item, input.answers, context)
      expect(checked).toMatchObject({ ok: true })
      if (!checked.ok) continue
      expect(validateAnswers(item, checked.value, context)).toEqual(checked)
      expect(JSON.parse(JSON.stringify(checked.value))).toEqual(checked.value)
      expect(validateMaterials(item, input.materials, context)).toMatchObject({ ok: true })
      expect(slotsOf(item, checked.value)).toHaveLength(
        item.fields.filter(({ kind }) => kind === 'slot').length,
      )
      expect(new Set(uploadIdsOf(item, checked.value)).size).toBe(uploadIdsOf(item, checked.value).length)
      duplicateKeyOf(item, checked.value, () => '8001')
      for (const field of fieldsShown(item, checked.value, context.agent)) {
        const words = describeAnswer(field, checked.value[field.key], noNames)
        if (checked.value[field.key] !== undefined) expect(words).not.toMatch(/undefined|\[object|^$/)
      }
    }
  })

  test('finds each generated fault at its pointer, and nothing else is lost', () => {
    for (const [seed, day] of days.entries()) {
      const context = contextOn(day, seed === 1)
      for (const broken of invalidInputs(item, createRandom(seed + 100), context)) {
        const results = [
          validateAnswers(item, broken.answers, context),
          validateMaterials(item, broken.materials, context),
        ]
        const faults = results.flatMap((result) => (result.ok ? [] : result.error))
        expect(faults).toContainEqual(
          expect.objectContaining({
            pointer: broken.pointer,
            code: broken.code,
            message: expect.any(String),
          }),
        )
        for (const { message } of faults) expect(message).not.toMatch(/请|须|系统|予以|undefined|NaN/)
      }
    }
  })
})

// Generated values at the right keys reach deeper than arbitrary objects do.
const someJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '2026-13-40',
    '-0',
    1e300,
    -0,
    1e-300,
    '1e5',
    '9'.repeat(30),
    [[[[]]]],
    { from: [] },
    { lat: 1 },
  ),
)

test('any JSON value is answered, never thrown at; what passes is stable', () => {
  const context = contextOn('2026-11-24')
  fc.assert(
    fc.property(
      fc.constantFrom(...items),
      fc.infiniteStream(someJson),
      fc.oneof(fc.constant(undefined), someJson),
      fc.nat(),
      (item, values, whole, seed) => {
        const base = validInput(item, createRandom(seed), context).answers
        const random = createRandom(seed)
        const wild = Object.fromEntries(
          item.fields.map(({ key }) => [key, random.chance(0.3) ? values.next().value : base[key]]),
        )
        for (const answers of [whole, wild]) {
          const result = validateAnswers(item, answers, context)
          if (result.ok) expect(validateAnswers(item, result.value, context)).toEqual(result)
          else expect(result.error.length).toBeGreaterThan(0)
        }
        validateMaterials(item, whole, context)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a huge body is refused at once', () => {
  const context = contextOn('2026-11-24')
  const [item] = items
  if (!item) throw new Error('no items')
  const long = 'x'.repeat(5_000_000)
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, null]))
  const list = Array.from({ length: 500_000 }, () => '1')
  for (const answers of [wide, long, list]) {
    const started = performance.now()
    const whole = validateAnswers(item, answers, context)
    const inside = validateAnswers(
      item,
      Object.fromEntries(item.fields.map(({ key }) => [key, answers])),
      context,
    )
    expect(performance.now() - started).toBeLessThan(500)
    expect(whole.ok || inside.ok).toBe(false)
    if (!whole.ok) expect(whole.error.length).toBeLessThan(100)
  }
})

test('the same seed generates the same input', () => {
  for (const item of items) {
    const once = () =>
      [validInput, invalidInput].map((make) => make(item, createRandom(7), contextOn('2026-11-24')))
    expect(once()).toEqual(once())
  }
})
