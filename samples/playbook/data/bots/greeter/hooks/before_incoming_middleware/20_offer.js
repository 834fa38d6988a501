// Our order system tells of offers: the visitor reads them whether the chat is open or not.
if (event.type === 'new-offer') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: event.payload.text }], event.id)
}
