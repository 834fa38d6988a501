import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Connector, type ConnectorOptions, newPrefix } from '../../channels/botframework/connector.ts'

interface Address {
  port: number
  prefix: string
}

/**
 * A connector at the address that this workspace's had before, since bots keep that address in what they store (C9).
 *
 * @param file where the address is kept; without one it is new each time
 * @returns `moved` when another program took the port: references stored before lead nowhere
 */
export async function listenAsBefore(
  options: ConnectorOptions,
  file: string | undefined
): Promise<{ connector: Connector; moved: boolean }> {
  const before = file === undefined ? undefined : read(file)
  const prefix = before?.prefix ?? newPrefix()
  let connector: Connector | undefined
  try {
    if (before) connector = await Connector.listen({ ...options, ...before })
  } catch {
    // Taken: any other will do.
  }
  const moved = before !== undefined && connector === undefined
  connector ??= await Connector.listen({ ...options, prefix, port: options.port })
  if (file !== undefined) write(file, { port: connector.port, prefix })
  return { connector, moved }
}

function read(file: string): Address | undefined {
  try {
    const { port, prefix } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Address>
    const isGood = Number.isInteger(port) && typeof prefix === 'string' && /^[0-9a-f]{32,}$/.test(prefix)
    return isGood ? { port: port!, prefix } : undefined
  } catch {
    return undefined
  }
}

function write(file: string, address: Address): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    // The prefix is what keeps others out.
    writeFileSync(file, JSON.stringify(address), { mode: 0o600 })
  } catch {
    // Next time it is another one.
  }
}
