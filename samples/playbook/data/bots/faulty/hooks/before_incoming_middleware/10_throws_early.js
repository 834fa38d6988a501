// It fails before it says that it takes care of the event, so the flow answers as well.
if (event.type === 'throws-early') {
  const name = event.payload.customer.name
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hello ' + name }], event.id)
}
