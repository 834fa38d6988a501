// "run" starts a job; when it is done the bot comes back with its number. After the documentation's C# sample of 2018 ("Update your bot to create
// and run jobs"), told in JavaScript.
//
// What differs: the language; jobs take JOB_MS (5 seconds as there); an outside system may end one too, by POST /api/jobs/:number with
// {"failed": true} or without; a job that has ended stays so, whatever comes again.
const { ActivityHandler, TurnContext } = require('botbuilder')
const { continueConversation, listen, server } = require('./cloud')

const JOB_MS = Number(process.env.JOB_MS ?? 5000)
const jobs = new Map()

class ProactiveBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      switch (context.activity.text?.trim().toLowerCase()) {
        case 'run':
        case 'run job': {
          const job = createJob(context)
          await context.sendActivity(`We're starting job ${job.number} for you. We'll notify you when it's complete.`)
          if (JOB_MS > 0) setTimeout(() => completeJob(job, false), JOB_MS)
          break
        }
        default:
          await context.sendActivity("Type 'run' or 'run job' to start a new job.")
      }
      await next()
    })
  }
}

function createJob(context) {
  const job = { number: jobs.size + 1, completed: false, conversation: TurnContext.getConversationReference(context.activity) }
  jobs.set(job.number, job)
  return job
}

async function completeJob(job, failed) {
  if (job.completed) return
  job.completed = true
  await continueConversation(job.conversation, async context => {
    await context.sendActivity(failed ? `Job ${job.number} failed. Type 'run' to try again.` : `Job ${job.number} is complete.`)
  })
}

server.post('/api/jobs/:number', async (req, res) => {
  const job = jobs.get(Number(req.params.number))
  if (!job) return res.status(404).json({ error: 'There is no such job.' })
  await completeJob(job, req.body?.failed === true)
  res.json({ completed: job.number })
})

listen(new ProactiveBot())
