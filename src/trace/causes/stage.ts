import type { EntryKind } from '../entry.ts'
import { savedSentences } from '../saved-files.ts'
import { lineWords, STAGE_LINES } from '../stage-lines.ts'
import { stop } from '../words.ts'
import type { Telling } from './other.ts'

/** What is said of staged trouble and of visitors, where it belongs to no page and no event. */
export const STAGE: { [K in EntryKind]?: Telling<K> } = {
  'condition-set': {
    id: 'condition-set',
    rules: ['S05', 'S06', 'S09'],
    tell: entry => ({
      tone: 'quiet',
      chip: 'staged',
      says: [
        stop(
          lineWords(entry.line)
            ? `From now on ${lineWords(entry.line)}, because you staged it`
            : 'From now on the line between page and server is as it should be'
        )
      ]
    })
  },
  'line-lost': {
    id: 'line-lost',
    rules: [],
    tell: entry => ({
      tone: 'warning',
      chip: 'lost',
      says: [
        entry.what === 'request'
          ? `The page asked the server for ${entry.name}, which never arrived: you staged a line that loses requests.`
          : `The server sent ${entry.name} to the page, which never arrived: you staged a line that loses it.`
      ]
    })
  },
  'file-saved': {
    id: 'file-saved',
    rules: ['R1.8', 'S48'],
    tell: entry => {
      const here = entry.files.filter(file => !file.gone)
      return {
        tone: 'quiet',
        chip: here.length > 0 ? 'saved' : 'deleted',
        says: savedSentences(entry.files),
        ...(here.length === 1 && { place: { file: here[0]!.file } })
      }
    }
  },
  'replay-started': {
    id: 'replayed',
    rules: ['S48'],
    tell: entry => ({ tone: 'quiet', chip: 'again', says: [stop(STAGE_LINES['replay-started'](entry)!.text)] })
  },
  'replay-ended': {
    id: 'replay-ended',
    rules: [],
    tell: entry => ({
      tone: entry.outcome === 'failed' || entry.reason ? 'warning' : 'quiet',
      chip: entry.outcome === 'failed' ? 'not finished' : entry.reason ? 'said otherwise' : 'again',
      says:
        entry.outcome === 'failed'
          ? [stop(`It could not be played to its end: ${entry.reason}`)]
          : ['It was played to its end.', entry.reason ?? '']
    })
  },
  'visitor-changed': {
    id: 'visitor-changed',
    rules: ['S11', 'S12', 'S13', 'S14', 'S17', 'S18'],
    tell: entry => ({ tone: 'quiet', chip: 'visitor', says: [stop(STAGE_LINES['visitor-changed'](entry)!.text)] })
  }
}
