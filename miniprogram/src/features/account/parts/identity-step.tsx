import { View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import type { Account, AccountChanged } from '#shared/contract/account'
import type { GivenConsent } from '#shared/domain/account/consents'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import { birthOfIdNumber, isIdNumber } from '#shared/domain/kernel/digits'
import { ok } from '#shared/domain/kernel/result'
import { platform } from '../../../platform'
import { type Answer, call, type Trouble } from '../../../platform/api'
import { today } from '../../../platform/clock'
import { scrollToField } from '../../../platform/scroll'
import { useAction } from '../../../platform/use-action'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Agreement } from '../../../ui/form/agreement'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Progress } from '../../../ui/progress/progress'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { TICK_WORDS } from '../../../ui/words/consents'
import { wrongWords } from '../../../ui/words/wrong'
import { useAbout } from './about'
import { GuardianNeeded } from './guardian-needed'
import { faultsOfPerson, NOBODY, PersonFields, personOf, type TypedPerson } from './person-fields'
import { endConfirming, noteConfirming, takeConfirmed } from './starting-code'
import { useTicked } from './use-ticked'
import { VillageCard } from './village-card'

type Purpose = Extract<GivenConsent['purpose'], 'identity' | 'sensitive'>

const PURPOSES = ['identity', 'sensitive'] as const satisfies readonly Purpose[]

const UNTICKED: Readonly<Record<Purpose, string>> = {
  identity: '先勾上“我同意用身份证号登记”，再往下走。',
  sensitive: '先勾上“我另外同意”，再核。不想勾，点“先不核，也能申请”。',
}

/** Nobody has to wait for WeChat. Who has tried too often is braked at both doors, so that nothing is promised there. */
const otherwiseOf = ({ code }: Trouble) =>
  code === 'server.unavailable' ? '不想等，点“先不核，也能申请”，以后再核。' : undefined

function isChild(idNumber: string) {
  const birth = isIdNumber(idNumber) ? birthOfIdNumber(idNumber) : undefined
  return birth !== undefined && isUnderFourteen(birth, today())
}

interface IdentityStepProps {
  account: Account
  /** Above what is asked. */
  notice: ReactNode
  /** The village was chosen. */
  onChanged: () => unknown
  /** WeChat said that it is the person; the papers on file are open now. */
  onConfirmed: (changed: AccountChanged) => unknown
  onTyped: () => void
}

interface BelowProps extends Pick<IdentityStepProps, 'account' | 'onChanged'> {
  agreed: readonly Purpose[]
  onAgree: (agreed: readonly Purpose[]) => void
  trouble: Trouble | undefined
  onRetry: () => void
  onLater: () => void
}

/** What is asked besides, and what one agrees to. */
function Below({ account, onChanged, agreed, onAgree, trouble, onRetry, onLater }: BelowProps) {
  const about = useAbout()
  return (
    <>
      <VillageCard account={account} about={about} onChanged={onChanged} />
      <Card tone='quiet' className='mt-3'>
        <View className='row row--top gap-3'>
          <Icon name='shield' className='muted' />
          <View className='grow small'>
            光填号码谁都能填，打不开任何人的证件。微信核过是你，才打开你的证件、别人替你办的事。号码加密保存。
          </View>
        </View>
      </Card>
      <View className='mt-3'>
        {PURPOSES.map((purpose) => (
          <Agreement
            key={purpose}
            isAgreed={agreed.includes(purpose)}
            onChange={(isAgreed) =>
              onAgree(PURPOSES.filter((each) => (each === purpose ? isAgreed : agreed.includes(each))))
            }
            label={TICK_WORDS[purpose]}
          >
            {TICK_WORDS[purpose]}
          </Agreement>
        ))}
      </View>
      {trouble && (
        <View className='mt-3' id='field-trouble'>
          <TroubleView
            trouble={trouble}
            title='还没核上'
            kept='你填的都还在。'
            otherwise={otherwiseOf(trouble)}
            onRetry={onRetry}
          />
        </View>
      )}
      <View className='row--center mt-2'>
        <Button kind='text' onPress={onLater}>
          先不核，也能申请
        </Button>
      </View>
    </>
  )
}

const hasNumber = ({ realNameLevel }: Account) => realNameLevel === 2

/** A child's stands in nobody's way. */
const startOf = ({ underFourteen, name }: Account): TypedPerson => ({
  name: underFourteen ? '' : (name ?? ''),
  idNumber: '',
})

const placeholderOf = (account: Account, isAnew: boolean) =>
  hasNumber(account) && !isAnew ? `${account.idNumberMasked ?? ''}，不改就不用填` : ''

