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
import './parts/form.css'

const LEAST_LEVEL = 2

/** Who applies must be known by name; the form waits behind the register page and goes on when one comes back. */
function Gate({ form, onRegister }: { form: ApplicationForm; onRegister: () => void }) {
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    onRegister()
  })
  return (
    <Page
      head={<NavBar title={form.plainName} backTo='features/service-item/home' />}
      foot={
        <StickyActionBar>
          <Button onPress={onRegister}>去登记</Button>
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
  // A form that is open stays open, whatever becomes of a later request.
  const form = useRef<ApplicationForm>()
  if (loaded.state === 'ready') form.current = loaded.value
  const isAway = useRef(false)
  const register = () => {
    isAway.current = true
    openPage('features/account/register')
  }
  useShownAgain(() => {
    // The camera comes back here too; only the register page changes what is known.
    if (isAway.current) void reload()
    isAway.current = false
  })
  if (form.current) {
    const { realNameLevel } = form.current
    return realNameLevel < LEAST_LEVEL ? (
      <Gate form={form.current} onRegister={register} />
    ) : (
      <FormSteps form={form.current} onRegister={register} onReload={reload} />
    )
  }
  return (
    <Page head={<NavBar title='填一填' backTo='features/service-item/home' />}>
      <LoadedView loaded={loaded} label='正在打开申请表' onRetry={reload} cards={2} rows={0}>
        {() => null}
      </LoadedView>
    </Page>
  )
}
