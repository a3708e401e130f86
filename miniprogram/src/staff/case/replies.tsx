import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import type { RepliesWritten, WorkReplies, WriteReplies } from '#shared/contract/replies'
import { DEFAULT_REPLIES, MOST_REPLIES, REPLY_ACTS, type ReplyAct } from '#shared/domain/organization/replies'
import { call, isUnanswered, type Trouble } from '../../platform/api'
import { useAction } from '../../platform/use-action'
import { useDraft } from '../../platform/use-draft'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { ChipTabs } from '../../ui/form/chip-tabs'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Tag } from '../../ui/surface/tag'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import './parts/case.css'
import { type Draft, EMPTY, type Reply, ReplyEditor } from './parts/reply-editor'
import { forgetReplies } from './parts/use-replies'

type Unit = WorkReplies['units'][number]

const ACTS = {
  'correction-material': '补材料',
  'correction-field': '改填写',
  'second-correction': '再次补正',
  decline: '不予受理',
  refuse: '不予',
  fail: '不通过',
  return: '退回',
  transfer: '转办',
  'require-rectification': '要求整改',
  suspend: '暂停计时',
  extend: '延长期限',
  'promise-anew': '定新日子',
} as const satisfies Record<ReplyAct, string>

const keyOf = ({ words, itemId }: Reply) => `${itemId} ${words}`
const asOwn = (words: string): Reply => ({ words, itemId: null, itemName: null })

const moved = (replies: readonly Reply[], from: number, to: number) => {
  const others = replies.filter((_, at) => at !== from)
  const one = replies[from]
  return one ? [...others.slice(0, to), one, ...others.slice(to)] : replies
}

/** What is being worded in one list, until it is written or given up. */
interface Kept {
  readonly draft: Draft | undefined
  readonly keep: (draft: Draft | undefined) => void
}

/** The list of one act, which is written whole: adding, wording, ordering, removing and undoing are one. */
function useList(unit: Unit, act: ReplyAct, { draft, keep }: Kept, reload: () => Promise<unknown>) {
  const list = unit.lists.find((each) => each.act === act)
  const replies = list?.replies ?? []
  const { isBusy, trouble, run, forget } = useAction()
  const [removed, setRemoved] = useState<{ readonly words: string; readonly before: readonly Reply[] }>()
  const [open, openEditor] = useState(draft?.of)
  const setOpen = (of: Draft['of'] | undefined) => {
    keep(of && { of, reply: of === 'new' ? EMPTY : of })
    openEditor(of)
  }
  const write = (next: readonly Reply[], gone?: string) => {
    const body: WriteReplies = {
      unitId: unit.unitId,
      act,
      version: list?.version ?? 0,
      replies: next.map(({ words, itemId }) => ({ words, itemId })),
    }
    void run(
      () => call<RepliesWritten>('POST', '/api/work/replies', body),
      async () => {
        setRemoved(gone === undefined ? undefined : { words: gone, before: replies })
        setOpen(undefined)
        forgetReplies()
        await reload()
      },
    )
  }
  // What somebody else has written meanwhile is not undone, nor written over.
  const readAnew = () => {
    forget()
    setRemoved(undefined)
    void reload()
  }
  const at = typeof open === 'object' ? replies.findIndex((each) => keyOf(each) === keyOf(open)) : -1
  const save = (reply: Reply) =>
    write(at < 0 ? [...replies, reply] : replies.map((each, on) => (on === at ? reply : each)))
  return { replies, isBusy, trouble, readAnew, removed, open, at, setOpen, write, save }
}

type List = ReturnType<typeof useList>

function OwnReply({ list, reply, at }: { list: List; reply: Reply; at: number }) {
  const { replies, isBusy, write, setOpen } = list
  const order = (label: string, to: number) => (
    <Button
      small
      kind='quiet'
      disabled={isBusy}
      label={`${label}：${reply.words}`}
      onPress={() => write(moved(replies, at, to))}
    >
      {label}
    </Button>
  )
  return (
    <Card tone='tight' className='mt-2'>
      <View>{reply.words}</View>
      {reply.itemName !== null && <Tag className='mt-1'>{`只在${reply.itemName}`}</Tag>}
      <View className='row row--wrap gap-2 mt-2'>
        <Button
          small
          kind='secondary'
          disabled={isBusy}
          label={`改：${reply.words}`}
          onPress={() => setOpen(reply)}
        >
          改
        </Button>
        {at > 0 && order('上移', at - 1)}
        {at < replies.length - 1 && order('下移', at + 1)}
        <Button
          small
          kind='quiet'
          disabled={isBusy}
          label={`删：${reply.words}`}
          onPress={() =>
            write(
              replies.filter((each) => each !== reply),
              reply.words,
            )
          }
        >
          删
        </Button>
      </View>
    </Card>
  )
}

