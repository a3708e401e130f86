import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { Account } from '#shared/contract/account'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import { isForOthers } from '#shared/domain/application/item-answers'
import { goBack, openPage, replacePage, usePageParameter } from '../../../platform/navigation'
import { scrollToTop } from '../../../platform/scroll'
import { type Loaded, useRequest } from '../../../platform/use-request'
import { useShownAgain } from '../../../platform/use-shown-again'
import { LoadedView } from '../../../ui/feedback/loaded-view'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { asPage } from '../../../ui/layout/as-page'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { ClosedItem } from '../../application/parts/closed-item'
import {
  draftKeyOf,
  filedFrom,
  filedSoFar,
  findDraft,
  itemOfDraft,
  noteFiled,
  someoneElse,
} from '../../application/parts/drafts'
import { Entered } from '../../application/parts/entered'
import { EntryStep } from '../../application/parts/entry-step'
import { FormSteps } from '../../application/parts/form-steps'
import { KeptNotice } from '../../application/parts/kept-notice'
import { type EntryPlace, entryPlacesOf, isRelative, SELF, type Who } from '../../application/parts/who'
import { WhoStep } from '../../application/parts/who-step'
import { type Third, thirdOf } from '../../application/parts/who-words'
import { filedIn, isTheirs } from '../../service-item/parts/filed-words'
import '../../../ui/styles/upload.css'
import '../../application/parts/form.css'

const LEAST_LEVEL = 2

/** Who applies must be known by name; the form waits behind the register page and goes on when one comes back. */
function Gate({ form, onRegister }: { form: ApplicationForm; onRegister: () => void }) {
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    onRegister()
  })
  return (
    <Page
      head={<NavBar title={form.plainName} backTo='features/service-item/home' />}
      foot={
        <StickyActionBar>
          <Button onPress={onRegister}>去登记</Button>
        </StickyActionBar>
      }
    >
      <Card title='先登记，再填'>
        <View className='mt-2'>写上手机号、姓名和身份证号，1 分钟。登记好，回到这里接着填。</View>
      </Card>
    </Page>
  )
}

interface WhoseProps {
  form: ApplicationForm
  places: readonly EntryPlace[]
  onRegister: () => void
  onReload: () => unknown
}

const goHome = () => goBack('features/service-item/home')

/** For whom has more than one answer, or what was filed is told before another is begun. */
const isAsked = (form: ApplicationForm, places: readonly EntryPlace[]) =>
  places.length > 0 || isForOthers(form) || filedIn(form).filed.some(isTheirs)

/** Whom the way here names already: a draft that is gone on with, or one's own where nobody else can be. */
function firstWho(
  form: ApplicationForm,
  places: readonly EntryPlace[],
  { asked, draft = '' }: { readonly asked: string | undefined; readonly draft: string | undefined },
): Who | undefined {
  if (!isAsked(form, places)) return SELF
  // What runs of one's own, or was filed in one's place, is told first, unless one goes on with what is begun.
  const isTold =
    filedIn(form).filed.some(isTheirs) && findDraft(draftKeyOf(form.serviceItemId, SELF)) === undefined
  if (asked === 'self') return isTold ? undefined : SELF
  if (asked !== 'other' || !isForOthers(form)) return undefined
  const of = itemOfDraft(draft)
  return of?.who === 'other' && of.id === form.serviceItemId
    ? { kind: 'other', draftKey: draft }
    : someoneElse(form.serviceItemId)
}

