import type * as browser from './day-arrows.h5'

export const useDayArrows: typeof browser.useDayArrows = () => undefined
