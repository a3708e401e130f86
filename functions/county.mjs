import { buildFunctions } from './build.mjs'

await buildFunctions()
await import('../dist/functions/county.mjs')
