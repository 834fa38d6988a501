// Runs each time the bot is mounted.
bp.logger.info('Mounted: ' + botId)
