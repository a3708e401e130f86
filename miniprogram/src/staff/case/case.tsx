import { useDidShow } from '@tarojs/taro'
import { useRef } from 'react'
import type { CaseView } from '#shared/contract/case'
import { goBack, pageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import '../../ui/styles/staff.css'
import './parts/case.css'
import { useOpenCase } from './parts/open-case'
import { useDesk } from './parts/use-desk'

export default function StaffCase() {
  const id = useRef(pageParameter('id')).current
  const request = useRequest<CaseView>(id && `/api/cases/${id}`, 'staff-case')
  const isDesk = useDesk()
  const wasShown = useRef(false)
  useDidShow(() => {
    // Back from correction or decision.
    if (wasShown.current) void request.reload()
    wasShown.current = true
  })
  const { content, bar, over } = useOpenCase(request, {
    beside: isDesk ? 4 : 1,
    onLeave: { words: '回到办件', onPress: () => goBack('staff/case/queue') },
  })
  return (
    <Page
      className='staff-page staff-page--wide'
      head={<NavBar title='办这一件' backTo='staff/case/queue' />}
      foot={bar}
      over={over}
    >
      {content}
    </Page>
  )
}
