import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createCalls, type Host, type Options } from './host'

/** Files that the mini program keeps on the phone: what is saved is moved, and outlives the app. */
export function fileApis(host: Host) {
  const { succeed, fail } = createCalls(host)
  const manager = {
    saveFile(options: Options) {
      const path = String(options['tempFilePath'])
      if (!existsSync(path)) return fail('saveFile', options, 'tempFilePath file not exist')
      if (!host.hands.hasRoom)
        return fail('saveFile', options, 'the maximum size of the file storage limit is exceeded')
      const savedFilePath = join(dirname(path), `store_${randomUUID()}${path.slice(path.lastIndexOf('.'))}`)
      renameSync(path, savedFilePath)
      host.kept.add(savedFilePath)
      succeed('saveFile', options, { savedFilePath })
    },
    getSavedFileList(options: Options) {
      succeed('getSavedFileList', options, {
        fileList: [...host.kept].map((filePath) => ({ filePath, size: 1, createTime: 1 })),
      })
    },
    access(options: Options) {
      const path = String(options['path'])
      if (!host.kept.has(path)) return fail('access', options, `no such file or directory, access '${path}'`)
      succeed('access', options)
    },
    unlink(options: Options) {
      const path = String(options['filePath'])
      if (!host.kept.delete(path))
        return fail('unlink', options, `no such file or directory, unlink '${path}'`)
      rmSync(path)
      succeed('unlink', options)
    },
  }
  return { getFileSystemManager: () => manager }
}
