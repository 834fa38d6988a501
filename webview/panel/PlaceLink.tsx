import type { Place } from '../../src/trace/entry.ts'
import { placeName } from '../../src/trace/words.ts'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

/** A place in a file; a click asks the host to show it in an editor. */
export function PlaceLink({ place }: { place: Place }) {
  const store = useStore()
  const name = placeName(place)
  return (
    <button
      type="button"
      class="link place"
      title={`${place.file}${place.line === undefined ? '' : `:${place.line}`}`}
      aria-label={TEXTS.open(name)}
      onClick={() => store.send({ kind: 'open', place })}
    >
      {name}
    </button>
  )
}
