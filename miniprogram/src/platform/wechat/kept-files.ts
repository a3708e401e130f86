import Taro from '@tarojs/taro'
import type { Platform } from '../platform'

const manager = () => Taro.getFileSystemManager()

/** All that a mini program keeps may take 200 MB. */
export const keptFiles: Pick<Platform, 'keepFile' | 'openKeptFile' | 'dropKeptFile' | 'listKeptFiles'> = {
  keepFile: ({ source }) =>
    new Promise((resolve) => {
      manager().saveFile({
        tempFilePath: String(source),
        success: ({ savedFilePath }) => resolve(savedFilePath),
        fail: () => resolve(undefined),
      })
    }),
  openKeptFile: (handle, { name, contentType, size }) =>
    new Promise((resolve) => {
      manager().access({
        path: handle,
        success: () => resolve({ name, contentType, size, source: handle, preview: handle }),
        fail: () => resolve(undefined),
      })
    }),
  dropKeptFile: (filePath) => {
    // What is gone already need not go.
    manager().unlink({ filePath, fail: () => {} })
  },
  listKeptFiles: () =>
    new Promise((resolve) => {
      manager().getSavedFileList({
        success: ({ fileList }) => resolve(fileList.map(({ filePath }) => filePath)),
        fail: () => resolve([]),
      })
    }),
}
