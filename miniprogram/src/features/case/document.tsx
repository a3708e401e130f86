import { View } from '@tarojs/components'
import { useEffect } from 'react'
import type { CaseDocument } from '#shared/contract/case'
import { certificateRows, documentWords } from '#shared/contract/document.labels'
import { platform } from '../../platform'
import { download, type Trouble } from '../../platform/api'
import { aria } from '../../platform/aria'
import { openPage, usePageParameter } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { DecisionDocument } from './parts/decision-document'
import { NOT_AS_ISSUED } from './parts/decision-words'
import { CheckCode, validityWords } from './parts/held-certificate'
import { useSaveDocument } from './parts/use-save-document'
import { useEscape } from './parts/way-back'
import './result.css'

const WORDS = 'issued-words'
/** Whoever came by key goes on by key: the paper has the keyboard, and a reader begins there. */
const startHere = platform.host === 'browser' ? { tabindex: '-1' } : {}

const MARKS = {
  corrected: { title: '这份文书更正过', later: '看更正通知书' },
  revoked: { title: '这份文书不再算数', later: '看撤销决定书' },
  replaced: { title: '这份记录不再算数', later: '看新的记录' },
} as const

function Mark({ document: { mark, caseId } }: { document: CaseDocument }) {
  if (!mark) return null
  const { kind, documentId } = mark
  const { title, later } = MARKS[kind]
  return (
    <Notice
      tone={kind === 'corrected' ? 'soon' : 'late'}
      title={title}
      className='mt-2'
      action={
        documentId === null
          ? undefined
          : {
              words: later,
              onPress: () => openPage('features/case/document', { case: caseId, id: documentId }),
            }
      }
    >
      {mark.words}
    </Notice>
  )
}

function Document({ document }: { document: CaseDocument }) {
  const note = NOT_AS_ISSUED[document.words]
  const { certificate } = document
  useEffect(() => platform.focusField(WORDS), [])
  return (
    <>
      <Mark document={document} />
      <View id={WORDS} className='mt-2' {...startHere} {...aria({ role: 'group', label: document.title })}>
        <DecisionDocument
          words={documentWords(document)}
          isStruck={document.mark?.kind === 'revoked' || document.mark?.kind === 'replaced'}
        />
      </View>
      {certificate && (
        <>
          <Card className='mt-3' title={validityWords(certificate)}>
            <View className='mt-2'>
              <Facts
                facts={certificateRows(document).map(({ label, text }) => ({ key: label, value: text }))}
              />
            </View>
          </Card>
          <CheckCode certificate={certificate} />
        </>
      )}
      {document.plain !== '' && (
        <Card className='mt-3' title='就是说'>
          <View className='mt-2'>{document.plain}</View>
        </Card>
      )}
      {note !== null && <View className='small muted mt-3'>{note}</View>}
    </>
  )
}

/** What the server could not print says so in no words that a file's answer brings. */
const whyNot = ({ code, title }: Trouble) =>
  code === 'server.error' ? '这份打不出来，到窗口能取纸质的。' : title

function DocumentBar({ document, path }: { document: CaseDocument; path: string }) {
  const save = useSaveDocument(document.plainName, documentWords(document), document.mark?.words ?? null)
  const { isBusy, trouble, run } = useAction()
  const print = () =>
    void run(
      () => download(path, 'application/pdf'),
      (source) => platform.openFile(source, `${document.title}.pdf`),
    )
  return (
    <StickyActionBar {...(trouble ? { note: whyNot(trouble), alert: true } : {})}>
      {document.words !== 'deleted' && (
        <ActionBarSide icon='paper' name={isBusy ? '正在排版' : '打印'} onPress={print} />
      )}
      <Button icon='download' onPress={save}>
        存到手机
      </Button>
    </StickyActionBar>
  )
}

function DocumentPage() {
  const caseId = usePageParameter('case') ?? ''
  const id = usePageParameter('id') ?? ''
  const path = `/api/cases/${encodeURIComponent(caseId)}/documents/${encodeURIComponent(id)}`
  const { loaded, reload } = useRequest<CaseDocument>(path, 'document')
  useEscape(true, 'tabs/case/my-cases')
  const document = loaded.state === 'ready' ? loaded.value : undefined
  return (
    <Page
      head={<NavBar title={document?.title ?? '文书'} backTo='tabs/case/my-cases' />}
      foot={document && <DocumentBar document={document} path={path} />}
    >
      <LoadedView loaded={loaded} label='正在取文书' onRetry={reload} cards={1} rows={1}>
        {(each) => <Document document={each} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(DocumentPage)
