import { PGlite } from '@electric-sql/pglite'
import { databaseContract } from '../ports/database.contract'
import { createPgliteDatabase } from './pglite'

databaseContract('PGlite', { open: () => createPgliteDatabase(new PGlite(), 'drizzle') })
