import type * as desk from './desk-decision.h5'

export const DeskDecision: typeof desk.DeskDecision = () => <></>
export const DecisionKeys: typeof desk.DecisionKeys = () => <></>
