import { type AddressInfo, connect, createServer } from 'node:net'

/** How often it is looked again whether something is so. */
export const POLL_MS = 40

/** Whether somebody takes connections there. */
export function isTaken(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host })
    const end = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** A port that nobody listens at just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** The port that an address names, or that its protocol implies. */
export const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))

/** Resolves when nobody takes connections at a port any more, or after `ms`. @returns whether it is free */
export async function isFreed(port: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  while (await isTaken(port)) {
    if (performance.now() >= until) return false
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
  }
  return true
}
