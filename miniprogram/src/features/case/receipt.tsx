import { Image, View } from '@tarojs/components'
import { useState } from 'react'
import { linesOf } from '#shared/contract/document.labels'
import type { CaseReceipt } from '#shared/contract/receipt'
import { RECEIPT_PAPERS, type ReceiptPaper } from '#shared/domain/case/paper/receipt-paper'
import { platform } from '../../platform'
import { download, type Trouble } from '../../platform/api'
import { aria } from '../../platform/aria'
import { usePageParameter } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { RadioList } from '../../ui/form/choice-list'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { Rows } from '../../ui/surface/rows'
import '../application/parts/form.css'
import './result.css'

const TITLES = { receipt: '收件回执', 'application-form': '申请书' } as const
type Kind = keyof typeof TITLES
/** Which paper this printer has is asked once. */
const KEPT = 'receipt-paper'

const PAPERS = {
  '58': { label: '58 毫米小票', note: '窄的小票机' },
  '80': { label: '80 毫米小票', note: '宽的小票机' },
  a4: { label: 'A4 纸', note: '普通打印机；存起来、发出去也用这个' },
} as const satisfies Record<ReceiptPaper, { label: string; note: string }>
const OPTIONS = RECEIPT_PAPERS.map((value) => ({ value, ...PAPERS[value] }))

const keptPaper = () => RECEIPT_PAPERS.find((each) => each === platform.read(KEPT)) ?? 'a4'

function Slip({ receipt }: { receipt: CaseReceipt }) {
  const { title, place, rows, number, notes, scan, mark } = receipt
  return (
    <Card>
      <View className='heading center'>{title}</View>
      {place !== null && <View className='muted center'>{place}</View>}
      <View className='mt-3'>
        <Facts
          facts={rows.map(({ label, text }) => ({
            key: label,
            value: <Rows text={text} rows={linesOf([text])} />,
          }))}
        />
      </View>
      <View className='small muted center mt-3'>办件编号</View>
      <View className='center figure strong mt-1'>{number}</View>
      {scan && (
        <View className='center mt-3'>
          <Image className='check-code' src={scan.picture} {...aria({ hidden: true })} />
          <View className='small muted mt-1'>{scan.words}</View>
        </View>
      )}
      {notes.map((words) => (
        <View key={words} className='small muted mt-2'>
          {words}
        </View>
      ))}
      {mark !== null && <View className='caption faint mt-2'>{mark}</View>}
    </Card>
  )
}

const whyNot = ({ code, title }: Trouble) => (code === 'server.error' ? '这张打不出来，先抄下编号。' : title)

function PrintBar({ kind, path }: { kind: Kind; path: string }) {
  const [chosen, setPaper] = useState<ReceiptPaper>(keptPaper)
  const paper = kind === 'receipt' ? chosen : 'a4'
  const { isBusy, trouble, run } = useAction()
  const print = () =>
    void run(
      () => download(`${path}/${paper}`, 'application/pdf'),
      (source) => platform.openFile(source, `${TITLES[kind]}.pdf`),
    )
  const choose = (value: string) => {
    const wanted = RECEIPT_PAPERS.find((each) => each === value) ?? 'a4'
    platform.write(KEPT, wanted)
    setPaper(wanted)
  }
  return (
    <>
      {kind === 'receipt' && (
        <Card className='mt-3' title='用什么纸'>
          <View className='mt-3'>
            <RadioList label='用什么纸' options={OPTIONS} value={paper} onChange={choose} />
          </View>
        </Card>
      )}
      <StickyActionBar {...(trouble ? { note: whyNot(trouble), alert: true } : {})}>
        <Button icon='paper' loading={isBusy ? '正在排版' : undefined} onPress={print}>
          {platform.host === 'browser' ? '打印' : '打开，能打印、能发给家里人'}
        </Button>
      </StickyActionBar>
    </>
  )
}

/** What whoever came takes home, or what was filed: to be read, and on paper. */
function ReceiptPage() {
  const id = usePageParameter('id') ?? ''
  const kind: Kind = usePageParameter('of') === 'application' ? 'application-form' : 'receipt'
  const path = `/api/cases/${encodeURIComponent(id)}/${kind}`
  const { loaded, reload } = useRequest<CaseReceipt>(path, kind)
  return (
    <Page className='form-page' head={<NavBar title={TITLES[kind]} backTo='tabs/case/my-cases' />}>
      <LoadedView loaded={loaded} label={`正在取${TITLES[kind]}`} onRetry={reload} cards={1} rows={3}>
        {(receipt) => (
          <>
            <Slip receipt={receipt} />
            <PrintBar kind={kind} path={path} />
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(ReceiptPage)
