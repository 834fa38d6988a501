if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'greet '
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  bp.logger.info('greet')
}
