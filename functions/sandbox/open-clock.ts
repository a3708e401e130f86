import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../platform/ports/database'
import { createSandboxClock } from './clock'
import { migrateSandbox } from './migrate'

const DEMO_BEGINS = '2026-11-24T01:42:00.000Z' as Instant

/** Migrates the schema `sandbox` and opens its clock, which the product's own parts need before the rest. */
export async function openSandboxClock(
  database: Database,
  options: { readonly startAt?: Instant; readonly migrationsFolder?: string } = {},
) {
  await migrateSandbox(database, options.migrationsFolder ?? 'drizzle/sandbox')
  return createSandboxClock(database, { startAt: options.startAt ?? DEMO_BEGINS })
}
