import { counts, pathOf, type ReporterMaker } from './reporter.ts'

/** For programs: one JSON document at the end, shapes as in src/protocol/scenario.ts, files relative to the folder. */
export const json: ReporterMaker = ({ write, base }) => ({
  end({ results, problems, ms, seed, shard }) {
    const relative = (text: string) => (text.startsWith(base) ? pathOf(text, base) : text)
    const document = { seed, ms: Math.round(ms), ...(shard && { shard }), ...counts(results), problems, results }
    write(`${JSON.stringify(document, (key, value) => (key === 'file' && typeof value === 'string' ? relative(value) : value), 2)}\n`)
  }
})
