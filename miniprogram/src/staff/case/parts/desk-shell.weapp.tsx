import type * as desk from './desk-shell.h5'

export const TopBar: typeof desk.TopBar = () => <></>
export const BACK: typeof desk.BACK = { letters: [], does: '' }
export const useKeyBar: typeof desk.useKeyBar = () => ({ bar: <></>, over: false })
