import type * as desk from './use-keys.h5'

export const useKeys: typeof desk.useKeys = () => {}
