import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { RELATION_LABELS } from '#shared/contract/case.labels'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { documentName } from '../../../features/case/parts/document-name'
import { untilTakenBack } from '../../../features/case/parts/until-taken-back'
import { pressable } from '../../../platform/aria'
import { openPage } from '../../../platform/navigation'
import { classNames } from '../../../ui/class-names'
import { Notice } from '../../../ui/feedback/notice'
import { DueLight } from '../../../ui/progress/due-light'
import { Timeline, type TimelineItem } from '../../../ui/progress/timeline'
import { Card } from '../../../ui/surface/card'
import { WithDays } from '../../../ui/surface/day'
import { Rows } from '../../../ui/surface/rows'
import { dayWords, momentDay, momentWords, shortDayWords } from '../../../ui/words/dates'
import { nearestLight } from './clocks'
import { DisownedNotice } from './disowned-notice'
import {
  enteredWords,
  identityWays,
  identityWords,
  isOver,
  isRefused,
  namedWords,
  outcomeWords,
} from './words'

type Staff = NonNullable<CaseView['staff']>
type Run = Staff['steps'][number]

export function CaseHead({ view }: { view: CaseView }) {
  const { light, words } = nearestLight(view)
  const until = untilTakenBack(view.takingBack?.by ?? null)
  const entered = enteredWords(view.staff)
  return (
    <View className='case-head'>
      <View className='row row--between row--wrap gap-3'>
        <View className='title'>{view.plainName}</View>
        <DueLight light={light} words={words} />
      </View>
      <View className='small muted mt-1'>
        {[namedWords(view), view.villageName, view.filedByOther && '别人代交'].filter(Boolean).join(' · ')}
      </View>
      <View className='caption muted figure'>
        {view.caseNumber} · {momentWords(view.filedAt)} 提交
      </View>
      {entered !== '' && <View className='caption muted'>{entered}</View>}
      {!isOver(view) && <View className='strong mt-1'>{view.nowText}</View>}
      {view.decisionAwaits !== undefined && (
        <View className='small mt-1'>
          <WithDays words={view.decisionAwaits} />
        </View>
      )}
      {until !== null && (
        <View className='small mt-1'>
          <WithDays words={until} />
        </View>
      )}
    </View>
  )
}

const UNCONFIRMED = {
  person: {
    title: '申请人的身份还没核过',
    words: '没核身份，不能准予、发钱。',
  },
  unnamed: {
    title: '先写明给谁办',
    words:
      '文书要写给人：没写明，不能受理、不予受理、要补材料、准予、不予、终止。核身份时把姓名和身份证号写上。',
  },
  // What nobody applied for may be ended without anybody.
  'disowned-unnamed': {
    title: '要往下办，先写明给谁办',
    words: '没写明，不能受理、不予，可以终止。核身份时写上真正申请的人的姓名和身份证号。',
  },
  firm: {
    title: '还没看到这家企业的委托',
    words: '没有委托，不能准予、发钱。让来办的人带委托书，或者法定代表人自己来窗口。',
  },
} as const

interface UnconfirmedProps {
  view: CaseView
  className: string
  /** Where it can be put right at once. */
  onIdentity?: (() => void) | undefined
}

/** Who the applicant is, or whether a firm sent whoever acts for it, is not shown yet. */
export function Unconfirmed({ view, className, onIdentity }: UnconfirmedProps) {
  const { staff, identityConfirmed, applicantKind, decision } = view
  if (!staff || identityConfirmed || isOver(view) || decision || (staff.disowned && !staff.applicantUnnamed))
    return null
  const nobody = staff.disowned ? 'disowned-unnamed' : 'unnamed'
  const kind = staff.applicantUnnamed ? nobody : applicantKind
  const { title, words } = UNCONFIRMED[kind]
  return (
    <Notice
      tone='soon'
      icon='idcard'
      title={staff.powerEnded ? '委托已到期' : title}
      className={className}
      action={
        staff.mayConfirmIdentity && onIdentity
          ? { words: identityWords(view), onPress: onIdentity }
          : undefined
      }
    >
      {staff.powerEnded
        ? '替这家单位办事的委托到期了，不能准予、发钱。带新的委托书和身份证到窗口核。'
        : `${words}${kind === 'person' ? identityWays(staff) : ''}`}
    </Notice>
  )
}

