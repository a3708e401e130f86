import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { ENTERING } from '#shared/domain/organization/entering'
import { begunFor } from '../../features/application/parts/begun-for'
import { itemOfDraft, listDrafts, removeDraft } from '../../features/application/parts/drafts'
import { wasSent } from '../../features/application/parts/sent-of'
import { aria } from '../../platform/aria'
import { openPage } from '../../platform/navigation'
import { EmptyState } from '../../ui/feedback/empty-state'
import { ask } from '../../ui/feedback/question'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { SearchBox } from '../../ui/form/search-box'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { WithDays } from '../../ui/surface/day'
import { momentWords } from '../../ui/words/dates'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import './parts/case.css'
import { BACK, useKeyBar } from './parts/desk-shell'
import { toQueue } from './parts/to-queue'
import { useKeyboardThere } from './parts/use-desk'
import { useFoundItems } from './parts/use-found-items'
import { useKeys } from './parts/use-keys'
import { useRole } from './parts/use-roles'

const openForm = (id: string, draft?: string) =>
  openPage('features/case/application/form', { id, who: 'entry', ...(draft === undefined ? {} : { draft }) })

/** What was begun for whoever came, each by whom it is for: gone on with, or thrown away. */
function Begun() {
  const [drafts, setDrafts] = useState(listDrafts)
  const read = () => setDrafts(listDrafts())
  // It stands after the page has come to the front for the first time.
  useDidShow(read)
  const begun = drafts.flatMap((draft) => {
    const of = itemOfDraft(draft.key)
    return of?.who === 'entry' ? [{ ...draft, itemId: of.id, name: begunFor(draft) }] : []
  })
  if (begun.length === 0) return null
  const throwAway = async (key: string, name: string, plainName: string) => {
    const agreed = await ask({
      title: `不要${name}${plainName}？`,
      words: '填的和拍的都删掉，找不回来。',
      confirm: '不要了',
      cancel: '留着',
      ends: true,
    })
    if (agreed) removeDraft(key)
    read()
  }
  return (
    <Section title='没填完的'>
      {begun.map(({ key, plainName, savedAt, itemId, name }) => (
        <Card key={key} className='mt-2'>
          <View className='strong'>{`${name}${plainName}`}</View>
          <View className='small muted'>
            <WithDays
              words={
                wasSent(key)
                  ? '点过提交，不知道交上没有，接着填再交一次就知道'
                  : `${momentWords(savedAt)}填到一半，只存到明天`
              }
            />
          </View>
          <View className='row gap-2 mt-3'>
            <Button small label={`接着填，${name}${plainName}`} onPress={() => openForm(itemId, key)}>
              接着填
            </Button>
            <Button
              small
              kind='quiet'
              label={`不要了，${name}${plainName}`}
              onPress={() => void throwAway(key, name, plainName)}
            >
              不要了
            </Button>
          </View>
        </Card>
      ))}
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
          <EmptyState title='没找到这件事' note='换个说法试试：来的人怎么说，就怎么写，比如“老年钱”。' />
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
      <Lead title='来办什么？' note='点一项，当面填。' />
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
  const { holds, isAsking, trouble, ask: askRoles } = useRole(ENTERING)
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
        <TroubleView trouble={trouble} onRetry={() => void askRoles()} />
      ) : (
        <EmptyState title='你的岗位不代录' note='替来的人填，由村里的代办员和窗口做。' />
      )}
    </Page>
  )
}

export default asPage(StaffEntry)
