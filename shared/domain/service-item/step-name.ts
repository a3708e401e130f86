/** 残疾评定（特别程序，暂停计时）：… -> 残疾评定: what a resident reads of a step's name, without its remarks. */
export const plainStepName = (name: string) => name.replace(/（[^）]*）?/g, '').split('：')[0] ?? name