/** 回避: whoever decides knows of it too. */
export function Declared({ view: { staff }, className }: Pick<UnconfirmedProps, 'view' | 'className'>) {
  if (!staff || staff.declared.length === 0) return null
  return (
    <Notice tone='info' icon='idcard' title='申请人说有亲属在这里工作' className={className}>
      {staff.declared.map(({ name, kind }) => `${name}（${RELATION_LABELS[kind]}）`).join('、')}
    </Notice>
  )
}

/** Whose people have to decide; what one of several organs has refused, which another may have to go by. */
const Refusals = ({ view: { staff } }: { view: CaseView }) =>
  [...(staff?.organsAwaited ?? []), ...(staff?.refusals ?? [])].map(({ title, words }) => (
    <Notice key={title} tone='late' title={title} className='mt-3'>
      {words}
    </Notice>
  ))

/** What must be seen before one acts: who the applicant is, and whether the same is under way already. */
export function CaseWarnings({ view, onIdentity }: { view: CaseView; onIdentity: () => void }) {
  const { staff, correction } = view
  if (!staff) return null
  const others = staff.duplicates.length + staff.hiddenDuplicates
  return (
    <>
      <Refusals view={view} />
      {view.nudgedAt !== undefined && (
        <Notice icon='urge' className='mt-3'>
          申请人 {shortDayWords(momentDay(view.nudgedAt))} 催过
        </Notice>
      )}
      <Unconfirmed view={view} className='mt-3' onIdentity={onIdentity} />
      {staff.capacityWarning && (
        <Notice tone='soon' icon='idcard' title='问清楚年龄' className='mt-3'>
          {staff.capacityWarning}
        </Notice>
      )}
      {view.commitment && !view.commitment.fits && (
        <Notice tone='soon' icon='pen' title='保证管不到改过的地方' className='mt-3'>
          {view.commitment.words}
        </Notice>
      )}
      <DisownedNotice view={view} className='mt-3' />
      {staff.checkFailed && (
        <Notice tone='late' title={CHECK_FAILED} className='mt-3'>
          {dayWords(staff.checkFailed.on)} {staff.checkFailed.by}查的。理由：{staff.checkFailed.reason}
          <View className='mt-1'>
            责令改正，还是撤销决定，由作决定的单位定。要撤销的，先发拟撤销告知书，听申请人说了再定。
          </View>
        </Notice>
      )}
      <Declared view={view} className='mt-3' />
      {correction && (
        <Notice tone='info' icon='pen' title={`等申请人补 ${correction.items.length} 样`} className='mt-3'>
          {correction.dueOn ? `最晚 ${dayWords(correction.dueOn)} 补。` : ''}
          {correction.items.map(({ kind, name, label, reason }) => (
            <View key={`${kind} ${name}`}>
              {label}：{reason}
            </View>
          ))}
        </Notice>
      )}
      {others > 0 && (
        <View className='card card--tight mt-3'>
          <View className='strong'>同一件事另外还有 {others} 件，对一对</View>
          {staff.duplicates.map(({ id, caseNumber, outcome, note }) => (
            <View key={id} className='look' {...pressable(() => openPage('staff/case/case', { id }))}>
              {[caseNumber, outcome.word, note].filter(Boolean).join(' · ')}
            </View>
          ))}
          {staff.hiddenDuplicates > 0 && (
            <View className='small muted mt-1'>
              {staff.duplicates.length > 0 && `其中 ${staff.hiddenDuplicates} 件`}在别处办，内容不归你看
            </View>
          )}
        </View>
      )}
    </>
  )
}

/** What was brought after it had been accepted: whoever decides looks at it again. */
export function ChangedSince({ view }: { view: CaseView }) {
  const changes = view.staff?.changedSince ?? []
  if (changes.length === 0) return null
  return (
    <Notice tone='soon' icon='pen' title='受理以后改过' className='mt-3'>
      {changes.map(({ at, who, note }) => (
        <View key={at}>
          {momentWords(at)} {who}
          {note}
        </View>
      ))}
    </Notice>
  )
}

/** Digits and stars take half the room of a character. */
const widthOf = (text: string) => [...text].reduce((sum, each) => sum + (each < '\u0100' ? 0.6 : 1), 0)

/** Half of a phone's card holds ten characters, half of a desk's fourteen. */
function cellClass(text: string) {
  const width = widthOf(text)
  if (width <= 10) return 'key-facts__cell'
  return classNames('key-facts__cell', width <= 14 ? 'key-facts__cell--wide' : 'key-facts__cell--full')
}