/** What every unit has, as long as this one has nothing of its own. */
function Common({ act, mayWrite, list }: { act: ReplyAct; mayWrite: boolean; list: List }) {
  const words: readonly string[] = DEFAULT_REPLIES[act]
  return (
    <Card title='县里通用的' className='mt-3'>
      <View className='small muted'>
        {words.length > 0 ? '你们单位没写自己的，办件时选的是这几句。' : '没有通用的，办件时自己写。'}
      </View>
      {words.map((each) => (
        <View key={each} className='mt-2'>
          {each}
        </View>
      ))}
      {mayWrite && words.length > 0 && (
        <View className='mt-3'>
          <Button
            small
            kind='secondary'
            loading={list.isBusy ? '正在存' : undefined}
            onPress={() => list.write(words.map(asOwn))}
          >
            用这几句改成自己的
          </Button>
        </View>
      )}
    </Card>
  )
}

/** Of what was sent and not answered nobody knows here whether it is written. */
const troubleWords = (trouble: Trouble) =>
  isUnanswered(trouble)
    ? { title: '不知道存上没有', detail: '看一下最新的就知道，写的还在。' }
    : { title: trouble.title, detail: trouble.detail ?? '没有存上，写的还在。' }

function TroubleNotice({ trouble, onRead }: { trouble: Trouble; onRead: () => void }) {
  const { title, detail } = troubleWords(trouble)
  return (
    <Notice tone='late' className='mt-3' title={title} action={{ words: '看最新的', onPress: onRead }}>
      {detail}
    </Notice>
  )
}

interface ActListProps {
  unit: Unit
  act: ReplyAct
  kept: Kept
  reload: () => Promise<unknown>
}

function ActList({ unit, act, kept, reload }: ActListProps) {
  const list = useList(unit, act, kept, reload)
  const { replies, isBusy, trouble, readAnew, removed, open, at: openAt, setOpen, write, save } = list
  const editor = open && unit.mayWrite && (
    <ReplyEditor
      key={open === 'new' ? open : keyOf(open)}
      draft={kept.draft?.of === open ? kept.draft : { of: open, reply: open === 'new' ? EMPTY : open }}
      onDraft={kept.keep}
      others={replies.filter((_, at) => at !== openAt)}
      isBusy={isBusy}
      onSave={save}
      onClose={() => setOpen(undefined)}
    />
  )
  return (
    <>
      {trouble && <TroubleNotice trouble={trouble} onRead={readAnew} />}
      {removed && (
        <Notice
          tone='today'
          className='mt-3'
          action={{ words: '撤销', onPress: () => write(removed.before) }}
        >
          {`删了“${removed.words}”`}
        </Notice>
      )}
      {replies.length === 0 && <Common act={act} mayWrite={unit.mayWrite} list={list} />}
      {replies.map((reply, at) => {
        const key = keyOf(reply)
        if (at === openAt) return <View key={key}>{editor}</View>
        if (unit.mayWrite) return <OwnReply key={key} list={list} reply={reply} at={at} />
        return (
          <Card key={key} tone='tight' className='mt-2'>
            <View>{reply.words}</View>
            {reply.itemName !== null && <Tag className='mt-1'>{`只在${reply.itemName}`}</Tag>}
          </Card>
        )
      })}
      {openAt < 0 && editor}
      {unit.mayWrite && open === undefined && replies.length < MOST_REPLIES && (
        <View className='mt-3'>
          <Button block kind='secondary' onPress={() => setOpen('new')}>
            加一句
          </Button>
        </View>
      )}
    </>
  )
}

function Replies({ units, reload }: { units: readonly Unit[]; reload: () => Promise<unknown> }) {
  const [unitId, setUnitId] = useState(units[0]?.unitId ?? '')
  const [act, setAct] = useState<string>(REPLY_ACTS[0])
  const drafts = useDraft<Readonly<Record<string, Draft>>>('reply-drafts', {})
  const newest = useRef(drafts.draft)
  const unit = units.find((each) => each.unitId === unitId) ?? units[0]
  const chosen = REPLY_ACTS.find((each) => each === act) ?? REPLY_ACTS[0]
  if (!unit) return null
  const list = `${unit.unitId} ${chosen}`
  const kept: Kept = {
    draft: drafts.draft[list],
    // An answer that comes late finds what was typed in other lists meanwhile.
    keep: (draft) => {
      const { [list]: _own, ...others } = newest.current
      newest.current = draft ? { ...others, [list]: draft } : others
      drafts.change(newest.current)
    },
  }
  return (
    <>
      <Lead
        title='办件时点一下就写上的话'
        note={unit.mayWrite ? '写给本单位的人用，改了马上换上。' : '由本单位审批、联络员来写。'}
      />
      {units.length > 1 && (
        <ChipTabs
          label='单位'
          options={units.map((each) => ({ value: each.unitId, label: each.unitName }))}
          value={unit.unitId}
          onChange={setUnitId}
        />
      )}
      <ChipTabs
        label='办什么的时候'
        options={REPLY_ACTS.map((each) => ({ value: each, label: ACTS[each] }))}
        value={chosen}
        onChange={setAct}
      />
      <ActList key={list} unit={unit} act={chosen} kept={kept} reload={reload} />
    </>
  )
}

function StaffReplies() {
  const { loaded, reload } = useRequest<WorkReplies>('/api/work/replies')
  return (
    <Page className='staff-page' head={<NavBar title='办事用语' backTo='tabs/account/me' />}>
      <LoadedView loaded={loaded} label='正在取用语' onRetry={() => void reload()} cards={1} rows={3}>
        {({ units }) => <Replies units={units} reload={reload} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(StaffReplies)
