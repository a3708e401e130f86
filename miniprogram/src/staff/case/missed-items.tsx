import { View } from '@tarojs/components'
import type { MissedItems } from '#shared/contract/missed-items'
import { openPage } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { shortDayWords, sinceWords } from '../../ui/words/dates'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import './parts/case.css'

type Own = MissedItems['own'][number]
type OfUnit = MissedItems['units'][number]

const KINDS = { material: '材料', field: '填写' } as const

/** What one has left out, with the cases in which it was asked for later. */
const OwnItem = ({ item }: { item: Own }) => (
  <View className='mt-3'>
    {item.asked.map(({ kind, label, count, cases }) => (
      <CellGroup key={`${kind} ${label}`} title={`${item.plainName} · ${label}`} className='mt-3'>
        <Cell label={`${KINDS[kind]}，${count} 次`} />
        {cases.map(({ id, caseNumber, on }) => (
          <Cell
            key={`${id} ${on}`}
            label={caseNumber}
            note={`${shortDayWords(on)}再次补正`}
            onPress={() => openPage('staff/case/case', { id })}
          />
        ))}
      </CellGroup>
    ))}
  </View>
)

const UnitItem = ({ item }: { item: OfUnit['items'][number] }) => (
  <CellGroup title={item.plainName} className='mt-3'>
    {item.asked.map(({ kind, label, count }) => (
      <Cell key={`${kind} ${label}`} label={label} note={KINDS[kind]} value={`${count} 次`} />
    ))}
  </CellGroup>
)

function Missed({ missed: { since, own, units } }: { missed: MissedItems }) {
  return (
    <>
      <Lead
        title='下次一次要齐'
        note={`${sinceWords(since)}，头一次补正没要、再次补正才要的。你自己的只有你看得到，不计分，不排名。`}
      />
      <Section title='你写的'>
        {own.length === 0 ? (
          <EmptyState title='没有没要齐的' note='头一次漏要、后来再次补正才要的，会列在这里。' />
        ) : (
          own.map((item) => <OwnItem key={item.itemId} item={item} />)
        )}
      </Section>
      {units.map(({ unitName, items }) => (
        <Section key={unitName} title={unitName} side='不写是谁、哪一件'>
          {items.length === 0 ? (
            <EmptyState title='没有没要齐的' note='一年里头一次补正都要齐了。' />
          ) : (
            items.map((item) => <UnitItem key={item.itemId} item={item} />)
          )}
        </Section>
      ))}
    </>
  )
}

function StaffMissedItems() {
  const { loaded, reload } = useRequest<MissedItems>('/api/work/missed-items')
  return (
    <Page className='staff-page' head={<NavBar title='头一次没要齐的' backTo='tabs/account/me' />}>
      <LoadedView loaded={loaded} label='正在取没要齐的' onRetry={() => void reload()} cards={1} rows={3}>
        {(missed) => <Missed missed={missed} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(StaffMissedItems)
