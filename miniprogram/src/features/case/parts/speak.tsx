import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { today } from '../../../platform/clock'
import { openPage } from '../../../platform/navigation'
import { useDraft } from '../../../platform/use-draft'
import { Agreement } from '../../../ui/form/agreement'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { ChangeTroubleView } from './change-trouble'
import { type Reload, useCaseChange } from './use-case-change'

type Revocation = NonNullable<CaseView['revocation']>

const countOf = (view: CaseView) => view.revocation?.statements.length ?? 0

/** The last day to speak is over: nothing is asked any more. */
const isTimeOver = ({ speakUntil }: Pick<Revocation, 'speakUntil'>) =>
  speakUntil !== null && speakUntil < today()

function Until({ speakUntil, speakDays, ofRefusal }: Revocation) {
  if (ofRefusal) return <>没批的决定要是撤销了，会重新作决定。有话要说，也写在这里。</>
  if (isTimeOver({ speakUntil }))
    return (
      <>
        说的日子到 <Day on={speakUntil ?? ''} />{' '}
        为止，过了。还没定撤不撤，定下来告诉你。定以前想补的，还能写在这里。
      </>
    )
  return (
    <>
      听完你说的再定，撤不撤都会告诉你。
      {speakUntil === null ? (
        `收到后 ${speakDays} 个工作日内说。`
      ) : (
        <>
          最晚 <Day on={speakUntil} />。
        </>
      )}
      那天和那天以前都能说，说过了也能补。到期没说，就按查到的情况定。
    </>
  )
}

const NOTHING_MORE = '我没有别的要说了，不用等到最后一天'

/** What is written here is read by whoever decides, and stands in the paper. 行政许可法 第7条 */
function Writing({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const words = useDraft(`statement:${view.id}`, '')
  const [wasTried, setTried] = useState(false)
  const [isAll, setAll] = useState(false)
  const before = countOf(view)
  const change = useCaseChange(
    view,
    {
      door: 'statement',
      done: '交上去了',
      isPossible: ({ revocation }) => revocation?.maySpeak === true,
      isDone: (fresh) => countOf(fresh) > before,
      onDone: () => {
        words.forget()
        words.change('')
        setTried(false)
        setAll(false)
      },
    },
    onChanged,
  )
  const isMissing = words.draft.trim().length < 2
  const send = () => {
    setTried(true)
    if (!isMissing) void change.start({ statement: words.draft.trim(), ...(isAll ? { isAll } : {}) })
  }
  return (
    <View className='mt-4'>
      <ReasonBox
        id='statement'
        label={before > 0 ? '还有话说' : '说说你的意见'}
        hint='哪里不对、有什么能证明，写在这里；不会写的，到窗口当面说'
        phrases={[]}
        value={words.draft}
        onChange={words.change}
        error={wasTried && isMissing ? '写一句你的意见' : undefined}
      />
      {view.revocation?.maySayAll === true && !isTimeOver(view.revocation) && (
        <View className='mt-3'>
          <Agreement isAgreed={isAll} onChange={setAll} label={NOTHING_MORE}>
            {NOTHING_MORE}
          </Agreement>
        </View>
      )}
      <ChangeTroubleView change={change} title='没交上' instead='写的还在。打电话，或者到窗口说。' />
      <View className='mt-3'>
        <Button block loading={change.isBusy ? '正在交，别关' : undefined} onPress={send}>
          交上去
        </Button>
      </View>
    </View>
  )
}

function wordsOf({ words, isWithheld }: Revocation['statements'][number]) {
  if (isWithheld) return '申请人说了意见'
  return words ?? '内容已经依法删除'
}

function Said({ statements }: Pick<Revocation, 'statements'>) {
  if (statements.length === 0) return null
  return (
    <View className='mt-3'>
      <View className='strong'>
        {statements.some(({ isWithheld }) => isWithheld) ? '说过的' : '你说的记下了'}
      </View>
      {[...statements.entries()].map(([at, said]) => (
        <View key={at} className='mt-1'>
          <View className='small muted'>
            <Day on={said.on} />
          </View>
          {wordsOf(said)}
        </View>
      ))}
    </View>
  )
}

/** A decision may be wrong and is to be revoked: why, until when one may speak, and what was said. */
export function Speak({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const { revocation, id } = view
  if (!revocation) return null
  const { own, reason, ground, cited, documentId, statements, maySpeak, isAsked } = revocation
  return (
    <>
      <Card
        className='mt-3'
        title={maySpeak && isAsked && !isTimeOver(revocation) ? '等你做：先听你说' : '准备撤销，还没有定'}
      >
        <View className='mt-2'>
          {own ? `${own.unitName}的“${own.name}”` : '原来的决定'}可能有错，准备撤销。
          {own && '别的几样不跟着撤；有以这一样为前提的，由批它的那一家另外看。'}
        </View>
        {reason !== null && <View className='mt-2'>为什么：{reason}</View>}
        <View className='small muted mt-1'>
          {ground}，根据{cited}
        </View>
        <View className='mt-2'>
          <Until {...revocation} />
        </View>
        {revocation.isHeldBack && (
          <View className='mt-2'>定下来以前，这笔钱先不发。不撤销的，照原来的补发。</View>
        )}
        <Said statements={statements} />
        {maySpeak && <Writing key={id} view={view} onChanged={onChanged} />}
      </Card>
      {documentId !== null && (
        <CellGroup className='mt-3'>
          <Cell
            icon='paper'
            label='看拟撤销告知书'
            note='理由、依据和你的权利，都写在上面'
            onPress={() => openPage('features/case/document', { case: id, id: documentId })}
          />
        </CellGroup>
      )}
    </>
  )
}
