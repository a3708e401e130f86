import { sealedIn } from '../../../platform/ports/sealed-in'
import { type Subject, wordsFor } from './subject'

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'application/pdf': '.pdf' }

/** The name with the ending of what is kept: a file that is saved must open. */
function keptName(name: string, contentType: string) {
  const ending = ENDINGS[contentType] ?? ''
  const fits = contentType === 'image/jpeg' ? /\.jpe?g$/i : /\.pdf$/i
  return ending === '' || fits.test(name) ? name : name.replace(/\.(png|webp|jpe?g|pdf)$/i, '') + ending
}

export function readableFiles({ read, ownAlone, principal }: Subject, ids: readonly string[]) {
  const held = ids.flatMap((id) => read.uploads.find((each) => each.id === id) ?? [])
  return { held, shown: held.filter(({ ownerId }) => !ownAlone || ownerId === principal.profileId) }
}

/** The files that the viewer may read, and a word for those that they may not. */
export function filesOf(subject: Subject, ids: readonly string[]) {
  const { caseRow, cipher } = subject
  const { held, shown } = readableFiles(subject, ids)
  return {
    files: shown.map(({ id, nameSealed, contentType }) => {
      const name = cipher.decrypt(nameSealed, sealedIn.uploadName(id))
      return {
        id,
        name: keptName(wordsFor(subject, name), contentType),
        contentType,
        url: `/api/cases/${caseRow.id}/files/${id}`,
      }
    }),
    withheld: shown.length < held.length ? '申请人本人交的' : null,
  }
}
