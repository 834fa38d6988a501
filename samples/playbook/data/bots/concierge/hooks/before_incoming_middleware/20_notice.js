// A notice with the three dots before it.
if (event.type === 'notice') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: event.payload.text, typing: true }], event.id)
}
