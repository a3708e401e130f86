import { createNeonDatabase } from '../../functions/platform/adapters/neon'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { databaseContract } from '../../functions/platform/ports/database.contract'
import { createDatabase, killStatement, places } from './databases'

const quiet = { connections: 8, onError: () => undefined }
const [forPg, forNeon] = await Promise.all([createDatabase(), createDatabase()])

databaseContract('pg', {
  open: async () => {
    const database = createPostgresDatabase(forPg, quiet)
    await database.migrate('drizzle')
    return database
  },
  kill: (text) => killStatement(forPg, text),
})

databaseContract('Neon', {
  open: async () => {
    const database = createNeonDatabase(forNeon, { ...quiet, proxy: places().neonProxy })
    await database.migrate('drizzle')
    return database
  },
  kill: (text) => killStatement(forNeon, text),
})
