/** The hooks that both sides run: what people write, light enough that the way of running them counts. */

/** As the first of several looks: reads, decides, leaves. */
const passer = (index: number) => `
const { type, payload } = event
if (type === 'greeting-${index}' && payload) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return
}
const visits = (event.state.session.visits || 0) + 1
event.state.session.visits = visits
event.state.temp.seen${index} = [type, visits].join(':')
`

/** So that the dialog engine, which the other side does not have, stays out of it. */
const skipper = `
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
`

/** File name and text of `count` hooks. */
export function hooks(count: number): { name: string; code: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${String(index).padStart(3, '0')}.js`,
    code: index === 0 ? skipper : passer(index)
  }))
}
