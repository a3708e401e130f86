import type * as desk from './kbd.h5'

/** A phone has no keys. */
export const Kbd: typeof desk.Kbd = () => <></>
