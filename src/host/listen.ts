import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Turns `http://127.0.0.1:<port>` into the origin by which browsers reach it: remote windows forward ports. */
export type PublicOrigin = (localOrigin: string) => Promise<string>

/**
 * Has a server listen on 127.0.0.1, and says where that is: to this computer, and to browsers.
 *
 * @throws Error when the port is taken, or browsers cannot be led to it; the server is closed then
 */
export async function listenForBrowsers(
  server: Server,
  { port = 0, publicOrigin }: { port?: number | undefined; publicOrigin?: PublicOrigin | undefined }
): Promise<{ port: number; origin: string }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: own } = server.address() as AddressInfo
  const local = `http://127.0.0.1:${own}`
  try {
    return { port: own, origin: publicOrigin ? new URL(await publicOrigin(local)).origin : local }
  } catch (error) {
    server.close()
    throw error
  }
}
