import { View } from '@tarojs/components'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { openPage, replacePage } from '../../../platform/navigation'
import { copy } from '../../../ui/feedback/copy'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Icon } from '../../../ui/surface/icon'
import { caseNumberWords } from '../../../ui/words/case-number'
import { BookedLine } from '../../time-limit/parts/booked'
import { DueWords } from '../../time-limit/parts/due-words'
import { foundWords, type Third } from './who-words'

interface EnteredProps {
  form: ApplicationForm
  created: CaseCreated
  third: Third
  isBarred: boolean
  /** The applicant stands at the counter. */
  isHere: boolean
}

/** What can be done of it while whoever came is still there. */
function Identity({ id, isHere, isBarred }: Pick<EnteredProps, 'isHere' | 'isBarred'> & { id: string }) {
  if (isBarred) return <>还差核身份，由同事来核。</>
  if (!isHere) return <>还差核身份：批以前，申请人带身份证来核，或者自己在微信里核。</>
  return (
    <>
      <View className='strong'>还差核身份：人和身份证都在，现在就核。</View>
      <View className='mt-3'>
        <Button kind='secondary' block onPress={() => replacePage('staff/case/case', { id })}>
          去核身份
        </Button>
      </View>
    </>
  )
}

/** What whoever typed it reads once it is submitted: the case itself may be closed to them, so nothing is asked for. */
export function Entered({ form, created, third, isBarred, isHere }: EnteredProps) {
  const { id, caseNumber, dueOn, dueBecause, apart, booked, identityAwaited } = created
  const isPersonAwaited = identityAwaited && applicantFieldsOf(form).kind === 'person'
  return (
    <Page
      className='form-page'
      head={<NavBar title='收到了' backTo='staff/case/queue' />}
      foot={
        <StickyActionBar>
          <Button onPress={() => replacePage('staff/case/queue')}>回到办件</Button>
        </StickyActionBar>
      }
    >
      <View className='page__lead center'>
        <Icon name='done' size='huge' className='accent' />
        <View className='heading mt-2'>替{third}交上去了</View>
        <View className='page__lead-note'>
          <DueWords
            dueOn={dueOn}
            dueBecause={dueBecause}
            apart={apart}
            isBooking={Boolean(booked)}
            isIdentityAwaited={isPersonAwaited}
            strong
          />
        </View>
      </View>
      {isBarred && (
        <Notice icon='swap' className='mb-3'>
          你们是亲属，这件由别人办，你在“办件”里看不到它。编号先抄给{third}。
        </Notice>
      )}
      {isPersonAwaited && (
        <Card className='mb-3'>
          <Identity id={id} isHere={isHere} isBarred={isBarred} />
        </Card>
      )}
      <Card>
        <View className='row row--between gap-3'>
          <View className='grow'>
            <View className='small muted'>办件编号，告诉申请人</View>
            <View className='strong figure'>{caseNumberWords(caseNumber)}</View>
          </View>
          <Button kind='quiet' small onPress={() => void copy('办件编号', caseNumber)}>
            复制
          </Button>
        </View>
        <BookedLine of={created} />
        <View className='card__line' />
        <View className='small muted'>{foundWords(form, third)}</View>
      </Card>
      <CellGroup className='mt-3'>
        {!isBarred && (
          <Cell
            icon='paper'
            label='给他回执'
            note='打小票，或者打 A4'
            onPress={() => openPage('features/case/receipt', { id })}
          />
        )}
        {!isBarred && <Cell label='看这一件' onPress={() => replacePage('staff/case/case', { id })} />}
        <Cell label='再替人填一件' onPress={() => replacePage('staff/case/entry')} />
      </CellGroup>
    </Page>
  )
}
