import { View } from '@tarojs/components'
import { useEffect } from 'react'
import type { AccountChanged, GivenConsents } from '#shared/contract/account'
import { CONSENT_NAMES } from '#shared/contract/account.labels'
import type { ConsentPurpose } from '#shared/domain/account/consents'
import { call } from '../../platform/api'
import { openPage } from '../../platform/navigation'
import { scrollToField } from '../../platform/scroll'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { ConsentCard } from '../../ui/feedback/consent-card'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { ask } from '../../ui/feedback/question'
import { showToast } from '../../ui/feedback/toast'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { Tag } from '../../ui/surface/tag'
import { momentWords } from '../../ui/words/dates'
import { CopyCell } from './parts/copy-cell'

type Given = GivenConsents['consents'][number]

/** Said before it is taken back; the rest goes with the account alone. */
const MEANS: Partial<Readonly<Record<ConsentPurpose, string>>> = {
  phone: '登记的手机号马上删掉。已经交的申请里写的不动，办事的人还能按那个号找你。以前办的照样算数。',
  sensitive:
    '以后办事不再打开你在政府的证件，要的材料自己拍、自己交。已经交的申请照原来的办。想再打开，回到这里点同意。',
  guardian: '以后再替不满 14 岁的孩子申请，重新问你。已经交的申请照原来的办。',
}

function OneConsent({ given, onWithdraw }: { given: Given; onWithdraw: () => void }) {
  const { purpose, version, at, withdrawnAt, withdrawable } = given
  // What was agreed to before the texts were counted names a day.
  const which = /^\d{1,4}$/.test(version) ? `第 ${version} 版` : `${version} 的说法`
  return (
    <Card className='mt-3'>
      <View className='row row--between gap-2'>
        <View className='strong grow'>{CONSENT_NAMES[purpose]}</View>
        {withdrawnAt !== null && <Tag>收回了</Tag>}
      </View>
      <View className='small muted mt-1'>{`${which}，${momentWords(at)} 同意`}</View>
      {withdrawnAt !== null && <View className='small muted'>{`${momentWords(withdrawnAt)} 收回`}</View>}
      {withdrawable && (
        <View className='mt-3'>
          <Button kind='quiet' small label={`收回：${CONSENT_NAMES[purpose]}`} onPress={onWithdraw}>
            收回
          </Button>
        </View>
      )}
    </Card>
  )
}

/** Taken back and not given again: it can be given here. */
const takenBack = ({ consents }: GivenConsents) => {
  const isTaken = consents.some(({ purpose, withdrawnAt }) => purpose === 'sensitive' && withdrawnAt !== null)
  const stands = consents.some(({ purpose, withdrawnAt }) => purpose === 'sensitive' && withdrawnAt === null)
  const words = consents.find(({ purpose, current }) => purpose === 'privacy' && current)
  return isTaken && !stands && words ? [{ purpose: 'sensitive', version: words.version }] : []
}

function Kept() {
  return (
    <Section title='不能单独收回的'>
      <Card>
        <View>两份协议和身份证号，是登记少不了的。要收回，就是注销登记，在这里自己就能办。</View>
        <View className='small muted mt-2'>
          已经交的申请和办好的办件，法律要求留着，注销了也留，只供查。不用网上办，到窗口一样办。
        </View>
      </Card>
      <CellGroup className='mt-3'>
        <Cell
          icon='trash'
          label='注销'
          note='不用了，把我的信息删掉'
          onPress={() => openPage('features/account/closing')}
        />
      </CellGroup>
    </Section>
  )
}

function Consents({ given, onChanged }: { given: GivenConsents; onChanged: () => unknown }) {
  const { trouble, run } = useAction()
  useEffect(() => {
    if (trouble) scrollToField('trouble')
  }, [trouble])
  const withdraw = async (purpose: ConsentPurpose) => {
    const sure = await ask({
      title: `收回“${CONSENT_NAMES[purpose]}”？`,
      words: MEANS[purpose] ?? '',
      confirm: '收回',
      cancel: '不收回',
      even: true,
    })
    if (!sure) return
    await run(
      () => call<AccountChanged>('POST', '/api/account/consents/withdrawal', { purpose }),
      async () => {
        showToast('收回了')
        await onChanged()
      },
    )
  }
  const again = [...given.outdated, ...takenBack(given)]
  return (
    <>
      {again.length > 0 && (
        <ConsentCard
          trouble={{ code: 'account.consent-needed', title: '', errors: [], consents: again }}
          kept={given.outdated.length > 0 ? '协议改过了，下次办事以前要再问你。' : ''}
          isFree
          onDone={onChanged}
        />
      )}
      {trouble && (
        <View className='mt-3' id='field-trouble'>
          <TroubleView trouble={trouble} title='没收回' onRetry={onChanged} />
        </View>
      )}
      {given.consents.length === 0 && (
        <EmptyState title='还没有同意过什么' note='登记、核身份时同意的，都记在这里。' />
      )}
      {given.consents.map((each) => (
        <OneConsent
          key={`${each.purpose} ${each.version} ${each.withdrawnAt}`}
          given={each}
          onWithdraw={() => void withdraw(each.purpose)}
        />
      ))}
      <Kept />
    </>
  )
}

/** What I agreed to, when and in which version; what can be taken back is taken back here. 个人信息保护法 第15条 */
function ConsentsPage() {
  const { loaded, reload } = useRequest<GivenConsents>('/api/account/consents')
  return (
    <Page head={<NavBar title='协议和授权' backTo='tabs/account/me' />}>
      <Lead title='我同意过什么' note='能收回的，随时收回；收回以前办的照样算数。' />
      <CellGroup>
        <Cell
          icon='paper'
          label='看协议和隐私保护说明'
          onPress={() => openPage('features/account/agreement')}
        />
        <CopyCell />
      </CellGroup>
      <LoadedView loaded={loaded} label='正在取你的授权' onRetry={reload} cards={3} rows={0}>
        {(given) => <Consents given={given} onChanged={reload} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(ConsentsPage)
