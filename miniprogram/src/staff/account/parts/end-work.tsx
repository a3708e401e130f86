import { View } from '@tarojs/components'
import { useState } from 'react'
import type { MemberList, WorkEnded } from '#shared/contract/account'
import { call } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import type { useRequest } from '../../../platform/use-request'
import { LoadedView } from '../../../ui/feedback/loaded-view'
import { Notice } from '../../../ui/feedback/notice'
import { ask } from '../../../ui/feedback/question'
import { UNKNOWN, unansweredWords } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { SearchBox } from '../../../ui/form/search-box'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { FactorSheet } from './factor-code'
import { membersNamed, SHOWN } from './members-named'

type Ended = MemberList['ended'][number]

const REASONS = ['调走了', '不做这份工作了', '本人请停的', '手机丢了']

function doneWords({ name }: Ended, { released, unstaffed }: WorkEnded) {
  const back = released > 0 ? `指定给这个人的 ${released} 件退回岗位。` : ''
  const open = unstaffed > 0 ? `${unstaffed} 件现在没人接，在工作台的“无人办”里。` : ''
  return `${name}马上不能再办岗位上的件，也收到了消息。${back}${open}停错了，在下面让这个人回来。`
}

interface EndSheetProps {
  member: Ended
  onClose: () => void
  onEnded: (words: string) => void
}

/** Why, and what is in hand, before it is ended. */
function EndSheet({ member, onClose, onEnded }: EndSheetProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const { isBusy, trouble, run, forget } = useAction()
  const isInHand = trouble?.code === 'account.member-work-in-hand'
  const change = (words: string) => {
    setReason(words)
    setProblem(undefined)
  }
  const end = (handOver: boolean) => {
    if (reason.trim().length < 2) return setProblem('写两个字以上，本人会看到')
    return run(
      () =>
        call<WorkEnded>('POST', `/api/members/${member.staffId}/end-of-work`, {
          reason: reason.trim(),
          ...(handOver ? { handOver } : {}),
        }),
      (ended) => onEnded(doneWords(member, ended)),
    )
  }
  if (trouble?.code === 'account.second-factor-needed')
    return <FactorSheet onShown={() => void end(false)} onClose={forget} />
  return (
    <Sheet title={`停用${member.name}的工作身份？`} onClose={onClose}>
      <View className='muted'>
        {member.posts.join('、')}
        。停用了，马上不能再办岗位上的件；自己的事照样看得到。没办完的件归岗上的同事；没有同事的，先告诉你有几件。
      </View>
      <ReasonBox
        id='end-reason'
        label='为什么停'
        phrases={REASONS}
        value={reason}
        onChange={change}
        error={problem}
      />
      {trouble && (
        <Notice tone='late' title={trouble.code === 'network.unreachable' ? UNKNOWN : trouble.title}>
          {trouble.code === 'network.unreachable'
            ? `${unansweredWords(trouble.code)}。再点一次就知道。`
            : isInHand
              ? `${trouble.detail ?? ''}。交出去：退回岗位，岗上没有别人的归替班的人，再没有就在“无人办”里。`
              : (trouble.detail ?? '')}
        </Notice>
      )}
      <SheetActions>
        <Button block onPress={onClose}>
          不停用
        </Button>
        <Button
          block
          kind='danger'
          loading={isBusy ? '正在停用' : undefined}
          onPress={() => void end(isInHand)}
        >
          {isInHand ? '停用，件交出去' : '停用'}
        </Button>
      </SheetActions>
    </Sheet>
  )
}

/** Who is to work here again. */
function useComingBack(onBack: (words: string, member: Ended) => void) {
  const { isBusy, trouble, run, forget } = useAction()
  const [chosen, setChosen] = useState<Ended>()
  const send = (member: Ended) =>
    run(
      () => call<null>('POST', `/api/members/${member.staffId}/return`),
      () => onBack(`${member.name}可以回来了，再邀请一次，本人点了才在岗。`, member),
    )
  const comeBack = async (member: Ended) => {
    const sure = await ask({
      title: `让${member.name}回来？`,
      words: `回到${member.posts.join('、')}。要重新邀请，本人点了才能办。`,
      confirm: '让回来',
      cancel: '不用',
    })
    if (!sure) return
    setChosen(member)
    await send(member)
  }
  return { isBusy, trouble, comeBack, forget, again: () => chosen && void send(chosen) }
}

