export { loadCalendar, type PublishedCalendar } from './calendar'
