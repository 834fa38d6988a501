// Policy “wait”: while a conversation is under way the notice is kept, and the flow tells it at its end, unless it has expired by then.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

if (event.type === 'price-drop-wait') {
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  const { text, minutes } = event.payload
  if (event.state.context.currentNode) {
    event.state.session.notice = { text, until: Date.now() + minutes * 60000 }
    event.setFlag(FORCE_PERSIST_STATE, true)
  } else {
    return bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
  }
}
