// A day of a vehicle for the tests: a courier's round in Berlin, sent the way a Teltonika tracker sends its backlog.
import { connect } from 'node:net'

export interface DayFix {
  time: number // ms since 1970
  longitude: number
  latitude: number
  altitude: number // m
  course: number // °
  speed: number // km/h
  ignition: boolean
  fuel: number // %
}

const customers: [number, number][] = [
  [13.3, 52.54],
  [13.352, 52.556],
  [13.405, 52.53],
  [13.437, 52.548],
  [13.47, 52.512],
  [13.428, 52.487],
  [13.371, 52.492],
  [13.3, 52.54],
]
const minute = 60_000

// roundOf drives from customer to customer, streets at right angles: from 7:10 after midnight on, with the engine on
// at some stops, and silent for 25 minutes on the way to the fifth.
export function roundOf(midnight: number, east = 0): DayFix[] {
  const fixes: DayFix[] = []
  let time = midnight + 7 * 60 * minute + 10 * minute
  let fuel = 82
  customers.slice(1).forEach((to, leg) => {
    const from = customers[leg]!
    for (const [longitude, latitude, speed, course] of drive(from, to)) {
      time += 10_000
      if (leg === 4 && longitude < 13.45 && longitude > 13.436) {
        time += 4 * minute
        continue
      }
      fuel -= speed / 9000
      fixes.push(fix(time, longitude + east, latitude, speed, course, true, fuel))
    }
    for (let stood = 0; stood < 10 + leg * 7; stood += 1) {
      time += minute
      fixes.push(fix(time, to[0] + east, to[1], 0, 0, leg % 3 === 1 || stood < 2, fuel))
    }
  })
  return fixes
}

// drive gives the places on the way, 10 s apart: first along the parallel, then along the meridian.
function drive(from: [number, number], to: [number, number]): [number, number, number, number][] {
  const corner: [number, number] = [to[0], from[1]]
  const way: [number, number, number, number][] = []
  for (const [a, b] of [
    [from, corner],
    [corner, to],
  ] as const) {
    const east = (b[0] - a[0]) * 67_600 // m in a degree of longitude there
    const north = (b[1] - a[1]) * 111_200
    const length = Math.hypot(east, north)
    const course = (Math.atan2(east, north) * 180) / Math.PI
    for (let gone = 0; gone < length; ) {
      const share = gone / length
      const speed = 14 + 62 * Math.sin(Math.PI * share) ** 0.8 + 9 * Math.sin(share * 40)
      const bend = Math.sin(share * Math.PI * 3) * 0.0012
      way.push([
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share + bend,
        speed,
        (course + 360) % 360,
      ])
      gone += (speed / 3.6) * 10
    }
  }
  return way
}

function fix(
  time: number,
  longitude: number,
  latitude: number,
  speed: number,
  course: number,
  ignition: boolean,
  fuel: number,
): DayFix {
  const altitude = 40 + 22 * Math.sin(longitude * 90) + 9 * Math.cos(latitude * 160)
  return { time, longitude, latitude, altitude, course, speed: Math.max(0, speed), ignition, fuel }
}

// sendDay sends fixes as codec 8 and resolves when the server has acknowledged each.
export async function sendDay(port: number, imei: string, fixes: DayFix[]): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const heard = socket[Symbol.asyncIterator]()
  const login = Buffer.concat([Buffer.from([0, imei.length]), Buffer.from(imei)])
  socket.write(login)
  const welcome = (await heard.next()).value as Buffer | undefined
  if (welcome?.[0] !== 1) throw new Error(`${imei} is not welcome`)
  for (let n = 0; n < fixes.length; n += 25) {
    const some = fixes.slice(n, n + 25)
    socket.write(frame(some))
    const said = (await heard.next()).value as Buffer | undefined
    if (said?.readUInt32BE() !== some.length) throw new Error('fixes were not acknowledged')
  }
  socket.end()
}

function frame(fixes: DayFix[]): Buffer {
  const data = Buffer.concat([
    Buffer.from([8, fixes.length]),
    ...fixes.map(record),
    Buffer.from([fixes.length]),
  ])
  const whole = Buffer.alloc(8 + data.length + 4)
  whole.writeUInt32BE(data.length, 4)
  data.copy(whole, 8)
  whole.writeUInt32BE(crc16(data), 8 + data.length)
  return whole
}

function record(f: DayFix): Buffer {
  const head = Buffer.alloc(24)
  head.writeBigUInt64BE(BigInt(Math.round(f.time)))
  head.writeInt32BE(Math.round(f.longitude * 1e7), 9)
  head.writeInt32BE(Math.round(f.latitude * 1e7), 13)
  head.writeInt16BE(Math.round(f.altitude), 17)
  head.writeUInt16BE(Math.round(f.course), 19)
  head[21] = 11
  head.writeUInt16BE(Math.round(f.speed), 22)
  const volts = Buffer.alloc(2)
  volts.writeUInt16BE(f.ignition ? 14_050 + Math.round(f.speed) : 12_480)
  const moving = f.speed > 0 ? 1 : 0
  const bytes = [3, 239, f.ignition ? 1 : 0, 240, moving, 89, Math.round(f.fuel)]
  return Buffer.concat([head, Buffer.from([0, 4, ...bytes, 1, 66]), volts, Buffer.from([0, 0])])
}

function crc16(data: Buffer): number {
  let crc = 0
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}
