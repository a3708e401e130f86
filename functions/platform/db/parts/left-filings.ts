import { type SQL, sql } from 'drizzle-orm'

/** Ids of cases that a former account of any WeChat account of the profile has left to be counted. */
export const leftFilings = (profileId: SQL): SQL => sql`(select l.case_id from wechat_identities i
  join left_filings l on l.wechat_index = i.wechat_index where i.profile_id = ${profileId})`
