/** `proactive-hooks simulate` on a copy of the playbook, in a process of its own, as a person starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { copyWorkspace } from '../support/workspace.ts'

const CLI = join(import.meta.dirname, '../../dist/cli.js')

export interface Simulated {
  /** Where its panel is. */
  url: string
  /** The copy that it plays; files in it may be edited. */
  folder: string
  close(): Promise<void>
}

/** @throws when it ends before it says where it is, with what it said instead */
export async function simulate(sample: string): Promise<Simulated> {
  const copy = copyWorkspace(sample)
  const child = spawn(process.execPath, [CLI, 'simulate', copy.folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    return {
      url: await addressSaidBy(child),
      folder: copy.folder,
      async close() {
        child.kill('SIGINT')
        if (child.exitCode === null) await once(child, 'exit')
        copy.remove()
      }
    }
  } catch (error) {
    copy.remove()
    throw error
  }
}

function addressSaidBy(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk
      const [, url] = /The simulator is at (\S+)/.exec(said) ?? []
      if (url) resolve(url)
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.on('exit', code => reject(new Error(`simulate ended with ${code}: ${said}`)))
  })
}
