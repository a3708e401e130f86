import { View } from '@tarojs/components'
import { useState } from 'react'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ENTERING } from '#shared/domain/organization/entering'
import { itemOfDraft, listDrafts } from '../../features/application/parts/drafts'
import { aria } from '../../platform/aria'
import { openPage } from '../../platform/navigation'
import { useShownAgain } from '../../platform/use-shown-again'
import { EmptyState } from '../../ui/feedback/empty-state'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { SearchBox } from '../../ui/form/search-box'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { WithDays } from '../../ui/surface/day'
import { shortDayWords } from '../../ui/words/dates'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import './parts/case.css'
import { BACK, useKeyBar } from './parts/desk-shell'
import { toQueue } from './parts/to-queue'
import { useKeyboardThere } from './parts/use-desk'
import { useFoundItems } from './parts/use-found-items'
import { useKeys } from './parts/use-keys'
import { useRole } from './parts/use-roles'

const openForm = (id: string) => openPage('features/case/application/form', { id, who: 'entry' })

/** What was begun for somebody, and is not handed in. */
function Begun() {
  const [drafts, setDrafts] = useState(listDrafts)
  useShownAgain(() => setDrafts(listDrafts()))
  const begun = drafts.flatMap((draft) => {
    const of = itemOfDraft(draft.key)
    return of?.who === 'entry' ? [{ ...draft, itemId: of.id }] : []
  })
  if (begun.length === 0) return null
  return (
    <Section title='没填完的'>
      <CellGroup>
        {begun.map(({ key, plainName, savedAt, itemId }) => (
          <Cell
            key={key}
            icon='pen'
            label={plainName}
            note={<WithDays words={`${shortDayWords(dayIn(savedAt))}填到一半，只存到明天`} />}
            onPress={() => openForm(itemId)}
          />
        ))}
      </CellGroup>
    </Section>
  )
}

/** Every item, or those that the words mean. */
function Items({ found, retry }: ReturnType<typeof useFoundItems>) {
  const { items, trouble, words } = found
  return (
    <>
      <View className='mt-3' {...aria({ live: 'polite', role: 'status' })}>
        {items?.length === 0 && (
          <EmptyState title='没找到这件事' note='换个说法试试：他怎么说，就怎么写，比如“老年钱”。' />
        )}
      </View>
      {!items && !trouble && <Skeleton label='正在找' cards={0} rows={5} />}
      {trouble && <TroubleView trouble={trouble} onRetry={retry} />}
      {items && items.length > 0 && (
        <CellGroup>
          {items.map(({ id, plainName, oneLine }) => (
            <Cell key={id} label={plainName} note={oneLine} onPress={() => openForm(id)} />
          ))}
        </CellGroup>
      )}
      {items && words === '' && <View className='foot-note'>没列出来的，写几个字就找得到。</View>}
    </>
  )
}

const FIND = { letters: ['/'], does: '找要办的事' }

/** 代录, its first question: what whoever came wants done. */
function Finder({ asked }: { asked: number }) {
  const [typed, setTyped] = useState('')
  const words = typed.trim()
  const items = useFoundItems(words)
  const openFirst = () => {
    const [first] = items.found.items ?? []
    if (first && items.found.words === words) openForm(first.id)
  }
  return (
    <>
      <Lead title='他来办什么？' note='点一项，当着他的面填。' />
      <SearchBox
        value={typed}
        onChange={setTyped}
        placeholder='写要办的事'
        asked={asked}
        onEnter={openFirst}
      />
      {words === '' && <Begun />}
      <Items {...items} />
    </>
  )
}

function StaffEntry() {
  const [asked, setAsked] = useState(0)
  const { holds, isAsking, trouble, ask } = useRole(ENTERING)
  const hasKeys = useKeyboardThere()
  const keyBar = useKeyBar([FIND, BACK])
  useKeys({ '/': () => setAsked((times) => times + 1), Escape: toQueue })
  return (
    <Page
      className='staff-page'
      head={<NavBar title='代录' backTo='staff/case/queue' />}
      foot={hasKeys && keyBar.bar}
      over={hasKeys && keyBar.over}
    >
      {holds ? (
        <Finder asked={asked} />
      ) : isAsking ? (
        <Skeleton label='正在打开' cards={0} rows={5} />
      ) : trouble ? (
        <TroubleView trouble={trouble} onRetry={() => void ask()} />
      ) : (
        <EmptyState title='你的岗位不代录' note='替来的人填，由村里的代办员和窗口做。' />
      )}
    </Page>
  )
}

export default asPage(StaffEntry)
