import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import type { CertificateFacts } from '#shared/contract/certificate'
import { codeIn, codeWords } from '#shared/domain/case/result/certificate-code'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { askWithout } from '../../platform/api'
import { aria } from '../../platform/aria'
import { now, today } from '../../platform/clock'
import { usePageParameter } from '../../platform/navigation'
import { scrollToTop } from '../../platform/scroll'
import { type Loaded, useLoaded } from '../../platform/use-request'
import { ErrorState } from '../../ui/feedback/error-state'
import { Notice } from '../../ui/feedback/notice'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { Field } from '../../ui/form/field'
import { TextInput } from '../../ui/form/text-input'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { Icon } from '../../ui/surface/icon'
import { momentWords } from '../../ui/words/dates'
import { HOTLINE } from '../../ui/words/hotline'
import './check.css'

const day = (text: string) => fullDay(text as PlainDate)

function standsWords({ validFrom, validTo }: CertificateFacts) {
  if (validFrom !== undefined) return `从 ${day(validFrom)} 起有效，还没到那天`
  return validTo !== null && validTo < today()
    ? '到期前申请了延续，到期没有决定，照法律视为准予延续，现在有效'
    : '现在有效'
}

function verdictOf(facts: CertificateFacts) {
  const { status, validTo, revokedOn } = facts
  if (status === 'revoked')
    return {
      icon: 'no',
      tone: 'status-late',
      title: '这份证撤销了',
      note: `${revokedOn === undefined ? '' : `${day(revokedOn)} `}发证单位撤销的，不能再用`,
    } as const
  if (status === 'expired')
    return {
      icon: 'late',
      tone: 'status-late',
      title: '这份证过期了',
      note: validTo === null ? '不能再用' : `只能用到 ${day(validTo)}`,
    } as const
  return {
    icon: 'shield',
    tone: 'accent',
    title: '这份证是真的',
    note: standsWords(facts),
  } as const
}

function Verdict({ facts }: { facts: CertificateFacts }) {
  const { icon, tone, title, note } = verdictOf(facts)
  return (
    <>
      <View className='card center' {...aria({ role: 'status' })}>
        <View className={tone}>
          <Icon name={icon} className='check__icon' />
        </View>
        <View className='heading mt-3'>{title}</View>
        <View className='small muted mt-2'>{note}</View>
      </View>
      <Card className='mt-3'>
        <Facts
          facts={[
            { key: '名称', value: facts.title },
            { key: '发给', value: facts.holderMasked },
            ...(facts.correctedBy === undefined
              ? []
              : [{ key: '更正', value: `证上的名字更正过，见${facts.correctedBy}` }]),
            { key: '发证单位', value: facts.organName },
            { key: '发证日期', value: day(facts.issuedOn) },
            ...(facts.status === 'revoked'
              ? []
              : [{ key: '用到', value: facts.validTo === null ? '长期' : day(facts.validTo) }]),
            { key: '编号', value: facts.number },
          ]}
        />
      </Card>
      {facts.status !== 'revoked' && (
        <Notice className='mt-3'>拿它和手里的证对一对。有一处不同，就别信，打 {HOTLINE}。</Notice>
      )}
      <View className='caption faint center mt-3'>{momentWords(now())} 查的，不记录你是谁</View>
    </>
  )
}

function Found({ loaded, onRetry }: { loaded: Loaded<CertificateFacts>; onRetry: () => void }) {
  if (loaded.state === 'loading') return <Skeleton label='正在核对' cards={2} rows={2} />
  if (loaded.state === 'ready') return <Verdict facts={loaded.value} />
  const { trouble } = loaded
  if (trouble.code === 'certificate.not-found')
    return (
      <ErrorState
        title='查不到这份证'
        note={`码可能不全，或不是本县发的。让对方再出示一次；还是查不到，就别信，打 ${HOTLINE}。`}
      />
    )
  return <TroubleView trouble={trouble} onRetry={onRetry} />
}

/** Whoever asks is nobody to the server: no session goes along. */
const bring = (path: string) => askWithout<CertificateFacts>('GET', path)

function CodeBox({ onCheck, isFirst }: { onCheck: (code: string) => void; isFirst: boolean }) {
  const [typed, setTyped] = useState('')
  const [isShort, setShort] = useState(false)
  const check = () => {
    const code = codeIn(typed)
    setShort(code === '')
    if (code !== '') onCheck(code)
  }
  return (
    <Card className={isFirst ? undefined : 'mt-3'} title={isFirst ? '核对一份证' : '核对另一份'}>
      <View className='mt-2'>
        <Field
          id='code'
          label='证上的码'
          hint='在二维码下面，26 位，空格不用输'
          error={isShort ? '先把证上的码输进来' : undefined}
        >
          <TextInput
            id='code'
            label='证上的码'
            value={typed}
            onChange={setTyped}
            onEnter={check}
            maxLength={200}
            isWrong={isShort}
          />
        </Field>
      </View>
      <View className='mt-3'>
        <Button block kind={isFirst ? 'primary' : 'quiet'} onPress={check}>
          核对
        </Button>
      </View>
    </Card>
  )
}

/** Whether a certificate is true, for anybody, by the square that stands on it or its code. */
function CheckPage() {
  const given = [usePageParameter('code'), usePageParameter('scene'), usePageParameter('q')].find(Boolean)
  const [code, setCode] = useState(given === undefined ? '' : codeIn(given))
  const path = code === '' ? undefined : `/api/certificates/${encodeURIComponent(code)}`
  const { loaded, reload } = useLoaded(path, undefined, bring)
  const check = useCallback(
    (next: string) => {
      if (next === code) void reload()
      else setCode(next)
      scrollToTop()
    },
    [code, reload],
  )
  return (
    <Page head={<NavBar title='核对证照' backTo='features/service-item/home' />}>
      {code !== '' && <Found loaded={loaded} onRetry={() => void reload()} />}
      <CodeBox isFirst={code === ''} onCheck={check} />
      {code !== '' && <View className='caption faint center mt-3 figure'>{codeWords(code)}</View>}
    </Page>
  )
}

export default asPage(CheckPage)
