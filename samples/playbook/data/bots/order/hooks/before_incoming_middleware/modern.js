// Botpress 12 runs on Node 12, which does not know ?. (BPH003).
if (event.type === 'modern') {
  const name = event.payload?.customer?.name
  bp.logger.info('Hello ' + name)
}
