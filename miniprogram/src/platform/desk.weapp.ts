import type * as desk from './desk.h5'

/** A phone is nobody's desk. */
export const isAtDesk: typeof desk.isAtDesk = () => false
export const isOthers: typeof desk.isOthers = () => false
export const given: typeof desk.given = () => new Promise(() => {})
export const reopened: typeof desk.reopened = async () => {}
export const watchDesk: typeof desk.watchDesk = () => {}
export const lockDesk: typeof desk.lockDesk = () => {}
