/** Hz, and s after its beginning, of the two notes. */
const NOTES = [
  [880, 0],
  [1174.7, 0.09]
] as const
const LENGTH_S = 0.22
const LOUDNESS = 0.06
/** Messages that come together are announced once, ms. */
const TOGETHER_MS = 1000

let audio: AudioContext | undefined
let last = Number.NEGATIVE_INFINITY

/** The short sound of a message that nobody looks at (R19.11, `disableNotificationSound`). Browsers allow it once somebody has used the page. */
export function ring(): void {
  const now = performance.now()
  if (now - last < TOGETHER_MS || !navigator.userActivation?.hasBeenActive) return
  last = now
  audio ??= new AudioContext()
  for (const [frequency, after] of NOTES) {
    const start = audio.currentTime + after
    const loudness = audio.createGain()
    loudness.gain.setValueAtTime(LOUDNESS, start)
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH_S)
    const note = audio.createOscillator()
    note.frequency.value = frequency
    note.connect(loudness).connect(audio.destination)
    note.start(start)
    note.stop(start + LENGTH_S)
  }
}