/** From the question for whom it is to what it says once submitted. */
function Whose({ form, places, onRegister, onReload }: WhoseProps) {
  const asked = usePageParameter('who')
  const draft = usePageParameter('draft')
  const isNamed = asked === 'self' || asked === 'other'
  const [who, setWho] = useState(() => firstWho(form, places, { asked, draft }))
  const [place, setPlace] = useState(() => (asked === 'entry' ? places[0] : undefined))
  const [entered, setEntered] = useState<{ readonly created: CaseCreated; readonly third: Third }>()
  /** The draft is read anew with each. */
  const [round, setRound] = useState(0)
  const shown = [who?.kind, place?.channel, entered?.created.id].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them is another screen
  useEffect(() => scrollToTop(), [shown])
  if (form.openWindow?.open === false) return <ClosedItem form={form} onLeave={goHome} />
  const mustRegister = form.realNameLevel < LEAST_LEVEL
  if (who === undefined && mustRegister && places.length === 0) {
    return <Gate form={form} onRegister={onRegister} />
  }
  if (who === undefined) {
    return place === undefined ? (
      <WhoStep form={form} places={places} onPlace={setPlace} onWho={setWho} onLeave={goHome} />
    ) : (
      <EntryStep form={form} place={place} onDone={setWho} onBack={() => setPlace(undefined)} />
    )
  }
  if (entered)
    return (
      <Entered
        form={form}
        {...entered}
        isBarred={isRelative(who)}
        isHere={who.kind === 'entry' && who.came === 'person'}
      />
    )
  if (who.kind !== 'entry' && mustRegister) {
    return <Gate form={form} onRegister={onRegister} />
  }
  const draftKey = draftKeyOf(form.serviceItemId, who)
  const goOn = (draftId: string) => {
    const caseId = filedFrom(draftKey, draftId)
    if (caseId === undefined || findDraft(draftKey) !== undefined) return setRound(round + 1)
    return who.kind === 'entry'
      ? setWho(undefined)
      : replacePage('features/case/application/submitted', { id: caseId })
  }
  return (
    <FormSteps
      key={`${draftKey} ${round}`}
      form={form}
      who={who}
      onRegister={onRegister}
      onReload={onReload}
      onLeave={() => (isNamed || !isAsked(form, places) ? goHome() : setWho(undefined))}
      onFiled={(created, draftId, answers) => {
        noteFiled(draftKey, draftId, created.id)
        return who.kind === 'entry' && 'caseNumber' in created
          ? setEntered({ created, third: thirdOf(form, answers) })
          : replacePage('features/case/application/submitted', { id: created.id })
      }}
      onOvertaken={goOn}
    />
  )
}

/** Nobody's, where the account cannot be read: then one files for oneself. */
const placesOf = (account: Loaded<Account>) => (account.state === 'ready' ? entryPlacesOf(account.value) : [])

function FormPage() {
  const id = usePageParameter('id') ?? ''
  const path = `/api/service-items/${encodeURIComponent(id)}/form`
  const { loaded, reload } = useRequest<ApplicationForm>(path)
  const account = useRequest<Account>('/api/account')
  // A form that is open stays open, whatever becomes of a later request.
  const form = useRef<ApplicationForm>()
  if (loaded.state === 'ready') form.current = loaded.value
  const isAway = useRef(false)
  const filedWhenRead = useRef(filedSoFar())
  const register = () => {
    isAway.current = true
    openPage('features/account/register')
  }
  useShownAgain(() => {
    // The camera comes back here too; only the register page, and what was filed on a page above, change what is known.
    if (isAway.current || filedSoFar() !== filedWhenRead.current) void reload()
    isAway.current = false
    filedWhenRead.current = filedSoFar()
  })
  if (form.current && account.loaded.state !== 'loading') {
    return (
      <Whose form={form.current} places={placesOf(account.loaded)} onRegister={register} onReload={reload} />
    )
  }
  const waits = form.current ? account : { loaded, reload }
  return (
    <Page head={<NavBar title='填一填' backTo='features/service-item/home' />}>
      <LoadedView<unknown>
        loaded={waits.loaded}
        label='正在打开申请表'
        onRetry={waits.reload}
        cards={2}
        rows={0}
      >
        {() => null}
      </LoadedView>
      <KeptNotice loaded={waits.loaded} of={id} />
    </Page>
  )
}

export default asPage(FormPage)
