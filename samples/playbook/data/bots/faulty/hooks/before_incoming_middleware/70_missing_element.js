// The content element was deleted: rendering fails, and a plain sentence stands in.
const answer = async () => {
  if (event.type !== 'missing-element') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  let payloads
  try {
    payloads = await bp.cms.renderElement('#!builtin_text-gone42', {}, event)
  } catch (err) {
    bp.logger.warn('An element is missing: ' + err.message)
    payloads = [{ type: 'text', text: 'Somebody will get back to you.' }]
  }
  await bp.events.replyToEvent(event, payloads, event.id)
}

return answer()
