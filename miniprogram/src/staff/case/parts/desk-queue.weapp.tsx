import type * as desk from './desk-queue.h5'

/** A phone is nobody's desk. */
export const DeskQueue: typeof desk.DeskQueue = () => <></>
