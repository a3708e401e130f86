export { DOCUMENT_RULES } from './documents'
