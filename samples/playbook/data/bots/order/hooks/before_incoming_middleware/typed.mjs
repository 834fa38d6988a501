if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'typed '
  bp.logger.info('typed')
}
