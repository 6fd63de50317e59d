// A Vite plugin that keeps of the fonts what the page uses: Latin letters, the weights from 400 to 700, kerning and
// figures of one width. That halves them.
import subsetFont from 'subset-font'

const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x20ac, 0x20ac],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
]
const letters = ranges
  .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)))
  .join('')

export function smallFonts() {
  return {
    name: 'small-fonts',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.woff2')) continue
        asset.source = await subsetFont(Buffer.from(asset.source), letters, {
          targetFormat: 'woff2',
          variationAxes: { wght: { min: 400, max: 700 } },
          featureTags: ['kern', 'tnum', 'ccmp', 'locl', 'mark', 'mkmk'],
          noHinting: true,
        })
      }
    },
  }
}
