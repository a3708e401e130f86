import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import { isForOthers } from '#shared/domain/application/item-answers'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { openPage } from '../../../platform/navigation'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { shortDayWords } from '../../../ui/words/dates'
import { draftKeyOfItem, draftsOfOthers, findDraft, someoneElse } from './drafts'
import { wasSent } from './file-once'
import { type EntryPlace, SELF, type Who } from './who'
import { CHANNEL_WORDS, ownObstacle } from './who-words'

interface WhoStepProps {
  form: ApplicationForm
  places: readonly EntryPlace[]
  onPlace: (place: EntryPlace) => void
  onWho: (who: Who) => void
  onLeave: () => void
}

function Oneself({ form, places, onWho }: Pick<WhoStepProps, 'form' | 'places' | 'onWho'>) {
  const { duplicateCaseId, serviceItemId } = form
  const obstacle = ownObstacle(form)
  if (obstacle !== undefined)
    return (
      <Cell icon='person' label={<View className='muted'>给自己办</View>} note={`${obstacle}，还不能办`} />
    )
  const draftKey = draftKeyOfItem(serviceItemId, 'self')
  const isSent = wasSent(draftKey)
  if (duplicateCaseId !== null && !isSent) {
    return (
      <Cell
        icon='person'
        label='给自己办'
        note='这件事你已经在办了，不用再交一次'
        value={<View className='accent'>看办到哪</View>}
        onPress={() => openPage('features/case/timeline', { id: duplicateCaseId })}
      />
    )
  }
  const isBegun = findDraft(draftKey) !== undefined
  const note = isSent
    ? '点过提交，不知道交上没有。再点一次就知道'
    : isBegun
      ? '上次填的还在'
      : places.length > 0
        ? '你的事，由别人办'
        : undefined
  return <Cell icon='person' label='给自己办' note={note} onPress={() => onWho(SELF)} />
}

/** Each person for whom something is filled in already, and somebody new. */
function Others({ form, places, onWho }: Pick<WhoStepProps, 'form' | 'places' | 'onWho'>) {
  const drafts = draftsOfOthers(form.serviceItemId)
  return (
    <>
      {form.filedForOthers.map(({ caseId, applicantMasked }) => (
        <Cell
          key={caseId}
          icon='family'
          label={`你替${applicantMasked}申请的`}
          note='正在办，不用再交一次'
          value={<View className='accent'>看办到哪</View>}
          onPress={() => openPage('features/case/timeline', { id: caseId })}
        />
      ))}
      {drafts.map(({ key, whose, savedAt }) => (
        <Cell
          key={key}
          icon='family'
          label={whose === undefined ? '接着帮别人填' : `接着帮${whose}填`}
          note={`${shortDayWords(dayIn(savedAt))}存的，填的都在`}
          onPress={() => onWho({ kind: 'other', draftKey: key })}
        />
      ))}
      <Cell
        icon='family'
        label={drafts.length + form.filedForOthers.length === 0 ? '帮别人办' : '再帮一个人办'}
        note={places.length > 0 ? '算你自己替他交，你不能办这件' : '爸妈、孩子、邻居，写他的姓名和身份证号'}
        onPress={() => onWho(someoneElse(form.serviceItemId))}
      />
    </>
  )
}

/** For whom: the first question, wherever somebody else may be applied for. 行政许可法 第29条 */
export function WhoStep({ form, places, onPlace, onWho, onLeave }: WhoStepProps) {
  return (
    <Page className='form-page' head={<NavBar title={form.plainName} onBack={onLeave} />}>
      <Lead title='给谁办？' note='点一下就到下一步。' />
      <CellGroup>
        {places.map((place) => (
          <Cell
            key={place.channel}
            icon='work'
            label={`来${place.unitName}办事的人`}
            note={`你替他填，记作“${CHANNEL_WORDS[place.channel]}”`}
            onPress={() => onPlace(place)}
          />
        ))}
        <Oneself form={form} places={places} onWho={onWho} />
        {isForOthers(form) && <Others form={form} places={places} onWho={onWho} />}
      </CellGroup>
    </Page>
  )
}
