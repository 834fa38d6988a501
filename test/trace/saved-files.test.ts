import assert from 'node:assert/strict'
import { type SavedFile, savedSentences } from '../../src/trace/saved-files.ts'
import { savedKindOf } from '../../src/trace/saved-kind.ts'
import { stepsOf } from '../../src/trace/steps.ts'
import { titleOf } from '../../src/trace/title.ts'
import { transcriptOf } from '../../src/trace/transcript/transcript.ts'
import { WRITERS } from '../../src/trace/transcript/writers.ts'
import { verdictOf } from '../../src/trace/verdict.ts'
import { FILE, Trace } from './make.ts'

const KINDS: [string, ReturnType<typeof savedKindOf>][] = [
  [FILE, 'hook'],
  ['C:\\bot\\data\\bots\\shop\\hooks\\after_bot_mount\\a.js', 'other-hook'],
  ['/bot/data/global/hooks/before_incoming_middleware/.off.js', undefined],
  ['/bot/data/global/hooks/before_incomming/a.js', undefined],
  ['/bot/data/bots/shop/actions/find.js', 'action'],
  ['/bot/data/bots/shop/flows/main.flow.json', 'flow'],
  ['/bot/data/bots/shop/flows/main.ui.json', undefined],
  ['/bot/data/bots/shop/content-elements/builtin_text.json', 'content'],
  ['/bot/data/global/content-types/card.js', 'content-type'],
  ['/bot/data/bots/shop/qna/hours.json', 'question'],
  ['/bot/data/bots/shop/intents/buy.json', 'intent'],
  ['/bot/data/global/libraries/dates.js', 'library'],
  ['/bot/data/bots/shop/bot.config.json', 'settings'],
  ['/bot/data/global/config/channel-web.json', 'settings'],
  ['/bot/data/botpress.config.json', 'settings'],
  ['/bot/data/storage/core.sqlite', undefined],
  ['/bot/pages/shop.html', 'page'],
  ['/bot/pages/notes.md', undefined]
]

const SENTENCES: { title: string; files: SavedFile[]; says: string[] }[] = [
  {
    title: 'a hook that events call',
    files: [{ file: FILE, what: 'hook' }],
    says: ['hooks/before_incoming_middleware/greet.js was saved; the next event runs the new text.']
  },
  {
    title: 'a hook of the server’s own life',
    files: [{ file: '/bot/data/global/hooks/after_server_start/a.js', what: 'other-hook' }],
    says: ['hooks/after_server_start/a.js was saved; its next run is of the new text.']
  },
  {
    title: 'a hook that was deleted',
    files: [{ file: FILE, what: 'hook', gone: true }],
    says: ['hooks/before_incoming_middleware/greet.js was deleted; the next event does not run it any more.']
  },
  {
    title: 'several files at once, those of a kind together',
    files: [
      { file: '/bot/pages/a.html', what: 'page' },
      { file: '/bot/data/bots/shop/flows/main.flow.json', what: 'flow' },
      { file: '/bot/pages/b.html', what: 'page' }
    ],
    says: [
      'a.html and b.html were saved; the next load of the page takes the new one.',
      'main.flow.json was saved; the next event goes by the new one.'
    ]
  }
]

describe('files that are saved during a run (S48)', () => {
  for (const [path, kind] of KINDS)
    it(`takes ${path} for ${kind ?? 'nothing that bot or page reads'}`, () => assert.equal(savedKindOf(path), kind))

  for (const { title, files, says } of SENTENCES) it(`tells of ${title}`, () => assert.deepEqual(savedSentences(files), says))

  it('stand between the events as a line, a verdict and a turn of the transcript', () => {
    const trace = new Trace()
    trace.greeted('a', 'Version 1')
    trace.add('file-saved', { files: [{ file: FILE, what: 'hook' }] })
    trace.greeted('a', 'Version 2')
    const index = trace.index()
    const story = index.stories.find(({ entries }) => entries[0]!.kind === 'file-saved')!
    const verdict = verdictOf(story, index)
    assert.equal(titleOf(story), 'greet.js')
    assert.deepEqual([verdict.chip, verdict.rules, verdict.places], ['saved', ['R1.8', 'S48'], [{ file: FILE }]])
    assert.match(verdict.headline, /greet\.js was saved; the next event runs the new text\.$/)
    assert.deepEqual(
      stepsOf(story).map(({ text }) => `${text}.`),
      [verdict.headline]
    )
    const transcript = transcriptOf(trace.entries, index)
    assert.deepEqual(
      transcript.turns.filter(({ by }) => by !== 'page').map(({ by, text }) => [by, text]),
      [
        ['bot', 'Version 1'],
        ['files', verdict.headline],
        ['bot', 'Version 2']
      ]
    )
    assert.match(WRITERS.markdown.write(transcript, 'x'), /\*\*Files\*\*: hooks.*the next event runs the new text/)
  })
})
