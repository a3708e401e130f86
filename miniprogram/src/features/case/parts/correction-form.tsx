import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import type { Answer } from '#shared/domain/application/answers'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import type { FieldKind } from '#shared/domain/service-item/item'
import { openPage } from '../../../platform/navigation'
import { Notice } from '../../../ui/feedback/notice'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { Tag } from '../../../ui/surface/tag'
import { AnswerField } from '../../application/parts/answer-field'
import { FormContext, labelsOf } from '../../application/parts/form-context'
import { PaperPhotos } from '../../application/parts/photo-row'
import { PhotosTold } from '../../application/parts/photos-told'
import { callOf } from '../../service-item/parts/whom-to-call'
import { becauseWords } from '../../time-limit/parts/due-words'
import { outcomeLamp } from '../../time-limit/parts/outcome-lamp'
import { ForWhom } from './for-whom'
import { type CorrectionSheet, type SheetWays, useCorrection } from './use-correction'
import { listOf, useEscape } from './way-back'
import '../../../ui/styles/upload.css'
import '../../application/parts/form.css'

type Correction = NonNullable<CaseView['correction']>
type Item = Correction['items'][number]

interface ItemCardProps {
  item: Item
  number: number
  sheet: CorrectionSheet
  correction: Correction
}

const DONE_WORDS = { mended: '改好了', confirmed: '用原来的' } as const

const NUMBERS: readonly FieldKind[] = ['idcard', 'uscc', 'phone', 'bankcard']

function stayWords(kind: FieldKind) {
  if (kind === 'image') return '照片没错，就用它'
  return NUMBERS.includes(kind) ? '这个号没错，就用它' : '这样没错，就用它'
}

/** One thing to put right, with the words of whoever asked. */
function ItemCard({ item, number, sheet, correction }: ItemCardProps) {
  const state = sheet.stateOf(item)
  const isDone = state === 'mended' || state === 'confirmed'
  return (
    <Card
      className='mt-3'
      title={`${number}　${item.label}`}
      side={
        <Tag tone={isDone ? 'free' : 'must'} icon={isDone ? 'check' : undefined}>
          {isDone ? DONE_WORDS[state] : '要补'}
        </Tag>
      }
    >
      <View className='timeline__said mt-2'>
        “{item.reason}”
        <View className='caption faint mt-1'>
          {correction.byUnit}，<Day on={correction.askedOn} />
        </View>
      </View>
      <View className='mt-3' id={`field-${sheet.anchorOf(item)}`}>
        {item.kind === 'material' ? (
          <PaperPhotos paper={item} photos={sheet.scope.photos} />
        ) : (
          <FieldToMend item={item} sheet={sheet} correction={correction} />
        )}
      </View>
    </Card>
  )
}

function FieldToMend({ item, sheet, correction }: Omit<ItemCardProps, 'number'>) {
  const field = correction.fields.find(({ key }) => key === item.name)
  if (!field) return null
  const { answers, setAnswer, choices } = sheet.scope
  const filled = correction.answers[field.key]
  // What the box above shows is not said again, nor is it covered there.
  const before =
    JSON.stringify(filled) === JSON.stringify(answers[field.key])
      ? ''
      : describeAnswer(field, filled as Answer | undefined, labelsOf(choices), { unmasked: true })
  return (
    <>
      <AnswerField
        field={{ ...field, showWhen: null }}
        path={field.key}
        isTitled
        value={answers[field.key]}
        onChange={(value) => setAnswer(field.key, value)}
      />
      {before !== '' && <View className='small muted mt-2'>原来填的：{before}</View>}
      {sheet.stateOf(item) === 'unchanged' && (
        <Button kind='secondary' small className='mt-2' onPress={() => sheet.confirm(item)}>
          {stayWords(field.kind)}
        </Button>
      )}
    </>
  )
}

interface CorrectionFormProps {
  view: CaseView
  correction: Correction
  lists: Pick<ApplicationForm, 'choices' | 'slots' | 'today'>
  ways: SheetWays
}

/** 一次性告知 was said once: this one is another paper, for other things. */
const AskedAgain = ({ title, before }: { title: string; before: string }) => (
  <>
    <Day on={before} /> 已经要过一次，这是《{title}》，只要下面这些。
  </>
)

/** Only what the notice names: 行政许可法 第32条, all of it at once. */
export function CorrectionForm({ view, correction, lists, ways }: CorrectionFormProps) {
  const sheet = useCorrection(view, correction, lists, ways)
  useEscape(view.viewer === 'staff', 'staff/case/queue')
  const { words, call } = callOf(view)
  const { ask } = view
  const answered = ask?.answered ? ask.shortName + ask.answered.hours : correction.byUnit
  const { title, askedBefore, items, dueOn, dueBecause, consequence } = correction
  const notice = view.documents.find((each) => each.title === title && each.issuedOn === correction.askedOn)
  return (
    <FormContext.Provider value={sheet.scope}>
      <Page
        head={<NavBar title={view.plainName} backTo={listOf(view)} />}
        foot={
          <StickyActionBar {...sheet.note}>
            <Button loading={sheet.isBusy ? '正在交，别关' : undefined} onPress={sheet.main.onPress}>
              {sheet.main.words}
            </Button>
          </StickyActionBar>
        }
      >
        <ForWhom view={view} />
        <Lead
          title={
            <>
              <DueLight {...outcomeLamp({ ...view, light: correction.light })} />
              <View className='mt-3'>
                {askedBefore ? '这次另外' : ''}补 {items.length} 样，就接着办
              </View>
            </>
          }
          note={
            <>
              {dueOn === null ? (
                becauseWords(dueBecause)
              ) : (
                <>
                  最晚 <Day on={dueOn} /> 交上来
                </>
              )}
              。{askedBefore ? <AskedAgain title={title} before={askedBefore} /> : '要补的一次说全。'}
            </>
          }
        />
        <PhotosTold photos={sheet.scope.photos} saving={sheet.saving} />
        {correction.reason !== '' && <Notice icon='message'>{correction.reason}</Notice>}
        {items.map((item, at) => (
          <ItemCard
            key={`${item.kind} ${item.name}`}
            item={item}
            number={at + 1}
            sheet={sheet}
            correction={correction}
          />
        ))}
        {sheet.commitCard}
        {sheet.trouble && (
          <View className='mt-3'>
            <TroubleView
              trouble={sheet.trouble}
              title='没交上去'
              kept='你补的都还在。'
              onRetry={sheet.retry}
              instead={sheet.newest}
            />
          </View>
        )}
        <View className='mt-3'>
          <Notice tone='bare'>这次只补这些，别的不用再交。</Notice>
          <Notice tone='bare' icon='bell'>
            {consequence}
          </Notice>
        </View>
        {view.viewer !== 'staff' && (
          <CellGroup className='mt-3'>
            <Cell icon='phone' label={`看不明白？${words}`} note={answered} onPress={call} />
            {notice && (
              <Cell
                icon='paper'
                label={`看盖章的${title}`}
                onPress={() => openPage('features/case/document', { case: view.id, id: notice.id })}
              />
            )}
          </CellGroup>
        )}
      </Page>
    </FormContext.Provider>
  )
}
