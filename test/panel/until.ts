/** Waits for a condition; fails after 15 s with what was waited for. */
export async function until(condition: () => boolean | Promise<boolean>, deadline = Date.now() + 15_000): Promise<void> {
  for (;;) {
    if (await condition()) return
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${condition}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
