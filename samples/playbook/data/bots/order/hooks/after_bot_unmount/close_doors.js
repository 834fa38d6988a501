// Runs each time the bot is unmounted.
bp.logger.info('Unmounted: ' + botId)
