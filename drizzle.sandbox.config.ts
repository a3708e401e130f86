import { defineConfig } from 'drizzle-kit'

// The local WeChat keeps its state beside the product's, in a schema and a migration history of its own.
export default defineConfig({
  dialect: 'postgresql',
  schema: './functions/sandbox/schema.ts',
  out: './drizzle/sandbox',
  schemaFilter: ['sandbox'],
})
