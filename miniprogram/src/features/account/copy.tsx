import type { AccountCopy } from '#shared/contract/account'
import { platform } from '../../platform'
import { useRequest } from '../../platform/use-request'
import { copy } from '../../ui/feedback/copy'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { copySections, copyText } from './parts/copy-words'
import './parts/copy.css'

function Sections({ copied }: { copied: AccountCopy }) {
  return (
    <>
      {copySections(copied).map(({ title, blocks, words }) => (
        <Section key={title} title={title}>
          {words !== undefined && <Card>{words}</Card>}
          {blocks.map(({ nth, facts }) => (
            <Card key={nth} className={nth === 0 ? undefined : 'mt-3'}>
              <Facts facts={facts} />
            </Card>
          ))}
        </Section>
      ))}
    </>
  )
}

function KeepBar({ copied }: { copied: AccountCopy }) {
  const keep = () => copy('我的信息', copyText(copied), '截几张屏，或者抄下来。')
  return (
    <StickyActionBar>
      {platform.host === 'browser' && (
        <ActionBarSide icon='paper' name='打印' onPress={() => platform.printPage()} />
      )}
      <Button icon='download' onPress={keep}>
        全部复制
      </Button>
    </StickyActionBar>
  )
}

/** What is known of me, in large letters, to read and to keep; the phone keeps none of it by itself. 个人信息保护法 第45条 */
function CopyPage() {
  const { loaded, reload } = useRequest<AccountCopy>('/api/account/copy')
  return (
    <Page
      className='copy-page'
      head={<NavBar title='我的信息' backTo='tabs/account/me' />}
      foot={loaded.state === 'ready' && <KeepBar copied={loaded.value} />}
    >
      <Lead title='这里记着你的这些' note='别让不相干的人看：复制了贴到哪里、打出来给谁看，先想好。' />
      <LoadedView loaded={loaded} label='正在取你的信息' onRetry={reload} cards={3} rows={0}>
        {(copied) => <Sections copied={copied} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(CopyPage)