export function Answers({ view }: { view: CaseView }) {
  if (view.answers.length === 0) return null
  const changed = new Set(view.staff?.changedSince.flatMap(({ fields }) => fields))
  return (
    <Card title='申请内容' className='mt-3'>
      <View className='key-facts'>
        {view.answers.map(({ key, label, text, source, rows }) => (
          <View key={key} className={cellClass(text)}>
            <View className='key-facts__k'>{label}</View>
            <View className='key-facts__v'>
              <Rows text={text} rows={rows} />
            </View>
            {changed.has(key) && <View className='caption strong'>受理以后改过</View>}
            {source !== undefined && <View className='caption faint'>{source}</View>}
          </View>
        ))}
      </View>
    </Card>
  )
}

const RUN_STATES = { waiting: 'next', open: 'now', done: 'done', skipped: 'done' } as const

const partWords = (
  { followUp }: Run,
  { unitName, status, outcome, assigneeName, signingText }: Run['parts'][number],
) =>
  [
    unitName,
    status === 'open' ? '正在办' : outcomeWords(outcome, followUp),
    assigneeName && status === 'open' ? `指派给 ${assigneeName}` : '',
    signingText,
  ]
    .filter(Boolean)
    .join(' ')

export function Steps({ steps }: { steps: Staff['steps'] }) {
  const items = steps
    .filter(({ status }) => status !== 'skipped')
    .map(
      (run, at): TimelineItem => ({
        key: run.key,
        state: isRefused(run) ? 'no' : RUN_STATES[run.status],
        what: plainStepName(run.name),
        who: (
          <>
            {run.parts.map((part) => (
              <View key={part.unitName}>{partWords(run, part)}</View>
            ))}
          </>
        ),
        ...(run.status === 'waiting' ? { number: at + 1 } : {}),
      }),
    )
  return (
    <Card title='走到哪一步' className='mt-3'>
      <Timeline items={items} />
    </Card>
  )
}

export function Past({ view }: { view: CaseView }) {
  const items = view.timeline.map(
    ({ id, title, who, at, note, isNo }): TimelineItem => ({
      key: id,
      state: isNo ? 'no' : 'done',
      what: title,
      who,
      when: momentWords(at),
      ...(note === null ? {} : { said: note }),
    }),
  )
  return (
    <Card title='经过' className='mt-3'>
      <Timeline items={items} />
    </Card>
  )
}

export function Documents({ id: caseId, documents }: Pick<CaseView, 'id' | 'documents'>) {
  if (documents.length === 0) return null
  const read = (id: string) => openPage('features/case/document', { case: caseId, id })
  return (
    <Card title={`文书 ${documents.length} 份`} className='mt-3'>
      {documents.map(({ id, title, documentNumber, organName, issuedOn, mark }) => (
        <View
          key={id}
          className='document'
          {...pressable(() => read(id), { label: `看${documentName({ title, organName }, documents)}` })}
        >
          <View className='strong'>{title}</View>
          <View className='small muted figure'>{documentNumber}</View>
          <View className='small muted'>
            {organName} · {dayWords(issuedOn)}
          </View>
          {mark && <View className='small strong'>{mark.words}</View>}
        </View>
      ))}
    </Card>
  )
}

export function Decision({ decision, outcome, lanes }: Pick<CaseView, 'decision' | 'outcome' | 'lanes'>) {
  if (!decision) return null
  // Several organs have each decided their own part: whoever handed the papers over has granted and refused nothing.
  const isJoined = lanes?.units.some((unit) => unit.decision !== null) ?? false
  const { kind, organName, decidedOn, documentTitle, documentNumber, reason, remedy, howToGet } = decision
  return (
    <Card
      title={isJoined ? `统一出件，${outcome.word}` : kind === 'granted' ? '准予' : '不予'}
      side={<View className='small muted'>{dayWords(decidedOn)}</View>}
      className='mt-3'
    >
      <View>
        {organName}《{documentTitle}》
      </View>
      {documentNumber !== null && <View className='small muted figure'>{documentNumber}</View>}
      {reason !== null && <View className='mt-2'>理由：{reason}</View>}
      {remedy !== null && <View className='small muted mt-2'>{remedy}</View>}
      {howToGet !== '' && <View className='small muted mt-2'>{howToGet}</View>}
    </Card>
  )
}
