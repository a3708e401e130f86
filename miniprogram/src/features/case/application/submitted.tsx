import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { Consents } from '#shared/contract/reminder'
import { platform } from '../../../platform'
import { openPage, openTab, replacePage, usePageParameter } from '../../../platform/navigation'
import { useReminderConsent } from '../../../platform/use-reminder-consent'
import { useRequest } from '../../../platform/use-request'
import { copy } from '../../../ui/feedback/copy'
import { LoadedView } from '../../../ui/feedback/loaded-view'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { CheckList } from '../../../ui/form/choice-list'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { asPage } from '../../../ui/layout/as-page'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { Icon } from '../../../ui/surface/icon'
import { caseNumberWords } from '../../../ui/words/case-number'
import { IdentityAwaited } from '../../application/parts/identity-awaited'
import { BookedLine } from '../../time-limit/parts/booked'
import { isBooking } from '../../time-limit/parts/booking-words'
import { DueExplanationView, isExplained } from '../../time-limit/parts/due-explanation'
import { DueWords } from '../../time-limit/parts/due-words'
import { isPersonAwaited } from '../parts/person-awaited'

/** What it says of a day is true while nothing has come in between: a notice, a stop, a day that is over. */
const isReceipt = ({ outcome }: CaseView) => outcome.key === 'open'

function Head({ filed }: { filed: CaseView }) {
  if (filed.disownedWays) {
    return (
      <View className='page__lead center'>
        <View className='heading'>{filed.nowText}</View>
        {!filed.identityAwaited && <View className='page__lead-note'>{filed.disownedWays}</View>}
      </View>
    )
  }
  if (!isReceipt(filed)) {
    return (
      <View className='page__lead center'>
        <View className='heading'>这件{filed.outcome.word}</View>
      </View>
    )
  }
  // Of a firm it is a power or a name: the card below says which.
  const awaited = filed.applicantKind === 'firm' ? '批以前还差一样' : '还差核身份'
  return (
    <View className='page__lead center'>
      <Icon name='done' size='huge' className='accent' />
      <View className='heading mt-2'>收到了，{filed.identityAwaited ? awaited : '接下来交给我们'}</View>
      <View className='page__lead-note'>
        <DueWords
          dueOn={filed.dueOn}
          dueBecause={filed.dueBecause}
          apart={filed.apart}
          isBooking={isBooking(filed)}
          isIdentityAwaited={isPersonAwaited(filed)}
          strong
        />
      </View>
    </View>
  )
}

function NumberCard({ filed }: { filed: CaseView }) {
  return (
    <Card className='mt-3'>
      <View className='row row--between gap-3'>
        <View className='grow'>
          <View className='small muted'>办件编号</View>
          <View className='strong figure'>{caseNumberWords(filed.caseNumber)}</View>
        </View>
        <Button kind='quiet' small onPress={() => void copy('办件编号', filed.caseNumber)}>
          复制
        </Button>
      </View>
      <BookedLine of={filed} />
      <View className='card__line' />
      <View className='small muted'>现在</View>
      <View className='mt-1'>{filed.nowText}</View>
    </Card>
  )
}

function WhyCard({ filed }: { filed: CaseView }) {
  const { explanation, dueOn, light } = filed
  if (dueOn === null || !isExplained(explanation)) return null
  const daysLeft = light.kind === 'calm' || light.kind === 'soon' ? light.daysLeft : 0
  return (
    <Card
      className='mt-3'
      title={
        <Text>
          为什么是 <Day on={dueOn} short />
        </Text>
      }
    >
      <DueExplanationView explanation={explanation} daysLeft={daysLeft} />
    </Card>
  )
}

const OUTCOMES = {
  accepted: '好，到时微信提醒你。',
  refused: '没同意也行，办到哪了，在“办件”里随时看。',
  'switched-off': '微信里把这个小程序的消息关了。打开，才能提醒你。',
  unavailable: '在微信里打开才能开提醒。办到哪了，在“办件”里随时看。',
  lost: '没有连上网，不知道记上没有。到“消息”里看还能提醒几次。',
} as const

