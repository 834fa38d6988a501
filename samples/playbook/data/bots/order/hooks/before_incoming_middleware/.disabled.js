if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'disabled '
  bp.logger.info('disabled')
}
