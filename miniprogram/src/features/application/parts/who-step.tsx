import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { type EntryPlace, OTHER, SELF, type Who } from './who'
import { CHANNEL_WORDS } from './who-words'

interface WhoStepProps {
  plainName: string
  places: readonly EntryPlace[]
  /** One may apply for somebody who gave no power. */
  forOthers: boolean
  onPlace: (place: EntryPlace) => void
  onWho: (who: Who) => void
  onLeave: () => void
}

/** For whom: asked of staff who type for others; everybody else begins with their own. */
export function WhoStep({ plainName, places, forOthers, onPlace, onWho, onLeave }: WhoStepProps) {
  return (
    <Page className='form-page' head={<NavBar title={plainName} onBack={onLeave} />}>
      <Lead title='给谁办？' note='点一下就到下一步。' />
      <CellGroup>
        {places.map((place) => (
          <Cell
            key={place.channel}
            icon='work'
            label={`来${place.unitName}办事的人`}
            note={`你替他填，记作“${CHANNEL_WORDS[place.channel]}”`}
            onPress={() => onPlace(place)}
          />
        ))}
        <Cell icon='person' label='我自己' note='你的事，由别人办' onPress={() => onWho(SELF)} />
        {forOthers && (
          <Cell
            icon='family'
            label='我家里人、别人'
            note='算你自己替他交，你不能办这件'
            onPress={() => onWho(OTHER)}
          />
        )}
      </CellGroup>
    </Page>
  )
}
