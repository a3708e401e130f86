import { View } from '@tarojs/components'
import { useState } from 'react'
import type { SessionList } from '#shared/contract/account'
import { deviceWords } from '#shared/domain/account/device-words'
import { call } from '../../../platform/api'
import { isAtDesk } from '../../../platform/desk'
import { openPage } from '../../../platform/navigation'
import { closeSession } from '../../../platform/session'
import { useAction } from '../../../platform/use-action'
import { useRequest } from '../../../platform/use-request'
import { LoadedView } from '../../../ui/feedback/loaded-view'
import { ask } from '../../../ui/feedback/question'
import { Button } from '../../../ui/form/button'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { momentWords } from '../../../ui/words/dates'
import { tellWaiting } from './waiting'

type Sessions = SessionList['sessions']

/** What ends a phone is done on a phone. */
const mayEnd = ({ current, kind }: Sessions[number], all: Sessions) =>
  !current && (kind === 'desk' || all.some((each) => each.current && each.kind === 'phone'))

/** A desk was named by the server already. */
const nameOf = ({ kind, device, address }: Sessions[number]) =>
  kind === 'desk' ? `${device}，${address}` : deviceWords(device)

function Devices() {
  const { loaded, reload } = useRequest<SessionList>('/api/sessions')
  const { run } = useAction()
  return (
    <LoadedView loaded={loaded} label='正在取登录过的设备' onRetry={reload} cards={0} rows={1}>
      {({ sessions }) => (
        <CellGroup className='mt-3'>
          {sessions.map((session) => (
            <Cell
              key={session.id}
              label={session.current ? `${nameOf(session)}（现在用的）` : nameOf(session)}
              note={`${momentWords(session.lastSeenAt)} 用过`}
              value={
                mayEnd(session, sessions) && (
                  <Button
                    kind='quiet'
                    small
                    onPress={() => run(() => call('DELETE', `/api/sessions/${session.id}`), reload)}
                  >
                    让它退出
                  </Button>
                )
              }
            />
          ))}
        </CellGroup>
      )}
    </LoadedView>
  )
}

/** Where one is logged in, and the way out. */
export function SessionCells({ onLoggedOut }: { onLoggedOut: () => unknown }) {
  const [isOpen, setOpen] = useState(false)
  const { isBusy, run } = useAction()
  const logOut = async () => {
    const sure = await ask({
      title: '退出登录？',
      words: isAtDesk()
        ? '没填完的申请、写到一半的理由，会从这台电脑上删掉。走开一会儿不用退，到办件台点“锁上”。'
        : '没填完的、写到一半的，都会从这个手机上删掉。',
      confirm: '退出',
      cancel: '不退',
      ends: true,
    })
    if (!sure) return
    // The phone forgets it in any case; the server's half may be out of reach now.
    const leave = () => {
      closeSession()
      tellWaiting({ todos: 0, unread: 0 })
      return onLoggedOut()
    }
    await run(
      () => call('DELETE', '/api/sessions/current').then(() => ({ ok: true, value: null }) as const),
      leave,
    )
  }
  return (
    <>
      <CellGroup className='mt-3'>
        <Cell
          icon='shield'
          label='登录过的设备'
          arrow='none'
          value={isOpen ? '收起' : '看一看'}
          said={{ expanded: isOpen }}
          onPress={() => setOpen(!isOpen)}
        />
      </CellGroup>
      {isOpen && <Devices />}
      <CellGroup className='mt-3'>
        <Cell
          icon='trash'
          label='注销'
          note='不用了，把我的信息删掉'
          onPress={() => openPage('features/account/closing')}
        />
      </CellGroup>
      <View className='row--center mt-3'>
        <Button kind='text' className='danger' loading={isBusy ? '正在退出' : undefined} onPress={logOut}>
          退出登录
        </Button>
      </View>
    </>
  )
}
