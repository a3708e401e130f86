/** What the shown day promises: of a booking that it stands, since whoever booked it comes on a day of their own choice. */
export const promisedDeed = (isBooking: boolean) => (isBooking ? '定下来' : '办好')

/** Of a day that is promised, and that nobody who decides is there before. */
export const HARDLY_KEPT = '怕赶不上'
