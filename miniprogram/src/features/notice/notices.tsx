import { View } from '@tarojs/components'
import { useState } from 'react'
import type { PublicNotices } from '#shared/contract/public-notice'
import { askWithout } from '../../platform/api'
import { openPage } from '../../platform/navigation'
import { useLoaded } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { Field } from '../../ui/form/field'
import { SelectRow } from '../../ui/form/picker-row'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { dayWords } from '../../ui/words/dates'

interface Narrowed {
  readonly unit: string
  readonly item: string
}

const EVERYWHERE = ''
const NOT_NARROWED: Narrowed = { unit: EVERYWHERE, item: EVERYWHERE }

/** Whoever reads a wall is nobody to the server: no session goes along. */
const bring = (path: string) => askWithout<PublicNotices>('GET', path)

function pathOf({ unit, item }: Narrowed, cursor: string | undefined) {
  const asked = [
    unit === EVERYWHERE ? '' : `unit=${encodeURIComponent(unit)}`,
    item === EVERYWHERE ? '' : `item=${encodeURIComponent(item)}`,
    cursor === undefined ? '' : `cursor=${encodeURIComponent(cursor)}`,
  ].filter(Boolean)
  return asked.length === 0 ? '/api/notices' : `/api/notices?${asked.join('&')}`
}

const HOW =
  '这里是正在公示的事。公示期一过，这里就撤下来。只写办的是什么事，不写是谁家的。不同意的，点开看怎么提。'

interface FiltersProps {
  narrowed: Narrowed
  from: Pick<PublicNotices, 'towns' | 'serviceItems'>
  onChange: (narrowed: Narrowed) => void
}

function Filters({ narrowed, from: { towns, serviceItems }, onChange }: FiltersProps) {
  return (
    <Card className='mt-3'>
      <Field id='unit' label='哪个乡镇'>
        <SelectRow
          id='unit'
          label='哪个乡镇'
          options={[
            { value: EVERYWHERE, label: '全县' },
            ...towns.map(({ unitId, name }) => ({ value: unitId, label: name })),
          ]}
          value={narrowed.unit}
          onChange={(unit) => onChange({ ...narrowed, unit })}
        />
      </Field>
      <Field id='item' label='办什么事'>
        <SelectRow
          id='item'
          label='办什么事'
          options={[
            { value: EVERYWHERE, label: '都看' },
            ...serviceItems.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={narrowed.item}
          onChange={(item) => onChange({ ...narrowed, item })}
        />
      </Field>
    </Card>
  )
}

interface PartProps {
  narrowed: Narrowed
  cursor: string | undefined
  isLast: boolean
  onMore: (cursor: string) => void
  onChange: (narrowed: Narrowed) => void
}

/** One page of the list; the first says by what it may be narrowed. */
function Part({ narrowed, cursor, isLast, onMore, onChange }: PartProps) {
  const { loaded, reload } = useLoaded<PublicNotices>(pathOf(narrowed, cursor), undefined, bring)
  const isFirst = cursor === undefined
  if (loaded.state === 'loading') return <Skeleton label='正在取公示' cards={2} rows={2} />
  if (loaded.state === 'failed') return <TroubleView trouble={loaded.trouble} onRetry={() => void reload()} />
  const { items, nextCursor } = loaded.value
  return (
    <>
      {isFirst && <Filters narrowed={narrowed} from={loaded.value} onChange={onChange} />}
      {items.length > 0 && (
        <CellGroup className='mt-3'>
          {items.map(({ id, itemName, place, organName, lastOn }) => (
            <Cell
              key={id}
              label={itemName}
              note={
                <>
                  <View>{place ?? organName}</View>
                  <View>公示到 {dayWords(lastOn)}</View>
                </>
              }
              onPress={() => openPage('features/notice/notice', { id })}
            />
          ))}
        </CellGroup>
      )}
      {isFirst && items.length === 0 && nextCursor === null && (
        <View className='mt-3'>
          <EmptyState title='现在没有公示' note='有事要公示的时候，这里看得到，公示期过了就撤下来。' />
        </View>
      )}
      {isLast && nextCursor !== null && (
        <View className='mt-3'>
          <Button kind='quiet' block onPress={() => onMore(nextCursor)}>
            再看一些
          </Button>
        </View>
      )}
    </>
  )
}

function NoticesPage() {
  const [narrowed, setNarrowed] = useState(NOT_NARROWED)
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const change = (next: Narrowed) => {
    setNarrowed(next)
    setCursors([undefined])
  }
  return (
    <Page head={<NavBar title='正在公示的' backTo='tabs/account/me' />}>
      <View className='muted'>{HOW}</View>
      {cursors.map((cursor, at) => (
        <Part
          key={cursor ?? 'first'}
          narrowed={narrowed}
          cursor={cursor}
          isLast={at === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
          onChange={change}
        />
      ))}
    </Page>
  )
}

export default asPage(NoticesPage)
