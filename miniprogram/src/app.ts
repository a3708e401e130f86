import { useLaunch, usePageNotFound } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import './app.css'
import { platform } from './platform'
import { openTab } from './platform/navigation'

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => platform.start())
  // A link of former days may name a page that is no more.
  usePageNotFound(() => openTab('features/service-item/home'))
  return children
}
