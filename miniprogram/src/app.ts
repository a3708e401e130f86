import { useLaunch } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import './app.css'
import { platform } from './platform'

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => platform.start())
  return children
}
