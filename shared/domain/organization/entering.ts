import type { StaffRole } from './staff'

/** The places at which an application is typed for whoever comes. */
export type EntryChannel = 'village' | 'window'

/** The roles that type it, by where they sit. */
export const ENTERS_AT: Readonly<Record<EntryChannel, readonly StaffRole[]>> = {
  village: ['village-agent'],
  window: ['town-window', 'window', 'dept-window', 'project-officer'],
}
