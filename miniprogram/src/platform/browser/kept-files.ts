import { createStore, del, get, keys, set } from 'idb-keyval'
import type { Platform } from '../platform'
import { consoleDoor } from './console-door'

/** One browser may show several people's phones. */
const own = () => `${consoleDoor.person ?? 'visitor'}:`

/** Files do not fit where the browser keeps texts. */
const store = () => createStore('yinxiang', 'files')

export const keptFiles: Pick<Platform, 'keepFile' | 'openKeptFile' | 'dropKeptFile' | 'listKeptFiles'> = {
  async keepFile({ source }) {
    const handle = `${own()}${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
    try {
      await set(handle, source, store())
      return handle
    } catch (_reason) {
      // Full, or a private window.
      return undefined
    }
  },
  async openKeptFile(handle, { name, contentType, size }) {
    const source = await get<Blob>(handle, store()).catch(() => undefined)
    return source && { name, contentType, size, source, preview: URL.createObjectURL(source) }
  },
  dropKeptFile(handle) {
    del(handle, store()).catch(() => {})
  },
  async listKeptFiles() {
    const all = await keys<string>(store()).catch(() => [])
    return all.filter((handle) => handle.startsWith(own()))
  },
}
