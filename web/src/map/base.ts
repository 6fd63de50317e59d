// Which base map the server offers: its own, or what the operator has set up.
export interface BaseMap {
  kind: 'embedded' | 'pmtiles' | 'raster' | 'style'
  url: string
  attribution: string
  schema: Schema // of the tiles at url
  demo: boolean // the demo island is drawn too
}

export type Schema = 'protomaps' | 'openmaptiles' | 'raster' | 'unknown'

interface Hello {
  demo?: boolean
  basemap?: { kind: BaseMap['kind']; url?: string; attribution?: string } | null
}

interface TileJSON {
  vector_layers?: { id: string }[]
  format?: string
}

const embedded: BaseMap = { kind: 'embedded', url: '', attribution: '', schema: 'unknown', demo: false }

// baseMap asks the server. Whatever fails, the embedded map is there.
export async function baseMap(): Promise<BaseMap> {
  try {
    const hello: Hello = await json('/api/hello')
    const { kind = 'embedded', url = '', attribution = '' } = hello.basemap ?? {}
    const base = { ...embedded, kind, url, attribution, demo: hello.demo ?? false }
    if (kind !== 'pmtiles') return base
    return { ...base, schema: schemaOf(await json<TileJSON>(url)) }
  } catch {
    return embedded
  }
}

// schemaOf tells by its layers how an archive names things.
export function schemaOf({ vector_layers: layers = [], format = 'pbf' }: TileJSON): Schema {
  if (format !== 'pbf') return 'raster'
  const ids = new Set(layers.map((layer) => layer.id))
  if (ids.has('earth') && ids.has('roads')) return 'protomaps'
  if (ids.has('transportation') || ids.has('landcover')) return 'openmaptiles'
  return 'unknown'
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}
