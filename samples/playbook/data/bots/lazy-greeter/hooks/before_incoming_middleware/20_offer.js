// Our order system tells of offers. With lazySocket nobody is there to read them before the chat was opened once.
if (event.type === 'new-offer') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: event.payload.text }], event.id)
}
