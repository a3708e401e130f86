import type { CaseView } from '#shared/contract/case'
import type { Reload } from '../../../features/case/parts/use-case-change'
import { AfterDecision } from './after-decision'
import { Approvals } from './approvals'
import { Answers, CaseHead, CaseWarnings, ChangedSince, Decision, Documents, Past, Steps } from './case-cards'
import { Clocks } from './clocks'
import { Delivery } from './delivery'
import { DepartmentDrafts } from './department-drafts'
import { InPlace } from './in-place'
import { LanesCell } from './lanes-cell'
import { Looks } from './looks'
import { Opinions } from './opinions'
import { Papers } from './papers'
import { Supplement } from './supplement'
import { type Clock, standsStillWords } from './words'

export interface ContentProps {
  view: CaseView
  onClock: (clock: Clock) => void
  onIdentity: () => void
  onChanged: Reload
  /** The case was taken back in the applicant's place. */
  onWithdrawn: (() => void) | undefined
}

/** One case below the other's head: the phone. */
export function CaseContent({ view, onClock, onIdentity, onChanged, onWithdrawn }: ContentProps) {
  // What was said before the notice went out makes way for what is to be done now.
  const isOpen = view.staff?.departmentDrafts?.open === true
  return (
    <>
      <CaseHead view={view} />
      <Clocks
        clocks={view.staff?.clocks ?? []}
        why={standsStillWords(view)}
        newDueOn={view.newDueOn}
        onOpen={onClock}
      />
      <CaseWarnings view={view} onIdentity={onIdentity} />
      <InPlace key={view.id} view={view} onChanged={onChanged} onDone={onWithdrawn} />
      <Approvals approvals={view.staff?.approvals ?? []} />
      <LanesCell view={view} />
      {isOpen && <DepartmentDrafts staff={view.staff} />}
      <Looks staff={view.staff} />
      <Supplement view={view} />
      <ChangedSince view={view} />
      <Opinions view={view} of='all' />
      <Answers view={view} />
      <Papers view={view} />
      {!isOpen && <DepartmentDrafts staff={view.staff} />}
      <Decision {...view} />
      <Delivery key={`delivery ${view.id}`} view={view} onChanged={onChanged} />
      <AfterDecision key={`after ${view.id}`} view={view} onChanged={onChanged} />
      <Steps steps={view.staff?.steps ?? []} />
      <Past view={view} />
      <Documents {...view} />
    </>
  )
}
