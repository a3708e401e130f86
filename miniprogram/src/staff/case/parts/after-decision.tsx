import { View } from '@tarojs/components'
import { useState } from 'react'
import type { DraftedPapers } from '#shared/contract/after-decision'
import type { CaseView } from '#shared/contract/case'
import type { Reload } from '../../../features/case/parts/use-case-change'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { RadioList } from '../../../ui/form/choice-list'
import { Field } from '../../../ui/form/field'
import { ReasonBox } from '../../../ui/form/reason-box'
import { TextInput } from '../../../ui/form/text-input'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import {
  type AfterAction,
  type AfterDecision as AfterDecisionOf,
  type AfterDraft,
  afterForm,
  asksBasis,
  asksFact,
  bodyOfAfter,
  choicesOf,
  draftOf,
  EMPTY_DRAFT,
  faultsOfAfter,
  isOfTheDead,
  meantBy,
  nameOn,
} from './after-decision-forms'
import { OfficialDocument } from './official-document'
import { InNameOf } from './share-choice'
import { TroubleNotice } from './trouble-notice'
import { type Act, ownAct, useAct } from './use-act'
import { namedWords } from './words'

interface FieldsProps {
  action: AfterAction
  after: AfterDecisionOf
  draft: AfterDraft
  onChange: (part: Partial<AfterDraft>) => void
  faults: ReturnType<typeof faultsOfAfter>
}

const whichWords = ({ unitName, name }: { unitName: string; name: string }) => `${unitName}的“${name}”`

/** Of several departments, whose decision is meant: nobody's is chosen beforehand. */
function WhoseField({ action, after, draft, onChange, faults }: FieldsProps) {
  const choices = choicesOf(action, after)
  const [first, ...others] = choices
  if (!first) return null
  if (others.length === 0) return <View className='mb-3 strong'>{whichWords(first)}</View>
  return (
    <Field id='whose' label='哪个单位的决定' error={faults.includes('whose') ? '选一个' : undefined}>
      <View className='mt-2'>
        <RadioList
          label='哪个单位的决定'
          options={choices.map(({ unitId, unitName, name }) => ({
            value: unitId,
            label: unitName,
            note: name,
          }))}
          value={meantBy(action, draft, after)?.unitId}
          onChange={(unitId) => onChange({ unitId })}
        />
      </View>
    </Field>
  )
}

/** Just what this act asks beside its reason. */
function AfterFields({ action, after, draft, onChange, faults }: FieldsProps) {
  const cites = after.bases.map(({ cited }) => cited)
  const isAlike = new Set(cites).size === 1
  if (asksBasis(action))
    return (
      <Field
        id='basis'
        label='属于哪一种'
        hint={[
          isAlike && `根据${cites[0]}。`,
          action === 'propose-revocation' && `告知书给申请人 ${after.speakDays} 个工作日陈述、申辩`,
        ]
          .filter(Boolean)
          .join('')}
        error={faults.includes('basis') ? '选一种' : undefined}
      >
        <View className='mt-2'>
          <RadioList
            label='属于哪一种'
            options={after.bases.map(({ basis, label, cited }) => ({
              value: basis,
              label,
              ...(isAlike ? {} : { note: cited }),
            }))}
            value={draft.basis}
            onChange={(basis) => onChange({ basis })}
          />
        </View>
      </Field>
    )
  if (action !== 'correct-decision') return null
  const box = (id: 'written' | 'corrected', label: string) => (
    <Field id={id} label={label} error={faults.includes(id) ? '写上' : undefined}>
      <TextInput
        id={id}
        label={label}
        maxLength={200}
        value={draft[id]}
        onChange={(value) => onChange({ [id]: value })}
        isWrong={faults.includes(id)}
      />
    </Field>
  )
  return (
    <>
      {box('written', '文书上的原文')}
      {box('corrected', '更正为')}
    </>
  )
}

type Papers = DraftedPapers['papers']

/** What goes out by the act, in its own words, before it is signed. */
function ReadFirst({ papers }: { papers: Papers }) {
  return (
    <>
      {papers.map(({ kind, recipient, ...paper }) => (
        <View key={kind} className='mt-3'>
          <OfficialDocument {...paper} {...(recipient === null ? {} : { to: recipient })} />
        </View>
      ))}
      <View className='small muted mt-3'>发出后收不回来，会通知申请人。这里遮住姓名，发出的写全。</View>
    </>
  )
}

interface SheetProps {
  view: CaseView
  after: AfterDecisionOf
  action: AfterAction
  act: Act
  onClose: () => void
}

function useAfterAct({ view, after, action, act, onClose }: SheetProps) {
  const form = afterForm(action, after, isOfTheDead(view))
  const { draft, change, forget } = useDraft<AfterDraft>(draftOf(view.id, action, after), EMPTY_DRAFT)
  const [wasTried, setTried] = useState(false)
  const [read, setRead] = useState<{ papers: Papers; version: number }>()
  const faults = faultsOfAfter(action, draft, after)
  const isStillAllowed = after.allowed.includes(action)
  // What was read is what goes out: of a case that has moved on it is read anew.
  const papers = read?.version === view.version && isStillAllowed ? read.papers : undefined
  const body = bodyOfAfter(action, draft, view.version, after)
  const send = async () => {
    if (!(await act.send('after-decision', body, form.done))) return
    forget()
    onClose()
  }
  const go = async () => {
    setTried(true)
    if (faults.length > 0) return
    if (!form.issues || papers) return send()
    const drafted = await act.papersOf(body)
    if (drafted) setRead({ papers: drafted, version: view.version })
  }
  return {
    form,
    draft,
    papers,
    isStillAllowed,
    shown: wasTried ? faults : [],
    onChange: (part: Partial<AfterDraft>) => change({ ...draft, ...part }),
    go,
    /** Back to what is written. */
    goBack: () => {
      ownAct(act, action).forget()
      setRead(undefined)
    },
  }
}

