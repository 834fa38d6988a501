// Whoever closes the chat on a nudge is left alone for two days.
if (event.type === 'nudge-dismissed') {
  const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  event.setFlag(FORCE_PERSIST_STATE, true)
  event.state.user.dismissedUntil = Date.now() + 2 * 24 * 60 * 60 * 1000
}
