import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { numbersIn } from '#shared/domain/kernel/public-numbers'
import { printedLine } from '#shared/domain/service-item/notice'
import { platform } from '../../../platform'
import { useDraft } from '../../../platform/use-draft'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { TextArea } from '../../../ui/form/text-input'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { formOf, type SheetAllowed, sameTarget } from './action-forms'
import { OfficialDocument } from './official-document'
import { InWhoseName } from './share-choice'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'
import { namedWords } from './words'

type Draft = NonNullable<CaseView['staff']>['noticeDrafts'][number]
type Told = Draft['told'][number]

/** By the key of the answer what is to hang in place of `of`: of an answer that is another by now it says nothing. */
type Worded = Readonly<Record<string, { readonly of: string; readonly as: string } | undefined>>

/** In the box: what was begun, else what hung before, else what would hang. */
function inBox({ key, words, hung }: Told, worded: Worded) {
  const own = worded[key]
  return own?.of === words ? own.as : (hung ?? words)
}

/** Undefined where it hangs as it is masked. */
function wordedAs(told: Told, worded: Worded) {
  const as = inBox(told, worded).trim()
  return as === told.words ? undefined : as
}

/** Nobody can tell whether an emptied box is to hang as it is masked or not at all: it is asked for. */
const isBlank = (told: Told, worded: Worded) => told.worded && inBox(told, worded).trim() === ''

/** What is written over the masked words and looks like somebody's number, a plate, an address of e-mail. */
function numbersOf(told: Told, worded: Worded) {
  const as = wordedAs(told, worded)
  return as === undefined ? [] : numbersIn(as).map(({ from, to }) => as.slice(from, to))
}

const asHung = (told: readonly Told[], worded: Worded) =>
  told.map((each) => ({ ...each, words: wordedAs(each, worded)?.replace(/^$/, '（没写）') ?? each.words }))

/** The notice as it will hang. */
function NoticePaper({ draft, worded }: { draft: Draft; worded: Worded }) {
  const { title, numberPrefix, organName, issuedOn, paragraphs } = draft
  return (
    <OfficialDocument {...{ title, numberPrefix, organName, issuedOn }}>
      {paragraphs.map(({ said, told }) => (
        <View key={said} className='paper-doc__words'>
          {said}
          {told && <Text className='paper-doc__mark'>{printedLine(asHung(draft.told, worded))}。</Text>}
        </View>
      ))}
    </OfficialDocument>
  )
}

interface WordsProps {
  told: Told
  worded: Worded
  isWrong: boolean
  /** It was to be published while the box is empty. */
  isMissed: boolean
  onChange: (as: string) => void
}

/** What was typed, what of it is taken out, and what is to hang in its place. */
function NoticeWords({ told, worded, isWrong, isMissed, onChange }: WordsProps) {
  const { key, label, written, hung, words } = told
  const numbers = numbersOf(told, worded)
  const isEmpty = isBlank(told, worded)
  const isOut = written.some(({ out }) => out)
  return (
    <View className='mt-4'>
      <View className='small strong'>申请人写的{label}</View>
      <View className='notice__written'>
        {written.map(({ text, out }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which stay in their order.
          <Text key={`${at}${text}`} className={out ? 'notice__out' : ''}>
            {text}
          </Text>
        ))}
      </View>
      <View className='small muted'>
        {isOut ? '画线的像人名或者号码，不贴出去。' : '没有认出人名和号码，原样贴出去。'}
        {hung !== null && '上次公示写的在下面，接着用就行。'}
      </View>
      <Field
        id={`notice-${key}`}
        label={`公示里写的${label}`}
        hint='画多了、漏了，在这里改。别写人名、电话、证件号。填的那份不动。'
        error={isMissed && isEmpty ? `公示里的${label}空着，写上再发` : undefined}
      >
        <TextArea
          id={`notice-${key}`}
          label={`公示里写的${label}`}
          value={inBox(told, worded)}
          maxLength={200}
          onChange={(as) => onChange(as.replace(/\s*\n\s*/g, ' '))}
          isWrong={isWrong || (isMissed && isEmpty)}
        />
      </Field>
      {isEmpty && (
        <Button kind='quiet' small className='mt-2' onPress={() => onChange(words)}>
          还用画过线的那句
        </Button>
      )}
      {numbers.length > 0 && (
        <Notice tone='soon' className='mt-2'>
          “{numbers.join('”“')}”像电话、车牌、微信或者证件号，贴出去谁都看得到。不该贴的，删掉再发。
        </Notice>
      )}
    </View>
  )
}

interface NoticeSheetProps {
  view: CaseView
  allowed: SheetAllowed
  act: Act
  onClose: () => void
}

/** 发布公示: the very text that hangs is read by whoever hangs it, since no rule knows every name and number. */
export function NoticeSheet({ view, allowed, act, onClose }: NoticeSheetProps) {
  const { action, stepKey, unitId } = allowed
  const words = useDraft<Worded>(`notice:${view.id}:${stepKey}:${unitId}`, {})
  const draft = view.staff?.noticeDrafts.find((each) => each.stepKey === stepKey && each.unitId === unitId)
  const isStillAllowed = view.staff?.allowed.some((each) => sameTarget(each, allowed)) && draft !== undefined
  const { lead, done } = formOf('publish-notice')
  const worded = words.draft
  const [isMissed, setMissed] = useState(false)
  const publish = async () => {
    const empty = draft?.told.find((each) => isBlank(each, worded))
    setMissed(empty !== undefined)
    if (empty) return platform.reveal(`field-notice-${empty.key}`)
    const own = (draft?.told ?? []).flatMap((each) => {
      const as = wordedAs(each, worded)
      return as === undefined ? [] : [[each.key, as] as const]
    })
    const tells = own.length > 0 ? { tells: Object.fromEntries(own) } : {}
    const body = { action, stepKey, unitId, version: view.version, ...tells }
    if (!(await act.send('actions', body, done))) return
    words.forget()
    onClose()
  }
  return (
    <View className='settling'>
      <Sheet title='发布公示' onClose={onClose}>
        <View className='small muted mt-1'>
          {view.plainName} · {namedWords(view)} · {allowed.stepName}
        </View>
        <InWhoseName view={view} allowed={allowed} />
        <View className='mt-3'>{lead}</View>
        <View className='settle mt-3'>
          {draft && (
            <View className='settle__papers'>
              <NoticePaper draft={draft} worded={worded} />
            </View>
          )}
          <View className='settle__acts'>
            {draft?.told
              .filter((told) => told.worded)
              .map((told) => (
                <NoticeWords
                  key={told.key}
                  told={told}
                  worded={worded}
                  isMissed={isMissed}
                  isWrong={act.trouble?.code?.startsWith('case.notice-') === true}
                  onChange={(as) => words.change({ ...worded, [told.key]: { of: told.words, as } })}
                />
              ))}
            <TroubleNotice trouble={act.trouble} view={view} isWritten={Object.keys(worded).length > 0} />
            <SheetActions>
              {isStillAllowed ? (
                <Button
                  block
                  loading={act.isBusy ? '正在发，别关' : undefined}
                  onPress={() => void publish()}
                >
                  发布公示
                </Button>
              ) : (
                <Button block kind='secondary' onPress={onClose}>
                  现在不能这样办了，看最新的
                </Button>
              )}
            </SheetActions>
          </View>
        </View>
      </Sheet>
    </View>
  )
}
