// No policy: the notice is said between the flow's question and its answer.
if (event.type === 'price-drop') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const text = 'The Bellevue that you watch costs 20 % less. Do you want it?'
  return bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}
