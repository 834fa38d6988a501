import { avoidRepeat, explainRepeat } from '../causes/remarks.ts'
import type { FindingRow } from './finding.ts'

/** The same proactive text, delivered more than once to one visitor. */
export const SAID_TWICE: FindingRow = {
  id: 'said-twice',
  tone: 'warning',
  title: 'Said twice',
  rules: ['G9', 'R6.9', 'BPH006', 'BPP006', 'S11', 'S14'],
  find: ({ index }) =>
    index.repeats.map(repeat => ({
      says: explainRepeat(repeat),
      todo: [avoidRepeat(repeat.said)],
      seqs: repeat.said.map(said => said.seq),
      places: repeat.said.map(said => said.from.place)
    }))
}
