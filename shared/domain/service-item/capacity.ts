import { birthOfIdNumber, isIdNumber } from '../kernel/digits'
import { ageOn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from './item'

/** 民法典 第17条 */
const FULL_AGE = 18

/**
 * For the desk, where the law of the item asks for civil capacity and the applicant is younger than eighteen; null for everybody
 * else. No bar: at sixteen whoever lives on their own work has it too (民法典 第18条), and only the desk can ask.
 */
export function capacityWarning(
  { capacityBasis }: Pick<ServiceItem, 'capacityBasis'>,
  idNumber: unknown,
  today: PlainDate,
): string | null {
  if (!capacityBasis || typeof idNumber !== 'string' || !isIdNumber(idNumber)) return null
  const birth = birthOfIdNumber(idNumber)
  if (birth === undefined || ageOn(birth, today) >= FULL_AGE) return null
  const law = `按${capacityBasis}，要有民事行为能力`
  return `申请人不满 ${FULL_AGE} 岁。${law}；满 16 岁、靠自己劳动收入生活的也算成年（民法典 第十八条）。先问清楚。`
}
