import { buildServer } from './build.mjs'

await buildServer()
await import('../dist/functions/county.mjs')