type Writing = ReturnType<typeof useAfterAct>

/** What is written of it. */
function Written({ after, action, writing }: Pick<SheetProps, 'after' | 'action'> & { writing: Writing }) {
  const { form, draft, shown, onChange } = writing
  return (
    <>
      <View className='mt-3'>{form.lead}</View>
      <View className='mt-4'>
        {asksFact(action, draft, after) && (
          <ReasonBox
            id='new-fact'
            label='上次定了不撤销，后来新查明了什么'
            phrases={[]}
            value={draft.newFact ?? ''}
            onChange={(newFact) => onChange({ newFact })}
            error={shown.includes('newFact') ? '写明新查明的' : undefined}
          />
        )}
        <WhoseField {...{ action, after, draft, onChange }} faults={shown} />
        <AfterFields {...{ action, after, draft, onChange }} faults={shown} />
        <ReasonBox
          label={form.asks}
          phrases={form.phrases}
          value={draft.text}
          onChange={(text) => onChange({ text })}
          error={shown.includes('text') ? form.missing : undefined}
        />
      </View>
    </>
  )
}

function AfterSheet(props: SheetProps) {
  const { view, after, action, act, onClose } = props
  const writing = useAfterAct(props)
  const { form, draft, papers, isStillAllowed, go, goBack } = writing
  // The second press of a double one is meant for what was there before.
  const heard = useHeard(papers)
  const isRead = form.issues !== true || papers !== undefined
  return (
    // Another sheet: read from its first line, and heard anew.
    <Sheet key={papers ? 'read' : 'written'} title={papers ? '看一遍再发' : form.label} onClose={onClose}>
      <View className='small muted mt-1'>
        {view.plainName} · {namedWords(view)}
      </View>
      <InNameOf name={nameOn(action, after)} />
      {papers ? <ReadFirst papers={papers} /> : <Written {...{ after, action, writing }} />}
      <TroubleNotice trouble={ownAct(act, action).trouble} view={view} isWritten={draft.text !== ''} />
      <SheetActions>
        {papers && (
          <Button block kind='secondary' onPress={goBack}>
            回去改
          </Button>
        )}
        {isStillAllowed ? (
          <Button
            block
            kind={form.danger && isRead ? 'danger' : 'primary'}
            loading={act.isBusy ? '正在交，别关' : undefined}
            onPress={heard(() => void go())}
          >
            {isRead ? form.label : '先看文书'}
          </Button>
        ) : (
          <Button block kind='secondary' onPress={onClose}>
            现在不能这样办了，看最新的
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}

function Proposed({ view: { revocation } }: { view: CaseView }) {
  if (!revocation) return null
  const { own, proposedOn, ground, cited, reason, statements, speakUntil, ofRefusal } = revocation
  return (
    <View className='mt-2'>
      <View className='strong'>
        {dayWords(proposedOn)} 拟撤销{own && whichWords(own)}：{ground}
      </View>
      <View className='small muted'>{cited}</View>
      {reason !== null && <View className='mt-1'>{reason}</View>}
      {statements.length === 0
        ? !ofRefusal && (
            <View className='mt-2'>
              申请人还没有说。{speakUntil !== null && `最晚 ${dayWords(speakUntil)}。`}
            </View>
          )
        : [...statements.entries()].map(([at, { on, words }]) => (
            <View key={at} className='mt-2'>
              <View className='small muted'>{dayWords(on)} 申请人说</View>
              {words ?? '内容已经依法删除'}
            </View>
          ))}
    </View>
  )
}

/** What is asked of the organ from above, until it answers. */
function Advised({ advice }: Pick<AfterDecisionOf, 'advice'>) {
  if (!advice) return null
  return (
    <View className='mt-2'>
      <View className='strong'>
        {dayWords(advice.on)} {advice.title}
        {advice.own && `（${whichWords(advice.own)}）`}：{advice.ground}
      </View>
      {advice.reason !== null && <View className='mt-1'>{advice.reason}</View>}
    </View>
  )
}

/** What may be done with a decision after it was signed, and what is under way with it. */
export function AfterDecision({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const after = view.staff?.afterDecision
  const act = useAct(view, onChanged)
  const [open, setOpen] = useState<AfterAction>()
  if (!after || (after.allowed.length === 0 && !view.revocation && !after.advice)) return null
  const begin = (action: AfterAction) => {
    act.forget()
    setOpen(action)
  }
  return (
    <>
      <Card title='决定作出以后' className='mt-3'>
        <Advised advice={after.advice} />
        <Proposed view={view} />
        {after.waitsBecause !== null && <View className='mt-2 strong'>{after.waitsBecause}</View>}
        {after.settleBy !== null && (
          <View className='small muted mt-2'>
            {after.advice ? '最晚答复' : '最晚定下来'}：{dayWords(after.settleBy)}
          </View>
        )}
        {after.allowed.length > 0 && (
          <CellGroup className='mt-2 cell-group--flush'>
            {after.allowed.map((action) => (
              <Cell
                key={action}
                label={afterForm(action, after, isOfTheDead(view)).label}
                note={afterForm(action, after, isOfTheDead(view)).note}
                onPress={() => begin(action)}
              />
            ))}
          </CellGroup>
        )}
      </Card>
      {open !== undefined && (
        <AfterSheet
          key={draftOf(view.id, open, after)}
          {...{ view, after, act }}
          action={open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}
