import { View } from '@tarojs/components'
import type { Home } from '#shared/contract/service-item'
import { openPage } from '../../../platform/navigation'
import { Chip, ChipRow } from '../../../ui/form/chip'
import { SearchEntry } from '../../../ui/form/search-box'
import { ElderSwitch } from '../../../ui/form/switch'
import { Lead } from '../../../ui/layout/page'
import { Section } from '../../../ui/layout/section'
import { Banner } from '../../../ui/surface/banner'
import { IconTile, Tile, TileGrid } from '../../../ui/surface/tile'
import { iconOfLifeEvent, rememberLifeEvents } from './life-events'
import { ServicePoint } from './service-point'

/** How people say it; each finds what they mean. */
const SAYINGS = ['老年钱', '孩子上户口', '开饭店']

const search = (parameters: Readonly<Record<string, string>> = {}) =>
  openPage('features/service-item/search', parameters)

export function HotItems({ home }: { home: Home }) {
  return (
    <Section title='大家常办' more={{ words: `全部 ${home.itemCount} 项`, onPress: () => search() }}>
      <TileGrid>
        {home.hot.map((item) => (
          <Tile
            key={item.id}
            name={item.plainName}
            note={item.oneLine}
            onPress={() => openPage('features/service-item/guide', { id: item.id })}
          />
        ))}
      </TileGrid>
    </Section>
  )
}

export function FrontForVisitor({ home }: { home: Home }) {
  return (
    <>
      <Lead title='想办什么事？' note='用平常的话写就行。' side={<ElderSwitch />} />
      <SearchEntry words='写要办的事' onPress={() => search({ typing: 'yes' })} />
      <ChipRow>
        {SAYINGS.map((words) => (
          <Chip key={words} words={words} onPress={() => search({ q: words })} />
        ))}
      </ChipRow>
      <HotItems home={home} />
      <View className='section'>
        <Banner
          icon='idcard'
          title='登记一次，少填少交'
          note='用微信手机号，1 分钟'
          onPress={() => openPage('features/account/register')}
        />
      </View>
      <LifeEvents home={home} />
      <ServicePoint point={home.me?.servicePoint ?? null} hotline={home.hotline} />
    </>
  )
}

export function LifeEvents({ home }: { home: Home }) {
  return (
    <Section title='人生大事'>
      <View className='card card--tight'>
        <View className='icon-tiles'>
          {home.lifeEvents.map(({ key, name }) => (
            <IconTile
              key={key}
              icon={iconOfLifeEvent(key)}
              name={name}
              onPress={() => {
                rememberLifeEvents(home.lifeEvents)
                search({ lifeEvent: key })
              }}
            />
          ))}
        </View>
      </View>
    </Section>
  )
}
