import { type HookRule, hookSample } from '../rule.ts'

/** Found by TypeScript in the function around the hook (see type-problems.ts); here it has its page and its samples. */
export const rule: HookRule = {
  id: 'BPH001',
  name: 'top-level-await',
  severity: 'error',
  about: 'hook',
  title: '`await` outside of an async function',
  visitor:
    'Nothing that the hook promises happens: no greeting, no data, no flag. A trigger that it should have answered is taken for a message.',
  why: 'A hook is the body of an ordinary function (R3.3). One `await` at its top level is a syntax error, and a script with a syntax error runs not at all; the server logs it and goes on as if the hook were absent (R3.4). Wrap the code in an async function and return its result.',
  bad: hookSample(`if (event.type === 'hello') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])
}
`),
  good: hookSample(`const run = async () => {
  if (event.type !== 'hello') return
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])
}
return run()
`),
  check: () => {}
}
