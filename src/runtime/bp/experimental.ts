import type { GhostFiles } from '../files.ts'
import { RENDER } from './render.ts'

/** `bp.experimental` (R1.12, R18.9). */
export function experimentalOf(files: GhostFiles) {
  return {
    render: RENDER,
    disableHook: async (name: string, type: string, module?: string) => rename(files, type, module, `${name}.js`, `.${name}.js`),
    enableHook: async (name: string, type: string, module?: string) => rename(files, type, module, `.${name}.js`, `${name}.js`)
  }
}

/** In the global folder only; never rejects. */
function rename(files: GhostFiles, type: string, module: string | undefined, from: string, to: string): boolean {
  try {
    const folder = `global/hooks/${type}${module ? `/${module}` : ''}`
    files.write(`${folder}/${to}`, files.read(`${folder}/${from}`))
    files.delete(`${folder}/${from}`)
    return true
  } catch {
    return false
  }
}
