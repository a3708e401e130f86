import type { Pack, PackFault } from '../pack-schema'
import { checkAgreements } from './agreements'
import { checkCalendars } from './calendars'
import { checkCatalogue } from './catalogue'
import { lookupsOf } from './lookups'
import { checkOrganization } from './organization'
import { checkPeople } from './people'
import { checkServiceItems } from './service-items'
import { checkWorkingNotes } from './working-notes'

/** What is wrong among the files of a pack whose every file has the right form. */
export function faultsOfPack(pack: Pack): readonly PackFault[] {
  const faults: PackFault[] = []
  const lookups = lookupsOf(pack, faults)
  checkAgreements(lookups)
  checkOrganization(lookups)
  checkPeople(lookups)
  checkServiceItems(lookups)
  checkCatalogue(lookups)
  checkCalendars(lookups)
  checkWorkingNotes(lookups)
  return faults
}
