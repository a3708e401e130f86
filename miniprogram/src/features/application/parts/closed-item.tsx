import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { closedWords } from '../../service-item/parts/open-window-words'
import { callOf } from '../../service-item/parts/whom-to-call'

/** Outside of the item's window nothing is filled in that would then be refused. */
export function ClosedItem({ form, onLeave }: { form: ApplicationForm; onLeave: () => void }) {
  if (form.openWindow === null) return null
  const { words, number, away, call } = callOf(form)
  return (
    <Page
      head={<NavBar title={form.plainName} onBack={onLeave} />}
      foot={
        <StickyActionBar>
          <Button onPress={call}>{words}</Button>
        </StickyActionBar>
      }
    >
      <Card title='现在还不能办'>
        <View className='mt-2'>{closedWords(form.openWindow)}</View>
        <View className='small muted mt-2'>到那天再来填。拿不准的，打 {number} 问。</View>
        {away !== undefined && <View className='small muted mt-1'>{away}。</View>}
      </Card>
    </Page>
  )
}
