// A direct answer is no message of the session, so lastMessages stays empty however often this greets.
if (event.type === 'greet-by-messages') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (event.state.session.lastMessages.length === 0) {
    return bp.events.replyToEvent(event, [{ type: 'text', text: 'Nice to meet you!' }], event.id)
  }
}
