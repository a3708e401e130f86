import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import vm from 'node:vm'

/**
 * Newer than the oldest phones that .browserslistrc names (iOS 12.2), or kept from mini programs by WeChat: code that
 * needs one of these fails here as it would there.
 */
const ABSENT = `
  delete globalThis.Intl
  delete globalThis.WebAssembly
  delete globalThis.SharedArrayBuffer
  delete globalThis.Atomics
  delete globalThis.WeakRef
  delete globalThis.FinalizationRegistry
  delete globalThis.AggregateError
  delete globalThis.Iterator
  delete Object.hasOwn
  delete Object.groupBy
  delete Map.groupBy
  delete Promise.any
  delete Promise.allSettled
  delete Promise.withResolvers
  delete Array.fromAsync
  for (const name of ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with'])
    delete Array.prototype[name]
  for (const name of ['at', 'matchAll', 'replaceAll', 'isWellFormed', 'toWellFormed']) delete String.prototype[name]
  delete globalThis.globalThis
`

/** WeChat hands these to every module as parameters without a value. */
const SHADOWED = [
  'window',
  'document',
  'frames',
  'self',
  'location',
  'navigator',
  'localStorage',
  'history',
  'Caches',
  'screen',
  'alert',
  'confirm',
  'prompt',
  'XMLHttpRequest',
  'WebSocket',
  'fetch',
]

/** JavaScript as WeChat runs it: no page, no Node, no text as code, and packages that are apart. */
export function createJavascript(root: string, packages: readonly string[], globals: object) {
  const context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } })
  vm.runInContext(ABSENT, context)
  const modules = new Map<string, { exports: unknown }>()
  const packageOf = (file: string) => packages.find((each) => file.startsWith(`${each}/`)) ?? 'main'
  const requireFrom = (from: string) => (name: unknown) => {
    if (typeof name !== 'string' || !/^\.{0,2}\//.test(name)) {
      throw new Error(`${from} requires ${String(name)}: WeChat takes a relative path`)
    }
    const joined = posix.join(posix.dirname(from), name)
    const file = joined.endsWith('.js') ? joined : `${joined}.js`
    const owner = packageOf(file)
    if (owner !== 'main' && owner !== packageOf(from)) {
      throw new Error(`${from} requires ${file}, which lies in another subpackage and may not be there`)
    }
    return run(file)
  }
  function run(file: string): unknown {
    const known = modules.get(file)
    if (known) return known.exports
    if (!existsSync(join(root, file))) throw new Error(`module ${file} is not defined`)
    const module = { exports: {} }
    modules.set(file, module)
    const wrapped = vm.runInContext(
      `(function (require, module, exports, ${SHADOWED.join(', ')}) {${readFileSync(join(root, file), 'utf8')}\n})`,
      context,
      { filename: file },
    ) as (...given: unknown[]) => void
    wrapped(requireFrom(file), module, module.exports)
    return module.exports
  }
  return {
    /** Runs a file of the build, once. */
    run,
    /** Data of the mini program's own realm, as WeChat brings it over its bridge. */
    data: vm.runInContext('(text) => JSON.parse(text)', context) as (text: string) => unknown,
    bytes: vm.runInContext('(list) => new Uint8Array(list).buffer', context) as (list: number[]) => unknown,
  }
}

export type Javascript = ReturnType<typeof createJavascript>
