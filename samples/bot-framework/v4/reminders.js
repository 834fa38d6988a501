// Reminders that outlive the bot's process: "remind me in 10 min" is stored in a file with the conversation's reference. When the bot starts, what became
// due meanwhile is told once. POST /api/notify writes to everybody whose reference is stored.
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { ActivityHandler, TurnContext } = require('botbuilder')
const { continueConversation, listen, server } = require('./cloud')

const FILE = join(process.env.STORE_FOLDER || __dirname, 'reminders.json')
const stored = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { references: {}, reminders: [] }
const save = () => writeFileSync(FILE, JSON.stringify(stored))

class ReminderBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const reference = TurnContext.getConversationReference(context.activity)
      stored.references[reference.conversation.id] = reference
      const minutes = /remind me in (\d+) min/i.exec(context.activity.text)?.[1]
      if (minutes) {
        const reminder = { id: `${Date.now()}-${stored.reminders.length}`, due: Date.now() + Number(minutes) * 60_000, reference }
        stored.reminders.push(reminder)
        plan(reminder)
      }
      save()
      await context.sendActivity(minutes ? `I will remind you in ${minutes} minutes.` : 'Say “remind me in 10 min”.')
      await next()
    })
  }
}

function plan(reminder) {
  setTimeout(async () => {
    // Taken off first: a reminder that fails is not told twice.
    stored.reminders = stored.reminders.filter(({ id }) => id !== reminder.id)
    save()
    await continueConversation(reminder.reference, context => context.sendActivity('This is your reminder.'))
  }, Math.max(0, reminder.due - Date.now()))
}

for (const reminder of stored.reminders) plan(reminder)

server.post('/api/notify', async (req, res) => {
  const references = Object.values(stored.references)
  for (const reference of references) {
    await continueConversation(reference, context => context.sendActivity('News for you.'))
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  res.json({ sent: references.length })
})

listen(new ReminderBot())
