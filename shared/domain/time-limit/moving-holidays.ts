import { addDays, type PlainDate, plainDate } from '../kernel/plain-date'

const FIRST_YEAR = 2015

/** Of each year from 2015 to 2099, without it: the first day of the lunar year, 清明, 端午, 中秋. */
const DAYS =
  '0219040506200927 0208040406090915 0128040405301004 0216040506180924 0205040506070913 0125040406251001 ' +
  '0212040406140921 0201040506030910 0122040506220929 0210040406100917 0129040405311006 0217040506190925 ' +
  '0206040506090915 0126040405281003 0213040406160922 0203040506050912 0123040506241001 0211040406120919 ' +
  '0131040406010908 0219040506200927 0208040506100916 0128040405301004 0215040406180924 0204040506070913 ' +
  '0124040505271002 0212040406140920 0201040406030910 0122040406220928 0210040506110917 0130040405311005 ' +
  '0217040406190925 0206040406080915 0126040505291004 0214040406150922 0202040406040911 0123040406230930 ' +
  '0211040506130919 0201040406010907 0219040406200926 0208040406100916 0128040505301005 0215040406170924 ' +
  '0204040406060913 0124040406251002 0212040506140921 0202040406030909 0121040406220928 0209040406110917 ' +
  '0129040506011006 0217040406190925 0205040406080915 0126040405281003 0214040506160923 0203040406040911 ' +
  '0123040406230929 0211040406130919 0131040506020908 0219040406200926 0207040406100916 0127040405301005 ' +
  '0215040406170924 0205040406060912 0124040406241001 0212040406140920 0202040406040910 0122040406220928 ' +
  '0209040406110917 0129040406011006 0217040406190926 0206040406070914 0126040405271003 0214040406150922 ' +
  '0203040406050911 0124040406230929 0210040406130918 0130040406020908 0218040406210927 0207040406090916 ' +
  '0127040405291005 0215040406170924 0205040406060913 0125040406240930 0212040406140920 0201040406040909 ' +
  '0121040406230929'

/** The day of each holiday that goes by the moon or the sun. Of a year that is not in the list nothing is known. */
function movingDays(year: number) {
  const of = DAYS.split(' ')[year - FIRST_YEAR]
  if (of === undefined) return null
  const at = (place: number) =>
    plainDate(`${year}-${of.slice(place, place + 2)}-${of.slice(place + 2, place + 4)}`)
  return { newYear: at(0), qingming: at(4), dragonBoat: at(8), midAutumn: at(12) }
}

export interface StatutoryDay {
  readonly day: PlainDate
  readonly name: string
}

/**
 * The days on which everybody is off: 全国年节及纪念日放假办法 第2条, thirteen of them from 2025 on (国务院令第795号), before it eleven,
 * without 除夕 and the second of May.
 */
export function statutoryDays(year: number): readonly StatutoryDay[] {
  const moving = movingDays(year)
  const isNew = year >= 2025
  const days: StatutoryDay[] = []
  const put = (day: PlainDate, name: string) => days.push({ day, name })
  const fixed = (day: string, name: string) => put(plainDate(`${year}-${day}`), name)
  fixed('01-01', '元旦')
  if (moving && isNew) put(addDays(moving.newYear, -1), '除夕')
  if (moving)
    for (const [at, name] of ['初一', '初二', '初三'].entries())
      put(addDays(moving.newYear, at), `春节${name}`)
  if (moving) put(moving.qingming, '清明')
  fixed('05-01', '劳动节')
  if (isNew) fixed('05-02', '劳动节')
  if (moving) put(moving.dragonBoat, '端午')
  for (const day of ['10-01', '10-02', '10-03'])
    fixed(day, moving?.midAutumn.slice(5) === day ? '国庆、中秋' : '国庆')
  if (moving && !days.some(({ day }) => day === moving.midAutumn)) put(moving.midAutumn, '中秋')
  return days
}
