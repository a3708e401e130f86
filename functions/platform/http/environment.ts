import type { Principal } from './principal'

/** What middleware leaves for the handlers of a request. */
export interface HttpEnv {
  Variables: {
    requestId: string
    principal?: Principal
  }
}
