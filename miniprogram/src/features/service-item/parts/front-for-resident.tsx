import { Text, View } from '@tarojs/components'
import type { Home } from '#shared/contract/service-item'
import { awaitedOf } from '#shared/domain/account/takeover-words'
import { platform } from '../../../platform'
import { today } from '../../../platform/clock'
import { useElderMode } from '../../../platform/elder-mode'
import { openLink, openPage, openTab } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Chip, ChipRow } from '../../../ui/form/chip'
import { SearchEntry } from '../../../ui/form/search-box'
import { ElderSwitch } from '../../../ui/form/switch'
import { Lead } from '../../../ui/layout/page'
import { Section } from '../../../ui/layout/section'
import { DueLight } from '../../../ui/progress/due-light'
import { Banner } from '../../../ui/surface/banner'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import { FOR_CHILD } from '../../account/parts/guardian-words'
import { bookedWords, isBooking } from '../../time-limit/parts/booking-words'
import { DueWords } from '../../time-limit/parts/due-words'
import { stoppedWords } from '../../time-limit/parts/expected'
import { outcomeLamp } from '../../time-limit/parts/outcome-lamp'
import { HotItems, LifeEvents } from './front-for-visitor'
import { ServicePoint } from './service-point'

type Me = NonNullable<Home['me']>
type Todo = Me['todos'][number]

const SHOWN_TODOS = 3
const SHOWN_RUNNING = 2

/** Breaks between the two, where large letters need a second line. */
function Heading({ greeting, todos }: Me) {
  return (
    <>
      <Text className='nowrap'>{`${greeting}，`}</Text>
      <Text className='nowrap'>{todos.length === 0 ? '想办什么事？' : `有 ${todos.length} 件事等你`}</Text>
    </>
  )
}

/** Only the first thing to do has the filled button. */
function TodoCard({ todo, isFirst }: { todo: Todo; isFirst: boolean }) {
  const open = () => openLink(todo.page)
  return (
    <Card className={isFirst ? '' : 'mt-3'} onPress={open} hasButton>
      <View className='row row--between row--wrap gap-2'>
        <DueLight {...outcomeLamp(todo)} />
        {todo.dueOn !== null && <View className='small muted nowrap'>{`${dayWords(todo.dueOn)}前`}</View>}
      </View>
      <View className='row row--between row--stacked gap-3 mt-3'>
        <View className='grow'>
          <View className='title'>{todo.title}</View>
          {todo.whose !== null && <View className='small muted mt-1'>{todo.whose}</View>}
          <View className='small muted mt-1'>{todo.note}</View>
        </View>
        {!isFirst && (
          <Button kind='quiet' small label={`${todo.actionLabel}，${todo.title}`} onPress={open}>
            {todo.actionLabel}
          </Button>
        )}
      </View>
      {isFirst && (
        <View className='mt-4'>
          <Button block label={`${todo.actionLabel}，${todo.title}`} onPress={open}>
            {todo.actionLabel}
          </Button>
        </View>
      )}
    </Card>
  )
}

/** Where it stands, and until when; of what is decided no day is promised any more. */
function Stands({ of }: { of: Me['running'][number] }) {
  const { dueOn, newDueOn, dueByLaw, dueBecause, apart, outcome, statusText } = of
  if (outcome.key === 'granted') return <View>正在把结果办给你</View>
  return (
    <>
      {(dueBecause?.kind !== 'waits-for' || of.disownedWays !== null) &&
        !(outcome.key === 'late' && of.personAwaited) && <View>{statusText}</View>}
      <View>
        <DueWords
          {...{ dueOn, newDueOn, dueByLaw, dueBecause, apart }}
          isBooking={isBooking(of)}
          isLate={outcome.key === 'late'}
          isDoubted={of.dueDoubted}
          {...awaitedOf(of)}
        />
      </View>
    </>
  )
}

