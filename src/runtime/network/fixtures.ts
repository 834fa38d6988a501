import { statSync } from 'node:fs'
import { NetworkFixture, type NetworkSettings } from '../../protocol/engine.ts'
import type { GhostFiles } from '../files.ts'
import { type OnProblem, placeOf, placeOfItem, readJson } from '../json-file.ts'

/** The answers to network calls: those of the settings, then those of the file that they name, as it is now. */
export class Fixtures {
  readonly #files: GhostFiles
  readonly #onProblem: OnProblem
  #read: { file: string; at: number; fixtures: NetworkFixture[] } | undefined

  constructor(files: GhostFiles, onProblem: OnProblem) {
    this.#files = files
    this.#onProblem = onProblem
  }

  of({ fixtures = [], fixturesFile }: NetworkSettings): readonly NetworkFixture[] {
    return fixturesFile === undefined ? fixtures : [...fixtures, ...this.#in(fixturesFile)]
  }

  /** Of a file that is not there: none. */
  #in(file: string): NetworkFixture[] {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (at === undefined) return []
    if (this.#read?.file !== file || this.#read.at !== at) this.#read = { file, at, fixtures: this.#load(file) }
    return this.#read.fixtures
  }

  #load(file: string): NetworkFixture[] {
    try {
      const list = readJson(this.#files, file)
      if (!Array.isArray(list)) throw new Error('it is no list')
      return list.flatMap((item, index) => this.#checked(file, item, index))
    } catch (error) {
      this.#onProblem(placeOf(error, file), `The answers to network calls cannot be read: ${(error as Error).message}`)
      return []
    }
  }

  #checked(file: string, item: unknown, index: number): NetworkFixture[] {
    const { success, data, error } = NetworkFixture.safeParse(item)
    if (success) return [data]
    const [issue] = error.issues
    const where = issue!.path.length > 0 ? `"${issue!.path.join('.')}": ` : ''
    const text = this.#files.readText(file)
    this.#onProblem(placeOfItem(file, text, index), `This answer to network calls is left out: ${where}${issue!.message}`)
    return []
  }
}
