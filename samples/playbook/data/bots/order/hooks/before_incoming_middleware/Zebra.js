if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'zebra '
  bp.logger.info('zebra')
}
