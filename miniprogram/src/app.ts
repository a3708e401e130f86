import { useDidShow, useError, useLaunch, usePageNotFound, useUnhandledRejection } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import './app.css'
import { goOnConfirming } from './features/account/parts/starting-code'
import { platform } from './platform'
import { watchDesk } from './platform/desk'
import { reportFault } from './platform/faults'
import { openFormer } from './platform/navigation'
import { learnSource } from './platform/source'
import { startUploads } from './platform/upload-queue'
import { watchVersions } from './ui/feedback/new-version'

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    platform.start()
    startUploads()
    watchVersions()
    goOnConfirming()
    watchDesk()
  })
  useError(reportFault)
  useUnhandledRejection(({ reason }) => reportFault(reason))
  // WeChat calls it for every code and link; the browser tells its own address when it starts.
  useDidShow((options) => learnSource(options?.query))
  usePageNotFound(({ path, query }) => openFormer(path, query))
  return children
}
