import { buildPages } from '../../miniprogram/build.mjs'

/** What the servers of the tests serve. */
export default () => buildPages('h5', { ifChanged: true, quiet: true })
