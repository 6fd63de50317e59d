// Frames as text, to be taken elsewhere.
import type { Line } from '../../ui/watchframes'

// lineText writes a frame in a line: when, which way, the bytes, and what was wrong with them.
export function lineText(line: Line): string {
  if (!('frame' in line)) return `# ${line.dropped} dropped`
  const { time, direction, transport, hex, error } = line.frame
  return [time, direction, transport, hex, error && `# ${error}`].filter(Boolean).join(' ')
}
