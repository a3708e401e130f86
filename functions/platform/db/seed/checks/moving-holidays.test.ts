import chineseDays from 'chinese-days'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { statutoryDays } from '#shared/domain/time-limit/moving-holidays'

// The runtime's own lunar calendar (Intl) has the new year of 2027 and of 2030 a day off; this package has it as it was announced.
test('each holiday that goes by the moon or the sun is where the package has it', () => {
  for (let year = 2015; year <= 2099; year += 1) {
    const lunar = (day: string) => plainDate(chineseDays.getSolarDateFromLunar(`${year}-${day}`).date)
    const newYear = lunar('01-01')
    expect(
      Object.fromEntries(
        statutoryDays(year).flatMap(({ day, name }) => name.split('、').map((each) => [each, day])),
      ),
      `${year}`,
    ).toMatchObject({
      ...(year >= 2025 ? { 除夕: addDays(newYear, -1) } : {}),
      春节初一: newYear,
      春节初三: addDays(newYear, 2),
      清明: chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
      端午: lunar('05-05'),
      中秋: lunar('08-15'),
    })
  }
})
