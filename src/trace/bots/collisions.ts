import { type Activity, asksSomething } from '../../botframework/activity.ts'
import type { EntryOf } from '../entry.ts'
import { quote } from '../words.ts'
import type { StackChange } from './stacks.ts'

/** A proactive message that arrived while the bot waited for an answer, and what became of the visitor's next words. */
export interface Collision {
  /** `arrived`: nothing was answered yet; `astray`: the answer was taken for the older question; `lost`: the older question was dropped; `kept`: the bot took care. */
  kind: 'arrived' | 'astray' | 'lost' | 'kept'
  conversationId: string
  /** The question that was open. */
  question: EntryOf<'activity-from-bot'>
  notice: EntryOf<'activity-from-bot'>
  /** What the visitor said next. */
  answer?: EntryOf<'activity-to-bot'>
  /** The bot showed the notice's question and did not keep the dialog that would read the answer (D1). */
  notSaved: boolean
  says: string[]
  todo: string[]
}

const words = (entry: EntryOf<'activity-from-bot'> | EntryOf<'activity-to-bot'>) => quote((entry.activity as Activity).text ?? '(a card)')

/** A notice that meets a question; what becomes of it is not known yet. */
export function collisionOf(question: EntryOf<'activity-from-bot'>, notice: EntryOf<'activity-from-bot'>): Collision {
  return {
    kind: 'arrived',
    conversationId: notice.conversationId,
    question,
    notice,
    notSaved: false,
    says: [`It arrived while the bot expected an answer to ${words(question)}.`],
    todo: []
  }
}

/** The visitor spoke next: notes what that did. `change` is what the notice did to the dialogs, where they could be seen. */
export function answered(collision: Collision, said: EntryOf<'activity-to-bot'>, change: StackChange | undefined): void {
  collision.answer = said
  const asked = words(collision.question)
  if (change === 'pushed' || change === 'started') {
    collision.kind = 'kept'
    collision.says.push(`The bot put a dialog on top for it, so ${words(said)} is read there, and the question before it can come back.`)
    return
  }
  if (change === 'replaced' || change === 'cleared') {
    collision.kind = 'lost'
    collision.says.push(`It ended what the visitor was doing: nobody waits for the answer to ${asked} any more.`)
    collision.todo.push('Tell the visitor that their task was ended, or push a dialog instead of replacing the stack (BFP007).')
    return
  }
  collision.kind = 'astray'
  collision.notSaved = change === 'unchanged' && asksSomething(collision.notice.activity as Activity)
  collision.says.push(
    `The visitor’s next words, ${words(said)}, were taken as the answer to ${asked}: answer captured by another dialog.`,
    ...(collision.notSaved
      ? [
          'The notice asked a question, yet the stored dialogs did not change: no dialog was started for it, or its state was not saved (BFP005).'
        ]
      : [])
  )
  collision.todo.push(
    'Wait until the running dialog has ended, cancel it with a word, or start a dialog for the notice on top of it and save the state.'
  )
}
