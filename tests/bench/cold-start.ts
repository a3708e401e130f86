import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type ImportDeclaration, parse } from 'acorn'
import { build } from 'esbuild'
import { buildFunction, functionSettings } from '../../functions/build.mjs'
import { places } from '../services/databases'
import { median } from './load'

const ENTRY = 'dist/functions/index.mjs'
/** The function with its packages beside it, so that one sees which it takes. */
const APART = 'dist/tests/apart'

interface Packages {
  /** All that the function's bundle holds, those too that a request loads when it needs them. */
  readonly all: readonly string[]
  /** As source, the very imports that a start of the measured configuration makes. */
  readonly own: readonly string[]
}

const isOutside = (name: string) =>
  !name.startsWith('.') && !name.startsWith('node:') && !functionSettings.external.includes(name)

/** Logs, in the place of running, what is imported: each address or name once, in lines of a file. */
const HOOK = (log: string) =>
  `data:text/javascript,${encodeURIComponent(`
import { appendFileSync } from 'node:fs'
export async function resolve(name, context, next) {
  const resolved = await next(name, context)
  if (context.parentURL?.includes('/${APART}/')) appendFileSync(${JSON.stringify(log)}, name + ' ' + resolved.url + '\\n')
  return resolved
}`)}`

/** Import declarations of a file as its bundler wrote them, each with the names that it takes. */
async function importsOf(path: string): Promise<readonly ImportDeclaration[]> {
  const { body } = parse(await readFile(path, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module' })
  return body.filter((node) => node.type === 'ImportDeclaration')
}

const held = (declaration: ImportDeclaration, at: number): string => {
  const { specifiers, source } = declaration
  const from = `from '${source.value}'`
  return specifiers
    .map((specifier, nth) => {
      const local = `held${at}_${nth}`
      if (specifier.type === 'ImportNamespaceSpecifier') return `import * as ${local} ${from}; hold(${local})`
      const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported)
      return `import { ${name} as ${local} } ${from}; hold(${local})`
    })
    .join('\n')
}
const nameOf = (node: { readonly type: string; readonly name?: string; readonly value?: unknown }) =>
  node.name ?? JSON.stringify(node.value)

async function packagesOf(environment: Readonly<Record<string, string>>): Promise<Packages> {
  await rm(APART, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: ['functions/index.ts'],
    outdir: APART,
    outExtension: { '.js': '.mjs' },
    define: { __VERSION__: JSON.stringify('test') },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
  })
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports)
  const all = new Set(
    imported.filter(({ external, path }) => external && isOutside(path)).map(({ path }) => path),
  )
  const log = `${APART}/imported`
  await timeOf(
    `import { register } from 'node:module'\nregister(${JSON.stringify(HOOK(log))})\n${started(`${APART}/index.mjs`)}`,
    environment,
  )
  const lines = [...new Set((await readFile(log, 'utf8')).trim().split('\n'))].map((line) => line.split(' '))
  const parts = [
    urlOf(`${APART}/index.mjs`),
    ...lines.flatMap(([, url = '']) => (url.includes(`/${APART}/`) ? url : [])),
  ]
  const declarations = (
    await Promise.all([...new Set(parts)].map((url) => importsOf(fileURLToPath(url))))
  ).flat()
  const taken = declarations.filter(({ source }) => isOutside(String(source.value)))
  const isTaken = new Set(taken.map(({ source }) => source.value))
  const later = lines.flatMap(([name = '']) => (isOutside(name) && !isTaken.has(name) ? name : []))
  return {
    all: [...all].sort(),
    own: [
      ...taken.map(held),
      ...later.map((name, at) => `import * as later${at} from '${name}'; hold(later${at})`),
    ],
  }
}

const word = () => randomBytes(32).toString('base64url')
const account = (id: string) => [`wx${id.repeat(16)}`, 'a'.repeat(32), 'token', 'k'.repeat(43)].join(':')

/** A serverless configuration with the services of this run; what health does not ask is named and not there. */
const configuration = (databaseUrl: string) => {
  const { neonProxy, upstash } = places()
  return {
    PROFILE: 'serverless',
    PUBLIC_URL: 'https://banshi.example',
    DATABASE_URL: databaseUrl,
    DATABASE_DRIVER: 'neon',
    NEON_PROXY: neonProxy,
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
    S3_ENDPOINT: 'https://files.example',
    S3_BUCKET: 'papers',
    S3_ACCESS_KEY_ID: 'nobody',
    S3_SECRET_ACCESS_KEY: 'nothing',
    WECHAT_MINI_PROGRAM: account('1'),
    WECHAT_OFFICIAL_ACCOUNT: account('2'),
    CRON_SECRET: word(),
    DATA_KEYS: `k1:${word()}`,
    INDEX_KEY: word(),
  }
}

/** The platform has made the request before it wakes a function: what that loads is not the function's. */
const TIMED = (work: string) => `
const request = new Request('https://banshi.example/api/health')
const from = performance.now()
${work}
const took = performance.now() - from
process.stderr.write(String(took))
process.exit(0)
`

const run = promisify(execFile)

/** Milliseconds of a script in a process of its own. This process must not block: the proxies live in it. */
async function timeOf(script: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const { PATH = '' } = process.env
  const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH, ...environment },
  })
  return Number(stderr)
}

const urlOf = (path: string) => pathToFileURL(resolve(path)).href

/** From the import of the entry to its first answered health. */
const started = (entry: string) =>
  TIMED(`const { default: entry } = await import('${urlOf(entry)}')
const response = await entry.fetch(request)
const { status } = await response.json()
if (status !== 'ok') throw new Error(status)`)

/** A bundle, by the function's settings, of packages alone. They are held, so that the bundle keeps them. */
async function bundled(name: string, imports: readonly string[]): Promise<string> {
  const source = `dist/tests/${name}.entry.mjs`
  const hold = 'globalThis.held = []; const hold = (value) => globalThis.held.push(value)'
  await writeFile(source, [...imports, hold].reverse().join('\n'))
  await build({ ...functionSettings, entryPoints: { [name]: source }, outdir: 'dist/tests' })
  return TIMED(`await import('${urlOf(`dist/tests/${name}.mjs`)}')`)
}

/** All in fresh processes, in turns: medians of milliseconds. */
export async function compareColdStarts(databaseUrl: string, rounds: number) {
  await buildFunction()
  const environment = configuration(databaseUrl)
  const { all, own } = await packagesOf(environment)
  const scripts = {
    ours: started(ENTRY),
    own: await bundled('own-packages', own),
    all: await bundled(
      'all-packages',
      all.map((name, at) => `import * as all${at} from '${name}'; hold(all${at})`),
    ),
  }
  const times = { ours: [] as number[], own: [] as number[], all: [] as number[] }
  for (let round = 0; round <= rounds; round += 1)
    for (const side of ['ours', 'own', 'all'] as const) {
      const took = await timeOf(scripts[side], environment)
      // The first round warms the disk.
      if (round > 0) times[side].push(took)
    }
  return { ours: median(times.ours), own: median(times.own), all: median(times.all) }
}
