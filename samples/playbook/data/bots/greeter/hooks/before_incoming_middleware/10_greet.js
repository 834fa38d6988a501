// The page sends this when the chat is ready. Whoever comes for the first time is greeted, once for each session;
// whoever was here before is welcomed back.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const WORDS = {
  en: { first: 'Welcome to our shop', back: 'Welcome back' },
  fr: { first: 'Bienvenue dans notre boutique', back: 'Content de vous revoir' }
}

const greet = async () => {
  if (event.type !== 'proactive-trigger') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  const { user, session } = event.state
  if (session.greeted) {
    return
  }

  const sent = event.payload.payload.payload || {}
  const words = WORDS[sent.language] || WORDS.en
  const name = sent.name ? `, ${sent.name}` : ''
  const text = `${user.known ? words.back : words.first}${name}!`

  // The dialog engine is skipped, so the state has to be saved explicitly.
  session.greeted = true
  user.known = true
  event.setFlag(FORCE_PERSIST_STATE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
}

return greet()