function Running({ running }: { running: Me['running'] }) {
  if (running.length === 0) return null
  return (
    <Section title='正在办' more={{ words: '全部办件', onPress: () => openTab('tabs/case/my-cases') }}>
      <CellGroup>
        {running.slice(0, SHOWN_RUNNING).map((each) => (
          <Cell
            key={each.caseId}
            top
            label={
              <View className='row row--between row--wrap gap-2'>
                <View className='strong'>{each.plainName}</View>
                <DueLight {...outcomeLamp({ ...each, ...awaitedOf(each) })} />
              </View>
            }
            note={
              <>
                {each.whose !== null && <View>{each.whose}</View>}
                <Stands of={each} />
                {each.outcome.key === 'suspended' && <View>{stoppedWords(each, today())}</View>}
                {isBooking(each) && <View>{bookedWords(each)}</View>}
                {(each.disownedWays ?? each.identityAwaited) !== null && (
                  <View>{each.disownedWays ?? each.identityAwaited}</View>
                )}
              </>
            }
            onPress={() => openPage('features/case/timeline', { id: each.caseId })}
          />
        ))}
      </CellGroup>
    </Section>
  )
}

function bannerOf({ realNameLevel, underFourteen }: Me) {
  if (underFourteen) return { title: '登记的是孩子的号码', note: FOR_CHILD }
  const note = '政府有的证件，不用你再拍'
  return { title: realNameLevel < 2 ? '再填姓名和身份证号' : '微信核一下，少交材料', note }
}

function SearchAgain() {
  return (
    <>
      <SearchEntry
        words='用平常的话写'
        onPress={() => openPage('features/service-item/search', { typing: 'yes' })}
      />
      <ChipRow>
        <Chip words='医保参保' onPress={() => openPage('features/service-item/search', { q: '医保参保' })} />
        <Chip words='建房' onPress={() => openPage('features/service-item/search', { q: '建房' })} />
        <Chip words='全部事项' onPress={() => openPage('features/service-item/search')} />
      </ChipRow>
    </>
  )
}

/** In large letters a list of everything is several screens long: whoever helps is asked before it. */
function AskSomebody({ home }: { home: Home }) {
  const { setElder } = useElderMode()
  const point = home.me?.servicePoint
  const phone = point?.callNow ? point.phone : home.hotline
  return (
    <>
      <View className='mt-4'>
        <Button kind='secondary' block icon='phone' onPress={() => platform.makePhoneCall(phone)}>
          {point?.callNow ? '打电话给服务点' : `打 ${phone} 问`}
        </Button>
      </View>
      {point && (
        <View className='small muted mt-2'>
          {point.name}，{point.hoursText}
        </View>
      )}
      <CellGroup className='mt-4'>
        <Cell icon='textsize' label='换回标准版' onPress={() => setElder(false)} />
      </CellGroup>
    </>
  )
}

/** What waits for the reader, then what runs, then what else they may want (rule 2 of the look): while something waits, the search alone leads on. */
export function FrontForResident({ home }: { home: Home }) {
  const { elder } = useElderMode()
  const { me } = home
  if (me === null) return null
  const { todos, running } = me
  const isFree = todos.length + running.length === 0
  return (
    <>
      <Lead title={<Heading {...me} />} side={elder ? undefined : <ElderSwitch />} />
      {todos.length === 0 && <SearchAgain />}
      {todos.slice(0, SHOWN_TODOS).map((todo, at) => (
        <TodoCard key={`${todo.kind} ${todo.caseId}`} todo={todo} isFirst={at === 0} />
      ))}
      {todos.length > SHOWN_TODOS && (
        <View className='mt-2'>
          <Button kind='text' onPress={() => openTab('tabs/case/my-cases')}>
            看全部 {todos.length} 件
          </Button>
        </View>
      )}
      <Running running={me.running} />
      {todos.length > 0 && (
        <Section title='还想办什么事？'>
          <SearchAgain />
        </Section>
      )}
      {elder && <AskSomebody home={home} />}
      {todos.length === 0 && (!elder || isFree) && <HotItems home={home} />}
      {me.realNameLevel < 3 && (
        <View className='section'>
          <Banner icon='idcard' {...bannerOf(me)} onPress={() => openPage('features/account/register')} />
        </View>
      )}
      {!elder && (
        <>
          {todos.length === 0 && <LifeEvents home={home} />}
          <ServicePoint point={me.servicePoint} hotline={home.hotline} />
        </>
      )}
    </>
  )
}
