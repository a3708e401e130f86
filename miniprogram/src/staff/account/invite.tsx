import { View } from '@tarojs/components'
import { useState } from 'react'
import type { InvitationCreated, MemberList } from '#shared/contract/account'
import { useAbout } from '../../features/account/parts/about'
import { call } from '../../platform/api'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { copy } from '../../ui/feedback/copy'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { ask } from '../../ui/feedback/question'
import { UNKNOWN, unansweredWords } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { SearchBox } from '../../ui/form/search-box'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { momentWords } from '../../ui/words/dates'
import { EndWork } from './parts/end-work'
import { FactorSheet } from './parts/factor-code'
import { membersNamed, SHOWN } from './parts/members-named'
import '../../ui/styles/staff.css'
import './parts/second-factor.css'

type Member = MemberList['members'][number]

interface Invited {
  readonly member: Member
  readonly invitation: InvitationCreated
}

function stateWords({ bound, invitedUntil }: Member) {
  if (bound) return '绑好了'
  return invitedUntil === null ? '没邀过' : '邀了，没点'
}

function askWords({ name, posts, bound, invitedUntil }: Member) {
  const former = bound ? '工作身份已经绑在一个微信上，新的绑上，旧的就解开。' : ''
  const last = invitedUntil === null ? '' : '上次发的那个邀请马上作废，发错了人也不要紧。'
  return `${name}，${posts.join('、')}。${former}${last}邀请只能用一次，别发给别人。`
}

function useInviting(onInvited: () => unknown) {
  const [chosen, setChosen] = useState<Member>()
  const [invited, setInvited] = useState<Invited>()
  const { isBusy, trouble, run, forget } = useAction()
  const send = (member: Member) =>
    run(
      () => call<InvitationCreated>('POST', '/api/invitations', { staffId: member.staffId }),
      (invitation) => {
        setInvited({ member, invitation })
        return onInvited()
      },
    )
  const invite = async (member: Member) => {
    const sure = await ask({
      title: `${member.invitedUntil === null ? '' : '再'}邀请${member.name}？`,
      words: askWords(member),
      confirm: '邀请',
      cancel: '不邀',
    })
    if (!sure) return
    setChosen(member)
    await send(member)
  }
  return {
    isBusy,
    trouble,
    invited,
    invite,
    isFactorAsked: trouble?.code === 'account.second-factor-needed',
    forget,
    again: () => chosen && void send(chosen),
    onNext: () => setInvited(undefined),
  }
}

type Inviting = ReturnType<typeof useInviting>

function Done({ invited: { member, invitation } }: { invited: Invited }) {
  const until = `${momentWords(invitation.expiresAt)}前有效，只能用一次。`
  return (
    <>
      <Lead title={`邀请${member.name}的链接好了`} note='还没有发出去：复制下来，在微信里发给本人。' />
      {invitation.link === null ? (
        <Notice tone='late' title='微信没有给链接'>
          再邀请一次，前面那个没人能用。
        </Notice>
      ) : (
        <Card>
          <View className='figure'>{invitation.link}</View>
          <View className='small muted mt-2'>{until}</View>
        </Card>
      )}
    </>
  )
}

/** What every resident must be able to read, and nobody has set: 国办函〔2026〕12号, 个人信息保护法 第17条. */
function Unset() {
  const about = useAbout()
  if (!about) return null
  const lacking = [
    ...(about.filingNumber === '' ? ['备案号（FILING_NUMBER）'] : []),
    ...(about.dataContact === '' ? ['个人信息的事找谁（DATA_CONTACT）'] : []),
  ]
  if (lacking.length === 0) return null
  return (
    <View className='mb-3'>
      <Notice tone='late' title='还没填，居民看不到'>
        {`${lacking.join('、')}。请管服务器的人设好，再重新启动。`}
      </Notice>
    </View>
  )
}

interface MembersProps {
  members: readonly Member[]
  inviting: Inviting
  onEnding: () => void
}

function Members({ members, inviting, onEnding }: MembersProps) {
  const [typed, setTyped] = useState('')
  const { invite, isBusy, trouble, isFactorAsked } = inviting
  const found = membersNamed(members, typed)
  return (
    <>
      <Unset />
      <Lead title='邀请谁？' note='本人在微信里打开邀请，就能办岗位上的件。' />
      <SearchBox value={typed} onChange={setTyped} placeholder='名字或单位' />
      {trouble && !isFactorAsked && (
        <Notice tone='late' title={trouble.code === 'network.unreachable' ? UNKNOWN : trouble.title}>
          {trouble.code === 'network.unreachable'
            ? `${unansweredWords(trouble.code)}。再点一次就知道，不会邀重。`
            : (trouble.detail ?? '')}
        </Notice>
      )}
      {found.length === 0 ? (
        <View className='muted mt-3'>没有叫这个名字的，也没有这个单位。</View>
      ) : (
        <CellGroup className='mt-3'>
          {found.slice(0, SHOWN).map((member) => (
            <Cell
              key={member.staffId}
              label={member.name}
              note={member.posts.join('、')}
              value={stateWords(member)}
              onPress={isBusy ? undefined : () => void invite(member)}
            />
          ))}
        </CellGroup>
      )}
      {found.length > SHOWN && (
        <View className='small muted mt-3'>还有 {found.length - SHOWN} 个人，写名字找。</View>
      )}
      <View className='mt-4'>
        <Button block kind='text' onPress={onEnding}>
          有人走了，停用工作身份
        </Button>
      </View>
    </>
  )
}

function Foot({ inviting: { invited, onNext } }: { inviting: Inviting }) {
  if (!invited) return null
  const { link } = invited.invitation
  return (
    <StickyActionBar>
      <Button kind='secondary' onPress={onNext}>
        {link === null ? '回去再邀' : '再邀一个'}
      </Button>
      {link !== null && <Button onPress={() => void copy('邀请链接', link)}>复制链接</Button>}
    </StickyActionBar>
  )
}

/** The administrator gives colleagues their way in, and ends it. At a desk it asks for the second factor. */
function Invite() {
  const { loaded, reload } = useRequest<MemberList>('/api/invitations')
  const inviting = useInviting(reload)
  const [isEnding, setEnding] = useState(false)
  const { invited, isFactorAsked, again, forget } = inviting
  // Whoever comes back is bound to nobody, and no invitation of before is good.
  const inviteAgain = (member: MemberList['ended'][number]) => {
    setEnding(false)
    void inviting.invite({ ...member, bound: false, invitedUntil: null })
  }
  if (isEnding)
    return <EndWork loaded={loaded} reload={reload} onBack={() => setEnding(false)} onInvite={inviteAgain} />
  return (
    <Page
      head={<NavBar title='邀请同事' backTo='tabs/account/me' />}
      foot={<Foot inviting={inviting} />}
      over={isFactorAsked && <FactorSheet onShown={again} onClose={forget} />}
    >
      <View className='narrow'>
        <LoadedView loaded={loaded} label='正在取名单' onRetry={reload} rows={4}>
          {({ members }) =>
            invited ? (
              <Done invited={invited} />
            ) : (
              <Members members={members} inviting={inviting} onEnding={() => setEnding(true)} />
            )
          }
        </LoadedView>
      </View>
    </Page>
  )
}

export default asPage(Invite)
