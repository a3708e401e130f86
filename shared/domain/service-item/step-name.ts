/** 残疾评定（特别程序，暂停计时）：… -> 残疾评定: what a resident reads of a step's name, without its remarks. */
export const plainStepName = (name: string) => name.replace(/（[^）]*）?/g, '').split('：')[0] ?? name

/** 乡镇审核 -> 审核: what is done, where the unit that does it stands beside. */
export const stepDeed = (name: string) => plainStepName(name).replace(/^(乡镇|村级|县级|窗口)/, '')
