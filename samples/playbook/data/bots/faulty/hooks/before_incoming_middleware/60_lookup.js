// Looks something up elsewhere, and has words for the case that nobody answers.
const axios = require('axios')

const lookUp = async () => {
  if (event.type !== 'stock-question') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  let text
  try {
    const { data } = await axios.get('https://stock.example.com/tent', { timeout: 3000 })
    text = `There are ${data.count} tents in stock.`
  } catch (err) {
    bp.logger.warn('The stock did not answer: ' + err.message)
    text = 'I cannot see our stock at the moment. Please ask again later.'
  }
  await bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}

return lookUp()
