if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'misplaced '
  bp.logger.info('misplaced')
}
