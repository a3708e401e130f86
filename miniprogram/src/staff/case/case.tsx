import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useRef } from 'react'
import type { CaseView } from '#shared/contract/case'
import { usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import './parts/case.css'
import { BACK, TopBar, useKeyBar } from './parts/desk-shell'
import { useOpenCase } from './parts/open-case'
import { toQueue } from './parts/to-queue'
import { useUndoBar } from './parts/undo-bar'
import { useDesk, useKeyboardThere } from './parts/use-desk'
import { useKeys } from './parts/use-keys'
import { useHolder } from './parts/use-queue'

function StaffCase() {
  const id = usePageParameter('id')
  const unitId = usePageParameter('unitId')
  const place = usePageParameter('place')
  const request = useRequest<CaseView>(id && `/api/cases/${id}`)
  const isDesk = useDesk()
  const hasKeys = useKeyboardThere()
  const holder = useHolder((kept) => kept.holder)
  const wasShown = useRef(false)
  useDidShow(() => {
    // Back from correction or decision.
    if (wasShown.current) void request.reload()
    wasShown.current = true
  })
  const { head, content, bar, over, keys, legend } = useOpenCase(request, {
    caseId: id,
    unitId,
    isDesk,
    onLeave: { words: '回到办件', onPress: toQueue },
  })
  const undone = useUndoBar(request.reload)
  const keyBar = useKeyBar([...legend, BACK])
  useKeys(hasKeys ? { ...keys, u: undone.undo, Escape: toQueue } : {})
  const front = (
    <>
      {over}
      {undone.bar}
      {hasKeys && keyBar.over}
    </>
  )
  if (isDesk) {
    return (
      <Page
        className='staff-page desk'
        flush
        head={<TopBar holder={holder} onWork={toQueue} />}
        foot={keyBar.bar}
        over={front}
      >
        <View className='case'>
          {head}
          {content}
          {bar}
        </View>
      </Page>
    )
  }
  const title = place === undefined ? '办这一件' : `办件 ${place}`
  return (
    <Page
      className='staff-page'
      head={<NavBar title={title} backTo='staff/case/queue' />}
      foot={bar}
      over={front}
    >
      {content}
    </Page>
  )
}

export default asPage(StaffCase)
