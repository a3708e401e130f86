import type * as desk from './desk-correction.h5'

export const DeskCorrection: typeof desk.DeskCorrection = () => <></>
