// A name that somebody else chose is text, whatever stands in it.
if (event.type === 'product-seen') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const { name } = event.payload.payload.payload
  return bp.events.replyToEvent(event, [{ type: 'text', text: `You look at ${name}.` }], event.id)
}
