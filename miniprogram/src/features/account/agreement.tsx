import { View } from '@tarojs/components'
import { useState } from 'react'
import type { AgreementList, AgreementRead } from '#shared/contract/account'
import { platform } from '../../platform'
import { aria, pressable, tabStop } from '../../platform/aria'
import { usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { classNames } from '../../ui/class-names'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { HOTLINE } from '../../ui/words/hotline'
import { useAbout } from './parts/about'
import { AgreementText, versionWords } from './parts/agreement-text'
import './parts/agreement.css'

type Kind = AgreementRead['kind']
const NAMES: Readonly<Record<Kind, string>> = { service: '服务协议', privacy: '隐私保护' }
const KINDS = Object.keys(NAMES) as readonly Kind[]

function Segment({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <View className='segment' {...aria({ role: 'tablist', label: '看哪一份' })}>
      {KINDS.map((each) => (
        <View
          key={each}
          className={classNames('segment__item', each === kind && 'segment__item--current')}
          {...pressable(() => onChange(each), { role: 'tab', selected: each === kind })}
          {...tabStop(each === kind)}
        >
          {NAMES[each]}
        </View>
      ))}
    </View>
  )
}

function FormerVersion({ kind, version }: { kind: Kind; version: string }) {
  const { loaded, reload } = useRequest<AgreementRead>(`/api/agreements/${kind}/${version}`)
  return (
    <LoadedView loaded={loaded} label='正在取这一版' onRetry={reload} cards={2} rows={0}>
      {(agreement) => <AgreementText agreement={agreement} />}
    </LoadedView>
  )
}

/** What else can be read, printed or asked about it. */
function Beside({
  others,
  onOpen,
}: {
  others: AgreementList['agreements'][number]['others']
  onOpen: (version: string) => void
}) {
  const about = useAbout()
  const contact = about?.dataContact ?? ''
  return (
    <CellGroup className='mt-3'>
      {others.map((other) => (
        <Cell
          key={other.version}
          label={versionWords(other)}
          value='看这一版'
          onPress={() => onOpen(other.version)}
        />
      ))}
      {others.length === 0 && <Cell label='以前的版本' value='还没有' />}
      {platform.openPrivacyContract && (
        <Cell label='微信里的隐私保护指引' note='微信登记的那一份' onPress={platform.openPrivacyContract} />
      )}
      {platform.host === 'browser' && (
        <Cell icon='paper' label='打印这一页' onPress={() => platform.printPage()} />
      )}
      {contact !== '' && <Cell label={`个人信息的事：${contact}`} note={about?.sponsor} />}
      <Cell
        icon='phone'
        label={`看不明白，打 ${about?.hotline ?? HOTLINE}`}
        onPress={() => platform.makePhoneCall(about?.hotline ?? HOTLINE)}
      />
    </CellGroup>
  )
}

/** 服务协议 and 隐私保护说明, for anybody; each version that ever held can be read. */
function AgreementPage() {
  const { loaded, reload } = useRequest<AgreementList>('/api/agreements', 'agreements')
  const asked = usePageParameter('kind')
  const [kind, setKind] = useState<Kind>(asked === 'privacy' ? 'privacy' : 'service')
  const [former, setFormer] = useState<string>()
  const change = (next: Kind) => {
    setFormer(undefined)
    setKind(next)
  }
  return (
    <Page head={<NavBar title='协议和隐私' backTo='tabs/account/me' />}>
      <Segment kind={kind} onChange={change} />
      <LoadedView loaded={loaded} label='正在取协议' onRetry={reload} cards={2} rows={0}>
        {({ agreements }) => {
          const current = agreements.find((each) => each.kind === kind)
          if (!current) return <View className='card mt-4'>这里还没有放上来，打 {HOTLINE} 问。</View>
          const { others } = current
          const back = { version: current.version, effectiveOn: current.effectiveOn }
          return (
            <>
              {former === undefined ? (
                <AgreementText agreement={current} />
              ) : (
                <FormerVersion key={`${kind} ${former}`} kind={kind} version={former} />
              )}
              <Beside
                others={
                  former === undefined
                    ? others
                    : [back, ...others.filter(({ version }) => version !== former)]
                }
                onOpen={(version) => setFormer(version === current.version ? undefined : version)}
              />
            </>
          )
        }}
      </LoadedView>
    </Page>
  )
}

export default asPage(AgreementPage)
