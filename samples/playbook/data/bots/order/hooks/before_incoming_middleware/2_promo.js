if (event.type === 'several') {
  event.state.temp.path = (event.state.temp.path || '') + 'promo '
  bp.logger.info('promo')
}
