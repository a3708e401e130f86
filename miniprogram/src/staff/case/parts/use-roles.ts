import { useEffect } from 'react'
import { create } from 'zustand'
import type { Account } from '#shared/contract/account'
import type { StaffRole } from '#shared/domain/organization/staff'
import { call } from '../../../platform/api'

interface Roles {
  readonly roles: readonly string[]
  readonly isAsking: boolean
}

const useStore = create<Roles>(() => ({ roles: [], isAsking: false }))

async function askRoles() {
  const { roles, isAsking } = useStore.getState()
  // Who has none yet may be bound to a work identity any moment.
  if (roles.length > 0 || isAsking) return
  useStore.setState({ isAsking: true })
  const answer = await call<Account>('GET', '/api/account')
  useStore.setState({
    isAsking: false,
    ...(answer.ok ? { roles: answer.value.roles.map(({ role }) => role) } : {}),
  })
}

/** Whether the reader holds one of these roles; asked once while the app is open, false until it is known. */
export function useHasRole(wanted: readonly StaffRole[]) {
  const roles = useStore((store) => store.roles)
  useEffect(() => void askRoles(), [])
  return wanted.some((role) => roles.includes(role))
}
