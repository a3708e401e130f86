import { View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import { openPage, pageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { FormSteps } from './parts/form-steps'
import './form.css'

const LEAST_LEVEL = 2

/** Who applies must be known by name; the form waits behind the register page and goes on when one comes back. */
function Gate({ form }: { form: ApplicationForm }) {
  const isSent = useRef(false)
  const register = () => openPage('features/account/register')
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    openPage('features/account/register')
  }, [])
  return (
    <Page
      head={<NavBar title={form.plainName} backTo='features/service-item/home' />}
      foot={
        <StickyActionBar>
          <Button onPress={register}>去登记</Button>
        </StickyActionBar>
      }
    >
      <Card title='先登记，再填'>
        <View className='mt-2'>写上手机号、姓名和身份证号，1 分钟。登记好，回到这里接着填。</View>
      </Card>
    </Page>
  )
}

export default function FormPage() {
  const id = pageParameter('id') ?? ''
  const path = `/api/service-items/${encodeURIComponent(id)}/form`
  const { loaded, reload } = useRequest<ApplicationForm>(path)
  const level = loaded.state === 'ready' ? loaded.value.realNameLevel : 0
  // A form that is being filled in is not drawn anew because the app was in the background.
  useShownAgain(() => (loaded.state === 'ready' && level >= LEAST_LEVEL ? undefined : reload()))
  if (loaded.state === 'ready') {
    const form = loaded.value
    return level < LEAST_LEVEL ? <Gate form={form} /> : <FormSteps form={form} onReload={reload} />
  }
  return (
    <Page head={<NavBar title='填一填' backTo='features/service-item/home' />}>
      <LoadedView loaded={loaded} label='正在打开申请表' onRetry={reload} cards={2} rows={0}>
        {() => null}
      </LoadedView>
    </Page>
  )
}
