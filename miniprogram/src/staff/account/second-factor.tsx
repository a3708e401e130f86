import { Image, View } from '@tarojs/components'
import { useState } from 'react'
import type { Account } from '#shared/contract/account'
import type { EnrolledFactor } from '#shared/contract/desk-session'
import { ask } from '../../platform/api'
import { aria } from '../../platform/aria'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { copy } from '../../ui/feedback/copy'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { showToast } from '../../ui/feedback/toast'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { FactorCode } from './parts/factor-code'
import '../../ui/styles/staff.css'
import './parts/second-factor.css'

const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

function Secret({ enrolled, onDone }: { enrolled: EnrolledFactor; onDone: () => unknown }) {
  const { secret, picture } = enrolled
  return (
    <>
      <Lead title='加到验证器里' note='用验证器扫这个码；验证器就在这部手机上，复制下面的密钥贴进去。' />
      <Card>
        <View className='factor'>
          <Image
            className='factor__picture'
            src={picture}
            {...aria({ role: 'img', label: '验证器要扫的二维码' })}
          />
          <View className='factor__secret figure'>{grouped(secret)}</View>
          <Button kind='quiet' small onPress={() => void copy('密钥', secret)}>
            复制密钥
          </Button>
          <View className='small muted'>密钥只出现这一次，别发给别人。</View>
        </View>
      </Card>
      <Card className='mt-3'>
        <FactorCode
          path='/api/account/second-factor/confirmation'
          onTaken={onDone}
          words={{ press: '绑好', busy: '正在核对' }}
        />
      </Card>
    </>
  )
}

function Enrolling({ onDone }: { onDone: () => unknown }) {
  const [enrolled, setEnrolled] = useState<EnrolledFactor>()
  const { isBusy, trouble, run } = useAction()
  const start = () =>
    void run(() => ask<EnrolledFactor>('/api/account/second-factor', undefined), setEnrolled)
  if (enrolled) return <Secret enrolled={enrolled} onDone={onDone} />
  return (
    <>
      <Lead
        title='还没有绑验证器'
        note='绑了以后，在电脑上邀请同事要先输验证器上的 6 位数。手机上照旧不问。'
      />
      {trouble && <TroubleView trouble={trouble} title='没有绑成' onRetry={start} />}
      <Button block loading={isBusy ? '正在取密钥' : undefined} onPress={start}>
        开始绑
      </Button>
    </>
  )
}

function Enrolled({ onDropped }: { onDropped: () => unknown }) {
  return (
    <>
      <Lead title='验证器绑好了' note='在电脑上邀请同事，先输验证器上的 6 位数。' />
      <Card>
        <View className='strong'>解绑</View>
        <View className='small muted mt-2'>换手机、换验证器，先解绑再绑新的。管理员都会收到消息。</View>
        <View className='mt-3'>
          <FactorCode
            path='/api/account/second-factor/removal'
            onTaken={onDropped}
            words={{ press: '解绑', busy: '正在解绑' }}
            kind='secondary'
          />
        </View>
      </Card>
      <View className='small muted mt-3'>验证器丢了，看不到数：请维护系统的人解绑，再回来绑新的。</View>
    </>
  )
}

/** The administrator's authenticator: enrolled on the phone, asked for at desks. */
function SecondFactor() {
  const { loaded, reload } = useRequest<Account>('/api/account')
  const changed = (words: string) => async () => {
    await reload()
    showToast(words)
  }
  return (
    <Page head={<NavBar title='二次验证' backTo='tabs/account/me' />}>
      <View className='narrow'>
        <LoadedView loaded={loaded} label='正在取你的登记' onRetry={reload} rows={2}>
          {({ secondFactor }) =>
            secondFactor ? (
              <Enrolled onDropped={changed('解绑了')} />
            ) : (
              <Enrolling onDone={changed('绑好了')} />
            )
          }
        </LoadedView>
      </View>
    </Page>
  )
}

export default asPage(SecondFactor)
