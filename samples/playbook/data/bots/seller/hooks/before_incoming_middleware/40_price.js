// Written for sendEvent, which nests its argument once more: its own payload is the third one.
if (event.type === 'price-question') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const sent = (event.payload.payload || {}).payload || {}
  const text = `The ${sent.product} costs ${sent.price}.`
  return bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}
