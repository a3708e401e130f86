import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import type { FiledBefore } from '#shared/contract/service-item'
import { isForOthers } from '#shared/domain/application/item-answers'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { openPage } from '../../../platform/navigation'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { WithDays } from '../../../ui/surface/day'
import { shortDayWords } from '../../../ui/words/dates'
import {
  filedIn,
  filedInShort,
  isTheirs,
  MORE_FILED,
  otherwise,
  STILL_TAKEN,
  seeWords,
  takesAnother,
} from '../../service-item/parts/filed-words'
import { draftKeyOfItem, draftsOfOthers, findDraft, someoneElse } from './drafts'
import { wasSent } from './sent-of'
import { type EntryPlace, SELF, type Who } from './who'
import { CHANNEL_WORDS, ownObstacle } from './who-words'

interface WhoStepProps {
  form: ApplicationForm
  places: readonly EntryPlace[]
  onPlace: (place: EntryPlace) => void
  onWho: (who: Who) => void
  onLeave: () => void
}

const FILED_LABELS = {
  own: () => '给自己办的',
  helped: (name: string, forFirm: boolean) => `别人替${forFirm ? name : '你'}办的`,
  other: (name: string) => `你替${name}申请的`,
  firm: (name: string) => `${name}的`,
} as const satisfies Record<FiledBefore['whose'], (name: string, forFirm: boolean) => string>

/** What was filed already leads to how it stands. */
function FiledCell({ filed, form }: { filed: FiledBefore; form: ApplicationForm }) {
  const { caseId, whose, forFirm, applicantMasked } = filed
  return (
    <Cell
      icon={whose === 'other' ? 'family' : forFirm ? 'work' : 'person'}
      label={FILED_LABELS[whose](applicantMasked, forFirm)}
      note={<WithDays words={filedInShort(filed, filedIn(form))} />}
      way={seeWords(filed)}
      onPress={() => openPage('features/case/timeline', { id: caseId })}
    />
  )
}

function Oneself({ form, places, onWho }: Pick<WhoStepProps, 'form' | 'places' | 'onWho'>) {
  const { filed, toldApartBy } = filedIn(form)
  const told = filed.filter(isTheirs)
  const cells = told.map((each) => <FiledCell key={each.caseId} filed={each} form={form} />)
  const obstacle = ownObstacle(form)
  if (obstacle !== undefined)
    return (
      <>
        {cells}
        <Cell icon='person' label={<View className='muted'>给自己办</View>} note={`${obstacle}，还不能办`} />
      </>
    )
  const draftKey = draftKeyOfItem(form.serviceItemId, 'self')
  const isSent = wasSent(draftKey)
  const begin = () => onWho(SELF)
  const kept = isSent
    ? '点过提交，不知道交上没有。再点一次就知道'
    : findDraft(draftKey) !== undefined
      ? '上次填的还在'
      : undefined
  if (told.length === 0) {
    const note = kept ?? (places.length > 0 ? '你的事，由别人办' : undefined)
    return <Cell icon='person' label='给自己办' note={note} onPress={begin} />
  }
  const another = toldApartBy === null ? STILL_TAKEN : otherwise(toldApartBy)
  const isAnother = takesAnother(filedIn(form))
  const label = isSent ? '上次填的' : isAnother ? '再办一件' : '接着填'
  return (
    <>
      {cells}
      {(isAnother || kept !== undefined) && (
        <Cell icon='pen' label={label} note={kept ?? another} onPress={begin} />
      )}
    </>
  )
}

/** Each person for whom something is filled in already, and somebody new. */
function Others({ form, places, onWho }: Pick<WhoStepProps, 'form' | 'places' | 'onWho'>) {
  const drafts = draftsOfOthers(form.serviceItemId)
  const { filed, toldApartBy } = filedIn(form)
  const helped = filed.filter((each) => !isTheirs(each))
  return (
    <>
      {helped.map((each) => (
        <FiledCell key={each.caseId} filed={each} form={form} />
      ))}
      {drafts.map(({ key, whose, savedAt }) => (
        <Cell
          key={key}
          icon='family'
          label={whose === undefined ? '接着帮别人填' : `接着帮${whose}填`}
          note={<WithDays words={`${shortDayWords(dayIn(savedAt))}存的，填的都在`} />}
          onPress={() => onWho({ kind: 'other', draftKey: key })}
        />
      ))}
      <Cell
        icon='family'
        label={
          drafts.length + helped.length === 0
            ? '帮别人办'
            : toldApartBy === null || helped.length === 0
              ? '再帮一个人办'
              : '再帮别人办一件'
        }
        note={
          places.length > 0
            ? '算你自己替他交，你不能办这件'
            : toldApartBy === null || helped.length === 0
              ? '爸妈、孩子、邻居，写他的姓名和身份证号'
              : `再帮一个人，或者同一个人${otherwise(toldApartBy)}`
        }
        onPress={() => onWho(someoneElse(form.serviceItemId))}
      />
    </>
  )
}

/** For whom: the first question, wherever somebody else may be applied for. 行政许可法 第29条 */
export function WhoStep({ form, places, onPlace, onWho, onLeave }: WhoStepProps) {
  return (
    <Page className='form-page' head={<NavBar title={form.plainName} onBack={onLeave} />}>
      {isForOthers(form) || places.length > 0 ? (
        <Lead title='给谁办？' note='点一下就到下一步。' />
      ) : (
        <Lead title='这件交过了' note='看办到哪，还是再办一件？' />
      )}
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
      {form.hasMoreFiled && <View className='foot-note'>{MORE_FILED}</View>}
    </Page>
  )
}
