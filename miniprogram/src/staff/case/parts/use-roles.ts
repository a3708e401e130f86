import { useEffect } from 'react'
import { create } from 'zustand'
import type { Account } from '#shared/contract/account'
import type { StaffRole } from '#shared/domain/organization/staff'
import { call, type Trouble } from '../../../platform/api'

interface Roles {
  readonly roles: readonly string[]
  readonly wasAsked: boolean
  readonly isAsking: boolean
  /** Why nobody knows yet. */
  readonly trouble: Trouble | undefined
}

const useStore = create<Roles>(() => ({
  roles: [],
  wasAsked: false,
  isAsking: false,
  trouble: undefined,
}))

async function askRoles() {
  const { roles, isAsking } = useStore.getState()
  // Who has none yet may be bound to a work identity any moment.
  if (roles.length > 0 || isAsking) return
  useStore.setState({ wasAsked: true, isAsking: true })
  const answer = await call<Account>('GET', '/api/account')
  useStore.setState({
    isAsking: false,
    ...(answer.ok
      ? { roles: answer.value.roles.map(({ role }) => role), trouble: undefined }
      : { trouble: answer.error }),
  })
}

/** Whether the reader holds one of these roles; asked once while the app is open. */
export function useRole(wanted: readonly StaffRole[]) {
  const { roles, wasAsked, isAsking, trouble } = useStore()
  useEffect(() => void askRoles(), [])
  return {
    roles,
    holds: wanted.some((role) => roles.includes(role)),
    // At first drawing nobody has asked yet, and nobody knows.
    isAsking: isAsking || !wasAsked,
    trouble,
    ask: askRoles,
  }
}
