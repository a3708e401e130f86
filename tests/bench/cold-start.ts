import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildFunction, functionSettings } from '../../functions/build.mjs'
import { places } from '../services/databases'
import { median } from './load'

const FOLDER = 'dist/functions'
const ENTRY = `${FOLDER}/index.mjs`
/** The packages that the function's bundle holds, those too that a request loads when it needs them. */
async function packagesBundled(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: ['functions/index.ts'],
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  })
  const imported = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !path.startsWith('node:'))
    .map(({ path }) => path)
  const packages = new Set(imported.filter((path) => !functionSettings.external.includes(path)))
  return [...packages].sort()
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

/** Both in fresh processes, in turns: medians of milliseconds. */
export async function compareColdStarts(databaseUrl: string, rounds: number) {
  await buildFunction()
  const source = 'dist/tests/dependencies.entry.mjs'
  await mkdir('dist/tests', { recursive: true })
  const packages = await packagesBundled()
  const names = packages.map((_, index) => `package${index}`)
  const imports = packages.map((name, index) => `import * as ${names[index]} from '${name}'\n`)
  // Held, so that the bundle keeps them.
  await writeFile(source, `${imports.join('')}globalThis.held = [${names.join(', ')}]\n`)
  await build({ ...functionSettings, entryPoints: { dependencies: source }, outdir: 'dist/tests' })
  const dependencies = 'dist/tests/dependencies.mjs'
  const urlOf = (path: string) => pathToFileURL(resolve(path)).href
  const environment = configuration(databaseUrl)
  const function_ = TIMED(`const { default: entry } = await import('${urlOf(ENTRY)}')
const response = await entry.fetch(request)
const { status } = await response.json()
if (status !== 'ok') throw new Error(status)`)
  const alone = TIMED(`await import('${urlOf(dependencies)}')`)
  const ours: number[] = []
  const baseline: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const times = [await timeOf(function_, environment), await timeOf(alone, environment)] as const
    // The first round warms the disk.
    if (round === 0) continue
    ours.push(times[0])
    baseline.push(times[1])
  }
  return { ours: median(ours), baseline: median(baseline) }
}