function noteOf(faults: Partial<TypedPerson>, typed: TypedPerson, hint: string) {
  const wrong = Object.keys(faults) as (keyof TypedPerson)[]
  const empty = wrong.filter((key) => typed[key] === '').length
  if (wrong.length > 0) return { note: wrongWords(wrong.length, empty), alert: true }
  return hint === '' ? {} : { note: hint }
}

const sendCode = (code: string, consents: readonly GivenConsent[]) =>
  call<AccountChanged>('POST', '/api/account/identity-confirmation', { code, consents })

/** Levels 2 and 3: typed, then confirmed by WeChat. 个人信息保护法 第29条: sensitive data has a tick of its own. */
export function IdentityStep({ account, notice, onChanged, onConfirmed, onTyped }: IdentityStepProps) {
  const [typed, setTyped] = useState<TypedPerson>(() => startOf(account))
  const [agreed, setAgreed] = useState<readonly Purpose[]>([])
  /** The number that was typed before is not theirs. */
  const [isAnew, setAnew] = useState(account.underFourteen)
  const [isChecked, setChecked] = useState(false)
  const [hint, setHint] = useState('')
  const { isBusy, trouble, run, forget } = useAction()
  useEffect(() => {
    if (trouble) scrollToField('trouble')
  }, [trouble])
  const keepsNumber = hasNumber(account) && !isAnew && typed.idNumber === ''
  const value = personOf(typed)
  const faults: Partial<TypedPerson> = keepsNumber ? {} : faultsOfPerson(value)
  const shown: Partial<TypedPerson> = isChecked ? faults : {}
  const isRefused = trouble?.code === 'account.guardian-needed'
  const child = isRefused || isChild(value.idNumber)

  const consents = useTicked()(agreed)

  const save = async (): Promise<Answer<AccountChanged>> =>
    keepsNumber
      ? ok({ id: account.id, realNameLevel: 2 })
      : call<AccountChanged>('POST', '/api/account/identity', { ...value, consents })

  const confirm = async () => {
    const saved = await save()
    if (!saved.ok) return saved
    noteConfirming(consents)
    const answer = await platform.realNameCode()
    endConfirming()
    if (answer.kind === 'code') return sendCode(answer.code, consents)
    setHint(answer.kind === 'refused' ? '没有核也行，可以先申请，窗口会当面核。' : answer.sentence)
    return saved
  }
  const onAnswered = (changed: AccountChanged) =>
    changed.realNameLevel === 3 ? onConfirmed(changed) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    const begun = takeConfirmed()
    if (!begun) return
    endConfirming()
    void run(() => sendCode(begun.code, begun.consents), onAnswered)
  }, [])
  const start = (
    act: typeof save,
    needed: readonly Purpose[],
    onDone: (changed: AccountChanged) => unknown,
  ) => {
    setChecked(true)
    setHint('')
    if (Object.keys(faults).length > 0) return
    const open = needed.find((purpose) => !agreed.includes(purpose))
    if (open !== undefined) return setHint(UNTICKED[open])
    void run(act, onDone)
  }
  const writeOwn = () => {
    forget()
    setAnew(true)
    setChecked(false)
    setTyped(NOBODY)
    scrollToField('name')
  }
  const startConfirming = () => start(confirm, PURPOSES, onAnswered)
  return (
    <Page
      head={<NavBar title='登记' backTo='features/service-item/home' />}
      foot={
        <StickyActionBar {...noteOf(shown, value, hint)}>
          <Button loading={isBusy ? '正在核，别关' : undefined} onPress={child ? writeOwn : startConfirming}>
            {child ? '换成我自己的' : '微信核一下'}
          </Button>
        </StickyActionBar>
      }
    >
      {notice}
      <Progress step={2} of={2} name='实名' />
      <Lead title='你是哪一位？' note='填好点一下，微信核过，已有的证件不用再交。' />
      <Card>
        <PersonFields
          value={typed}
          faults={shown}
          onChange={setTyped}
          hint={placeholderOf(account, isAnew)}
        />
        {account.phoneMasked !== null && (
          <View className='row gap-2 small muted mt-3'>
            <Icon name='done' size='s' className='accent' />
            手机号 {account.phoneMasked} 已登记
          </View>
        )}
      </Card>
      {child ? (
        <View className='mt-3' id='field-trouble'>
          <GuardianNeeded kept={isRefused ? '填的都还在。' : ''} />
        </View>
      ) : (
        <Below
          account={account}
          onChanged={onChanged}
          agreed={agreed}
          onAgree={setAgreed}
          trouble={isRefused ? undefined : trouble}
          onRetry={startConfirming}
          onLater={() => start(save, ['identity'], onTyped)}
        />
      )}
    </Page>
  )
}
