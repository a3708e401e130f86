import { expect, test } from 'vitest'
import { sealedIn } from '../../functions/platform/ports/sealed-in'
import { houseFiles, textOf } from './house'

// What is encrypted opens by the context of its column alone: one list has them all, for who encrypts anew.

const servers = houseFiles().filter(
  (file) => /^functions\/.*\.ts$/.test(file) && !/\.test\.ts$|-fixture\.ts$|\.contract\.ts$/.test(file),
)

/** The arguments of each call, as they are written. */
function argumentsOf(text: string): readonly string[] {
  return [...text.matchAll(/\.(?:encrypt|decrypt)\(|\bsealAgain\(cipher, /g)].map(({ 0: call, index }) => {
    const from = index + call.length
    let depth = 1
    let to = from
    while (depth > 0 && to < text.length) {
      if (text[to] === '(') depth += 1
      if (text[to] === ')') depth -= 1
      to += 1
    }
    return text.slice(from, to - 1)
  })
}

test('every context is one of the list', () => {
  const calls = servers.flatMap((file) => argumentsOf(textOf(file)).map((written) => ({ file, written })))
  expect(calls.length).toBeGreaterThan(20)
  // `sealAgain` is given its own.
  const strays = calls.filter(({ written }) => !/\bsealedIn\.\w+\(|, context$|^held, context$/.test(written))
  expect(strays).toEqual([])
})

test('each names its table and its row, and no two are one', () => {
  const ids = ['0192f3c4-0000-7000-8000-000000000001', 'name'] as const
  const contexts = Object.values(sealedIn).map((context) => context(...ids))
  expect(new Set(contexts).size).toBe(contexts.length)
  for (const context of contexts) expect(context).toMatch(/^[a-z_]+\.0192f3c4-0000-7000-8000-000000000001/)
})
