import { View } from '@tarojs/components'
import { useState } from 'react'
import { platform } from '../../platform'
import { aria } from '../../platform/aria'
import { openPage, usePageParameter } from '../../platform/navigation'
import { EmptyState } from '../../ui/feedback/empty-state'
import { MorePages } from '../../ui/feedback/more-pages'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { Chip } from '../../ui/form/chip'
import { ChipTabs } from '../../ui/form/chip-tabs'
import { SearchBox } from '../../ui/form/search-box'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { HOTLINE } from '../../ui/words/hotline'
import { ItemCell } from './parts/item-cell'
import { type LifeEvents, lifeEventsIn } from './parts/life-events'
import { forgetSearches, rememberSearch, useRecentSearches } from './parts/recent-searches'
import { useItems } from './parts/use-items'
import './search.css'

const ALL = ''
const LONGEST_SHOWN = 12

const askHotline = () => platform.makePhoneCall(HOTLINE)

function RecentSearches({ onChoose }: { onChoose: (words: string) => void }) {
  const words = useRecentSearches((recent) => recent.words)
  if (words.length === 0) return null
  return (
    <Section title='最近找过' more={{ words: '清除', onPress: forgetSearches }}>
      <View className='chip-row'>
        {words.map((each) => (
          <Chip key={each} words={each} onPress={() => onChoose(each)} />
        ))}
      </View>
    </Section>
  )
}

interface LifeEventTabsProps {
  events: LifeEvents
  value: string
  onChange: (key: string) => void
}

function LifeEventTabs({ events, value, onChange }: LifeEventTabsProps) {
  return (
    <View className='mt-3'>
      <ChipTabs
        label='看哪一类'
        value={value}
        onChange={onChange}
        options={[
          { value: ALL, label: '全部' },
          ...events.map(({ key, name }) => ({ value: key, label: name })),
        ]}
      />
    </View>
  )
}

const countWords = ({ items, nextCursor }: { items: readonly unknown[]; nextCursor: string | null }) =>
  nextCursor === null ? `找到 ${items.length} 项` : `最像的 ${items.length} 项，后面还有`

function NoHit({ words, onShowAll }: { words: string; onShowAll: () => void }) {
  return (
    <EmptyState
      title={`没找到“${words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words}”`}
      note='换个说法试试，比如“老年钱”“盖房子”。也可以从全部事项里挑，或者打电话问。'
      action={
        <View className='stack-buttons'>
          <Button kind='quiet' block onPress={onShowAll}>
            看全部事项
          </Button>
          <Button kind='text' icon='phone' block onPress={askHotline}>
            打 {HOTLINE} 问一问
          </Button>
        </View>
      }
    />
  )
}

function SearchPage() {
  const isTyping = usePageParameter('typing') === 'yes'
  const [typed, setTyped] = useState(usePageParameter('q') ?? '')
  const [lifeEvent, setLifeEvent] = useState(usePageParameter('lifeEvent') ?? ALL)
  const words = typed.trim()
  const { found, retry, pages } = useItems(words, words === '' ? lifeEvent : ALL)
  const open = (id: string) => {
    rememberSearch(words)
    openPage('features/service-item/guide', { id })
  }
  const showAll = () => {
    setTyped('')
    setLifeEvent(ALL)
  }
  const events = lifeEventsIn(found)
  const isNothing = found.state === 'ready' && found.items.length === 0
  return (
    <Page head={<NavBar title='找要办的事' backTo='features/service-item/home' />}>
      <SearchBox value={typed} onChange={setTyped} placeholder='写要办的事' focus={isTyping} />
      {words === '' && events.length > 0 && (
        <LifeEventTabs events={events} value={lifeEvent} onChange={setLifeEvent} />
      )}
      <View className='small muted mt-4' {...aria({ live: 'polite', role: 'status' })}>
        {found.state === 'ready' && found.words !== '' && !isNothing
          ? `“${found.words}”，${countWords(found)}`
          : ''}
      </View>
      <View className='mt-2'>
        {found.state === 'loading' && <Skeleton label='正在找' cards={0} rows={5} />}
        {found.trouble && <TroubleView trouble={found.trouble} onRetry={retry} />}
        {isNothing && <NoHit words={found.words} onShowAll={showAll} />}
        {found.items.length > 0 && (
          <CellGroup className='found'>
            {found.items.map((item) => (
              <ItemCell key={item.id} item={item} words={found.words} onPress={() => open(item.id)} />
            ))}
          </CellGroup>
        )}
      </View>
      <MorePages words='再看几项' count={found.items.length} {...pages} />
      {words === '' && <RecentSearches onChoose={setTyped} />}
      {words !== '' && !isNothing && (
        <CellGroup className='mt-3'>
          <Cell
            icon='phone'
            label='不是这些？问一问'
            note={`打 ${HOTLINE}，说说你要办什么`}
            onPress={askHotline}
          />
        </CellGroup>
      )}
    </Page>
  )
}

export default asPage(SearchPage)
