if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'everywhere '
  bp.logger.info('everywhere')
}
