// A conversation that has begun already is not moved by a page that loads anew.
if (event.type === 'guarded-trigger' && event.state.context.currentNode) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
}
