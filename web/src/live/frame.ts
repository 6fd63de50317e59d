// The binary frames of the live line, as docs/live.md lays them down. Typed arrays are little-endian on every
// machine that runs a browser, and so are the frames: decoding makes views and copies nothing.

export interface Frame {
  kind: 'snapshot' | 'changes'
  serverTime: number // ms since 1970
  count: number
  ids: Uint32Array
  longitude: Int32Array // degrees × 10⁷
  latitude: Int32Array // degrees × 10⁷
  speed: Uint16Array // 0.1 km/h; unknownSpeed
  heading: Uint8Array // course × 256 / 360, where headingKnown is set
  state: Uint8Array // lower three bits, and the flags below
  age: Uint8Array // code of the fix's age, see ageSeconds
}

export const unknownSpeed = 65535
export const stateMask = 7
export const alarmFlag = 8
export const headingKnown = 16
export const invalidFlag = 32

const headerBytes = 16
const vehicleBytes = 17

export function decodeFrame(data: ArrayBuffer): Frame {
  if (data.byteLength < headerBytes) throw new Error(`frame: header needs 16 bytes, got ${data.byteLength}`)
  const header = new DataView(data)
  if (header.getUint16(0) !== 0x4456) throw new Error('frame: magic at byte 0 is not "DV"')
  const version = header.getUint8(2)
  if (version !== 1) throw new Error(`frame: version ${version} at byte 2; this page speaks 1`)
  const kind = header.getUint8(3)
  if (kind !== 1 && kind !== 2) throw new Error(`frame: kind ${kind} at byte 3 is neither 1 nor 2`)
  const count = header.getUint32(4, true)
  const want = headerBytes + count * vehicleBytes
  if (data.byteLength !== want) {
    throw new Error(`frame: ${count} vehicles at byte 4 need ${want} bytes, got ${data.byteLength}`)
  }
  const at = (bytesBefore: number) => headerBytes + count * bytesBefore
  return {
    kind: kind === 1 ? 'snapshot' : 'changes',
    serverTime: Number(header.getBigUint64(8, true)),
    count,
    ids: new Uint32Array(data, at(0), count),
    longitude: new Int32Array(data, at(4), count),
    latitude: new Int32Array(data, at(8), count),
    speed: new Uint16Array(data, at(12), count),
    heading: new Uint8Array(data, at(14), count),
    state: new Uint8Array(data, at(15), count),
    age: new Uint8Array(data, at(16), count),
  }
}

const minute = 60
const day = 86_400

// ageSeconds is the age in seconds at which the step of a code begins.
export function ageSeconds(code: number): number {
  if (code < 120) return code
  if (code < 178) return (2 + code - 120) * minute
  if (code < 224) return (60 + 30 * (code - 178)) * minute
  return (code - 223) * day
}
