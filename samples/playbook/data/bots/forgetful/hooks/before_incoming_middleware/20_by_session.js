// A session lasts for thirty minutes without a word. After that its visitor is somebody new.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

if (event.type === 'greet-by-session') {
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (!event.state.session.met) {
    event.state.session.met = true
    event.setFlag(FORCE_PERSIST_STATE, true)
    return bp.events.replyToEvent(event, [{ type: 'text', text: 'Nice to meet you!' }], event.id)
  }
}
