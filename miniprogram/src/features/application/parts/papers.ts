import type { Material } from '#shared/domain/service-item/item'
import { type PhotoBox, uploadedIds } from './photos'

/** Where the photos of a paper are kept; no field's path looks like it. */
export const placeOfPaper = (name: string) => `paper:${name}`

/** The papers that were photographed, as the server wants them. */
export const materialsOf = (materials: readonly Pick<Material, 'name'>[], photos: PhotoBox) =>
  materials.flatMap(({ name }) => {
    const files = uploadedIds(photos.of(placeOfPaper(name)))
    return files.length > 0 ? [{ name, files }] : []
  })