interface ListsProps extends Pick<MemberList, 'members' | 'ended'> {
  isBusy: boolean
  onChoose: (member: Ended) => void
  onBack: (member: Ended) => void
}

function Lists({ members, ended, isBusy, onChoose, onBack }: ListsProps) {
  const [typed, setTyped] = useState('')
  const [found, over] = [membersNamed(members, typed), membersNamed(ended, typed)]
  const cells = (of: readonly Ended[], value: string, onPress: (member: Ended) => void) =>
    of
      .slice(0, SHOWN)
      .map((member) => (
        <Cell
          key={member.staffId}
          label={member.name}
          note={member.posts.join('、')}
          value={value}
          onPress={isBusy ? undefined : () => onPress(member)}
        />
      ))
  return (
    <>
      <SearchBox value={typed} onChange={setTyped} placeholder='名字或单位' />
      {found.length + over.length === 0 && (
        <View className='muted mt-3'>没有叫这个名字的，也没有这个单位。</View>
      )}
      {found.length > 0 && <CellGroup className='mt-3'>{cells(found, '停用', onChoose)}</CellGroup>}
      {found.length > SHOWN && (
        <View className='small muted mt-3'>还有 {found.length - SHOWN} 个人，写名字找。</View>
      )}
      {over.length > 0 && (
        <>
          <View className='muted mt-4'>停用了的，点一下让人回来</View>
          <CellGroup className='mt-2'>{cells(over, '停用了', onBack)}</CellGroup>
        </>
      )}
    </>
  )
}

interface EndWorkProps {
  loaded: ReturnType<typeof useRequest<MemberList>>['loaded']
  reload: () => void
  onBack: () => void
  onInvite: (member: Ended) => void
}

/** The administrator ends the work of who has left, for a reason that they read, and mends a slip. */
export function EndWork({ loaded, reload, onBack, onInvite }: EndWorkProps) {
  const [chosen, setChosen] = useState<Ended>()
  const [done, setDone] = useState<{ readonly words: string; readonly returned?: Ended | undefined }>()
  const finished = (words: string, returned?: Ended) => {
    setChosen(undefined)
    setDone({ words, returned })
    reload()
  }
  const { isBusy, trouble, comeBack, forget, again } = useComingBack(finished)
  const isFactorAsked = trouble?.code === 'account.second-factor-needed'
  const returned = done?.returned
  return (
    <Page
      head={<NavBar title='停用工作身份' backTo='tabs/account/me' />}
      foot={
        <StickyActionBar>
          <Button kind='secondary' onPress={onBack}>
            回到邀请
          </Button>
        </StickyActionBar>
      }
      over={
        chosen ? (
          <EndSheet
            member={chosen}
            onClose={() => setChosen(undefined)}
            onEnded={(words) => finished(words)}
          />
        ) : (
          isFactorAsked && <FactorSheet onShown={again} onClose={forget} />
        )
      }
    >
      <View className='narrow'>
        <Lead title='停用谁？' note='停用了，岗位和办过的件都留着，人不能再办岗位上的件。' />
        {done !== undefined && (
          <Notice tone='info' title='好了' className='mb-3'>
            {done.words}
          </Notice>
        )}
        {returned && (
          <View className='mb-3'>
            <Button block kind='secondary' onPress={() => onInvite(returned)}>
              {`再邀请${returned.name}`}
            </Button>
          </View>
        )}
        {trouble && !isFactorAsked && (
          <Notice tone='late' title={trouble.title} className='mb-3'>
            {trouble.detail ?? ''}
          </Notice>
        )}
        <LoadedView loaded={loaded} label='正在取名单' onRetry={reload} rows={4}>
          {({ members, ended }) => (
            <Lists
              members={members}
              ended={ended}
              isBusy={isBusy}
              onChoose={setChosen}
              onBack={(member) => void comeBack(member)}
            />
          )}
        </LoadedView>
      </View>
    </Page>
  )
}
