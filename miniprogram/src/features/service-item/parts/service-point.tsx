import { View } from '@tarojs/components'
import type { Home } from '#shared/contract/service-item'
import { platform } from '../../../platform'
import { openTab } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Section } from '../../../ui/layout/section'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'

type Point = NonNullable<NonNullable<Home['me']>['servicePoint']>

/** People one can go to or call. */
export function ServicePoint({ point, hotline }: { point: Point | null; hotline: string }) {
  return (
    <Section title='离你近的服务点'>
      {point && <PointCard point={point} />}
      <CellGroup className={point ? 'mt-3' : ''}>
        {!point && (
          <Cell
            icon='pin'
            label='选你的村或社区'
            note='看最近的服务点、时间和电话'
            onPress={() => openTab('tabs/account/me')}
          />
        )}
        <Cell
          icon='phone'
          label={`打 ${hotline} 问一问`}
          note='不会用手机，也有人帮你办'
          onPress={() => platform.makePhoneCall(hotline)}
        />
      </CellGroup>
    </Section>
  )
}

function PointCard({ point }: { point: Point }) {
  return (
    <Card>
      <View className='strong'>{point.name}</View>
      <View className='small muted mt-1'>{point.hoursText}</View>
      <View className='small muted mt-1'>{point.address}</View>
      {(point.callNow ?? point.phone !== '') && (
        <View className='card__actions'>
          <Button
            kind='quiet'
            small
            className='grow'
            icon='phone'
            label={`打电话给${point.name}`}
            onPress={() => platform.makePhoneCall(point.phone)}
          >
            打电话
          </Button>
        </View>
      )}
    </Card>
  )
}
