/** A call that the embedded engine cannot serve: it says so by name, and what to do instead. */
export function refuse(name: string, instead: string): (...args: unknown[]) => Promise<never> {
  return async () => {
    throw Object.assign(new Error(`${name} cannot be served by the simulator: ${instead}`), { code: 'not-served' })
  }
}
