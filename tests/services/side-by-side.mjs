import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundle } from './bundle.mjs'
import { startServices } from './servers.mjs'

// `npm run test:side-by-side -- <commit>`: the server of that commit and this one on one PostgreSQL, while this one
// migrates it and afterwards. Ends with what was done and the usual closing line.
const [commit] = process.argv.slice(2)
if (!commit) throw new Error('which commit shall run beside this one?')
const old = join(mkdtempSync(join(tmpdir(), 'before-')), 'checkout')
const git = (...words) => execFileSync('git', words, { stdio: ['ignore', 'ignore', 'inherit'] })
git('worktree', 'add', '--quiet', '--detach', old, commit)
const services = await startServices({ fsync: false })
try {
  symlinkSync(resolve('node_modules'), join(old, 'node_modules'))
  const build =
    "const { bundle } = await import('./tests/services/bundle.mjs'); await bundle('functions/server.ts', 'server')"
  execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: old, stdio: 'inherit' })
  // Reads the pack from where it stands: as deep in the house as its source.
  const script = await bundle('tests/services/side-by-side.ts', 'side-by-side', 'dist')
  Object.assign(process.env, services.environment)
  const { runSideBySide } = await import(resolve(script))
  const failures = await runSideBySide({ cwd: old, script: join(old, 'dist/tests/server.mjs') }, (line) =>
    process.stdout.write(`${line}\n`),
  )
  process.stdout.write(`${failures === 0 ? 1 : 0} passed, ${failures === 0 ? 0 : 1} failed\n`)
  process.exitCode = failures === 0 ? 0 : 1
} finally {
  await services.stop()
  git('worktree', 'remove', '--force', old)
  rmSync(resolve(old, '..'), { recursive: true, force: true })
}
