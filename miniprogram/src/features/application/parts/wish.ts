import type { CreateCase } from '#shared/contract/application'

const ADDRESS_MIN = 5

export interface Wish {
  readonly method: NonNullable<CreateCase['delivery']>['method'] | undefined
  readonly address: string
}

/** What goes by post goes to somewhere. */
export const lacksAddress = ({ method, address }: Wish) =>
  method === 'post' && address.trim().length < ADDRESS_MIN

interface Wanted {
  readonly method: NonNullable<Wish['method']>
  readonly address?: string
}

/** As it is sent; undefined while nothing is chosen. */
export function wishOf({ method, address }: Wish): Wanted | undefined {
  if (method === undefined) return undefined
  return method === 'post' ? { method, address: address.trim() } : { method }
}
