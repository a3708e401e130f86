/** Where a run of the tests notes the statements that it sent. */
export const STATEMENTS = 'dist/statements'
