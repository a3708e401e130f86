import { View } from '@tarojs/components'
import { useState } from 'react'
import type { WorkReplies } from '#shared/contract/replies'
import { isSomebodys, REPLY_LENGTH } from '#shared/domain/organization/replies'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { SearchBox } from '../../../ui/form/search-box'
import { TextArea } from '../../../ui/form/text-input'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { useFoundItems } from './use-found-items'

export type Reply = WorkReplies['units'][number]['lists'][number]['replies'][number]

export const EMPTY: Reply = { words: '', itemId: null, itemName: null }
const MOST_FOUND = 6

function faultOf({ words, itemId }: Reply, others: readonly Reply[]) {
  if (words.trim().length < 2) return '写一句，至少 2 个字'
  if (isSomebodys(words)) return '证件、手机、银行卡、办件的号码不能写进来；单位电话的区号后面加一横'
  const isThere = others.some((each) => each.words === words.trim() && each.itemId === itemId)
  return isThere ? '这一句已经有了' : undefined
}

type OfItem = Pick<Reply, 'itemId' | 'itemName'>

/** The items that are found by words, the first of all until some are typed. */
function Items({ onPick }: { onPick: (of: OfItem) => void }) {
  const [words, setWords] = useState('')
  const { found, retry } = useFoundItems(words)
  return (
    <>
      <View className='cell'>
        <SearchBox placeholder='找事项' value={words} onChange={setWords} />
      </View>
      {(found.items ?? []).slice(0, MOST_FOUND).map(({ id, plainName }) => (
        <Cell
          key={id}
          label={plainName}
          arrow='none'
          onPress={() => onPick({ itemId: id, itemName: plainName })}
        />
      ))}
      {found.items?.length === 0 && <Cell label='没有这样的事项，换个说法' />}
      {found.trouble && <Cell label='没取到事项，再试一次' onPress={retry} />}
    </>
  )
}

/** For which item the words are: for all until one is chosen. */
function ItemPick({ reply, onPick }: { reply: Reply; onPick: (of: OfItem) => void }) {
  const [isOpen, setOpen] = useState(false)
  const pick = (of: OfItem) => {
    onPick(of)
    setOpen(false)
  }
  return (
    <CellGroup className='mt-3'>
      <Cell
        label='用在'
        value={reply.itemName ?? '所有事项'}
        arrow={isOpen ? 'up' : 'down'}
        onPress={() => setOpen(!isOpen)}
      />
      {isOpen && reply.itemId !== null && (
        <Cell label='所有事项' arrow='none' onPress={() => pick({ itemId: null, itemName: null })} />
      )}
      {isOpen && <Items onPick={pick} />}
    </CellGroup>
  )
}

/** What is being worded, in place of `of`. */
export interface Draft {
  readonly of: Reply | 'new'
  readonly reply: Reply
}

interface EditorProps {
  draft: Draft
  /** Whatever is typed, so that it is still there after a look at another list. */
  onDraft: (draft: Draft) => void
  others: readonly Reply[]
  isBusy: boolean
  onSave: (reply: Reply) => void
  onClose: () => void
}

export function ReplyEditor({ draft, onDraft, others, isBusy, onSave, onClose }: EditorProps) {
  const { of } = draft
  const [reply, show] = useState(draft.reply)
  const setReply = (next: Reply) => {
    show(next)
    onDraft({ of, reply: next })
  }
  const [wasTried, setTried] = useState(false)
  const fault = faultOf(reply, others)
  const save = () => {
    setTried(true)
    if (fault === undefined) onSave({ ...reply, words: reply.words.trim() })
  }
  return (
    <Card title={of === 'new' ? '加一句' : '改这一句'} className='mt-3'>
      <Field
        id='reply'
        label='怎么写'
        hint='写申请人看得懂的话，不写人名'
        error={wasTried ? fault : undefined}
      >
        <TextArea
          id='reply'
          label='怎么写'
          value={reply.words}
          maxLength={REPLY_LENGTH}
          onChange={(words) => setReply({ ...reply, words })}
          isWrong={wasTried && fault !== undefined}
        />
      </Field>
      <ItemPick reply={reply} onPick={(item) => setReply({ ...reply, ...item })} />
      <View className='row gap-2 mt-3'>
        <Button small loading={isBusy ? '正在存' : undefined} onPress={save}>
          存好
        </Button>
        <Button small kind='quiet' onPress={onClose}>
          不改了
        </Button>
      </View>
    </Card>
  )
}