interface RemindCardProps {
  templates: Consents['items']
  chosen: readonly string[]
  onChoose: (ids: readonly string[]) => void
}

function RemindCard({ templates, chosen, onChoose }: RemindCardProps) {
  return (
    <Card>
      <View className='row row--top gap-3'>
        <Icon name='bell' className='accent' />
        <View className='grow'>
          <View className='title'>到时候，微信提醒我</View>
          <View className='small muted mt-1'>微信规定：同意一次，只能提醒一次。不想要的，可以去掉。</View>
        </View>
      </View>
      <View className='mt-3'>
        <CheckList
          label='什么时候提醒'
          values={chosen}
          onChange={onChoose}
          options={templates.map(({ templateId, purpose }) => ({ value: templateId, label: purpose }))}
        />
      </View>
    </Card>
  )
}

/** What may be asked for; all of it is ticked until the person takes something away. */
function useReminders(isReady: boolean) {
  const { loaded } = useRequest<Consents>(isReady ? '/api/consents' : undefined)
  const [left, setLeft] = useState<readonly string[]>()
  const { outcome, ask } = useReminderConsent()
  const templates = loaded.state === 'ready' ? loaded.value.items : []
  const chosen = left ?? templates.map(({ templateId }) => templateId)
  const wanted = templates.filter(({ templateId }) => chosen.includes(templateId))
  return { templates, chosen, setLeft, outcome, wanted, ask: () => ask(wanted) }
}

type Outcome = NonNullable<ReturnType<typeof useReminders>['outcome']>

function Answered({ outcome }: { outcome: Outcome }) {
  const action =
    outcome === 'switched-off' ? { words: '去打开', onPress: () => platform.openSettings() } : undefined
  return (
    <Notice icon='bell' {...(action ? { action } : {})}>
      {OUTCOMES[outcome]}
    </Notice>
  )
}

function SubmittedPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`, 'submitted')
  // Whoever opens it by a link is not told that anything was received.
  const isUnknown = loaded.state === 'failed'
  // Nobody is told anything more of what names nobody.
  const isEnded = loaded.state === 'ready' && (!isReceipt(loaded.value) || Boolean(loaded.value.disownedWays))
  const { templates, chosen, setLeft, outcome, wanted, ask } = useReminders(
    loaded.state === 'ready' && !isEnded,
  )
  const isAsking = outcome === undefined && wanted.length > 0
  const see = () => replacePage('features/case/timeline', { id })
  return (
    <Page
      head={<NavBar title={isEnded || isUnknown ? '办件' : '收到了'} backTo='features/service-item/home' />}
      foot={
        !isUnknown && (
          <StickyActionBar>
            {isAsking ? (
              <Button onPress={ask}>好，到时提醒我</Button>
            ) : loaded.state === 'ready' && loaded.value.correction ? (
              <Button onPress={() => replacePage('features/case/correction', { id })}>现在补</Button>
            ) : (
              <Button onPress={see}>看办到哪一步</Button>
            )}
          </StickyActionBar>
        )
      }
    >
      <LoadedView loaded={loaded} label='正在取回执' onRetry={reload} cards={2} rows={0}>
        {(filed) => (
          <>
            <Head filed={filed} />
            <IdentityAwaited view={filed} className='mt-3' />
            {outcome !== undefined && <Answered outcome={outcome} />}
            {outcome === undefined && templates.length > 0 && (
              <View className='mt-3'>
                <RemindCard templates={templates} chosen={chosen} onChoose={setLeft} />
              </View>
            )}
            <NumberCard filed={filed} />
            {isReceipt(filed) && <WhyCard filed={filed} />}
            <CellGroup className='mt-3'>
              {isAsking && <Cell label='看办到哪一步' onPress={see} />}
              <Cell
                label='材料和文书'
                note='交了什么、填了什么，点开就看'
                onPress={() => openPage('features/case/documents', { id })}
              />
              <Cell label='回首页' onPress={() => openTab('features/service-item/home')} />
            </CellGroup>
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(SubmittedPage)
