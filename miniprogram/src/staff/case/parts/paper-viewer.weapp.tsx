import type * as desk from './paper-viewer.h5'

/** WeChat shows pictures in a viewer of its own. */
export const PaperViewer: typeof desk.PaperViewer = () => <></>
