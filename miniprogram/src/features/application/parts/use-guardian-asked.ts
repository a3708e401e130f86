import { useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { Trouble } from '../../../platform/api'
import { scrollToField } from '../../../platform/scroll'
import { CONSENT_FIRST, CONSENT_PLACE } from '../../../ui/feedback/consent-card'
import type { FormStep } from './steps'
import type { Who } from './who'

const takesPhotos = (step: FormStep) =>
  step.kind === 'papers' || (step.kind === 'fields' && step.fields.some(({ kind }) => kind === 'image'))

/**
 * A parent or guardian agrees before anything of a child goes out, photos too: as soon as one who named a child goes on, and
 * where photos are taken at once. What stands is asked for by the server alone. 个人信息保护法 第31条
 */
export function useGuardianAsked(
  { guardianConsents = [] }: Pick<ApplicationForm, 'guardianConsents'>,
  who: Who,
  namesChild: boolean,
  step: FormStep,
) {
  const [isAgreed, setAgreed] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const isNeeded = who.kind !== 'entry' && namesChild && guardianConsents.length > 0 && !isAgreed
  const isShown = isNeeded && (isAsked || takesPhotos(step))
  const trouble: Trouble | undefined = isShown
    ? {
        code: 'account.consent-needed',
        title: '先看协议，同意了再接着办',
        errors: [],
        consents: guardianConsents,
      }
    : undefined
  const ask = () => {
    setAsked(true)
    // The card is drawn first.
    setTimeout(() => scrollToField(CONSENT_PLACE))
  }
  /** Nothing is photographed before. */
  const isInTheWay = isShown && takesPhotos(step)
  return {
    isInTheWay,
    trouble,
    note: isNeeded && isAsked ? { note: CONSENT_FIRST, alert: true } : undefined,
    /** `goOn` takes what comes in its place where nothing else is wrong. */
    askFirst: (goOn: (instead?: () => unknown) => unknown) =>
      isInTheWay ? ask() : goOn(isNeeded ? ask : undefined),
    /** Whoever has agreed goes on, or begins to photograph where that waited. */
    agree: (goOn: () => unknown) => {
      setAgreed(true)
      return isInTheWay ? undefined : goOn()
    },
  }
}
