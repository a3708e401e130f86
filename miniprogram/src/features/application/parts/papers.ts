import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { insteadOf } from '#shared/domain/service-item/for-children'
import type { Material } from '#shared/domain/service-item/item'
import { isTaken, type Photo, type PhotoBox, type Photos, uploadedIds } from './photos'

/** Where the photos of a paper are kept; no field's path looks like it. */
export const placeOfPaper = (name: string) => `paper:${name}`

interface Side {
  readonly place: string
  /** Null for a paper that is no card. */
  readonly name: '正面' | '反面' | null
}

/** A card has two, each with a place of its own, so that one can be taken again. */
export const sidesOf = ({ name, sides }: Pick<Material, 'name' | 'sides'>): readonly Side[] =>
  sides === 2
    ? [
        { place: placeOfPaper(name), name: '正面' },
        { place: `${placeOfPaper(name)}/反面`, name: '反面' },
      ]
    : [{ place: placeOfPaper(name), name: null }]

type Paper = Pick<Material, 'name' | 'sides'>

const photosOf = (paper: Paper, of: (place: string) => readonly Photo[] | undefined) =>
  sidesOf(paper).flatMap(({ place }) => of(place) ?? [])

/** Both sides may be on one photo: one is enough for the office, which asks where it is not. */
export const isPaperTaken = (paper: Paper, of: (place: string) => readonly Photo[] | undefined) =>
  isTaken(photosOf(paper, of))

/** Of a card of which something was photographed: the sides that were not. */
export const sidesLeft = (paper: Paper, of: (place: string) => readonly Photo[] | undefined) =>
  sidesOf(paper).flatMap(({ place, name }) => (name === null || isTaken(of(place)) ? [] : [name]))

export interface AskedPaper extends Material {
  /** What a child without such a card photographs. */
  readonly instead: string | null
}

/** As it is asked of whoever applies, as far as they are known: of a child it may be one page, unless the back is there. */
export function askedOf(
  material: Material,
  birth: PlainDate | null,
  today: PlainDate,
  of: (place: string) => readonly Photo[] | undefined,
): AskedPaper {
  const instead = insteadOf(material, birth, today)
  const back = sidesOf(material)[1]
  const isOnePage = instead !== null && birth !== null && !(back && isTaken(of(back.place)))
  return { ...material, instead, sides: isOnePage ? 1 : material.sides }
}

/** Photographed in vain: refused, and to be taken again. */
export const isPaperRefused = (paper: Paper, { byPlace }: Photos) => {
  const photos = photosOf(paper, (place) => byPlace[place])
  return photos.length > 0 && !isTaken(photos)
}

/** The papers that were photographed, as the server wants them. */
export const materialsOf = (
  materials: readonly (Pick<Material, 'name'> & Partial<Paper>)[],
  photos: PhotoBox,
) =>
  materials.flatMap(({ name, sides = 1 }) => {
    const files = uploadedIds(photosOf({ name, sides }, photos.of))
    return files.length > 0 ? [{ name, files }] : []
  })
