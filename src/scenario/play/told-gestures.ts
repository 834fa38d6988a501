import type { Gesture } from '../../trace/stage-entries.ts'
import type { StepWord } from '../schema/index.ts'

/** What a visitor does is an entry of the trace, so that a run can be recorded and played again; here in the words of the trace. */
export function gestureOf(word: StepWord, value: unknown): Gesture | undefined {
  const told = TOLD[word]
  return told ? ({ do: word, ...told(value) } as Gesture) : undefined
}

const nothing = () => ({})
const selector = (value: unknown) => ({ selector: value })

const TOLD: { [W in StepWord]?: (value: unknown) => object | undefined } = {
  reload: nothing,
  leave: nothing,
  navigate: to => ({ to }),
  // Of how high the page is in a DOM without a layout.
  scroll: to => ({ to: Number.parseFloat(String(to)) }),
  move: nothing,
  pointerLeaves: edge => ({ edge }),
  focus: selector,
  blur: selector,
  type: value => value as object,
  submit: selector,
  click: selector,
  key: key => ({ key }),
  hide: nothing,
  show: nothing,
  open: nothing,
  close: nothing,
  escape: nothing,
  say: text => ({ text }),
  choose: title => ({ title }),
  reset: nothing
}
