// The service worker: it opens the page without a connection. `files` and `version` are written by the build (see
// offline.mjs). Names under /assets hold a hash, so what is cached under them is right for ever; everything else is
// asked of the server first. The API is never cached: what the page shows without a connection it keeps itself.
const page = '/'
const own = `page-${version}`
const tiles = 'tiles'
const mostTiles = 600

addEventListener('install', (event) => {
  event.waitUntil(caches.open(own).then((cache) => cache.addAll([page, ...files])))
})

addEventListener('activate', (event) => {
  const old = (name) => name !== own && name !== tiles
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))),
  )
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return
  if (url.pathname.startsWith('/tiles/')) event.respondWith(tile(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match(page)))
  else event.respondWith(fetch(request).catch(() => kept(request)))
})

const kept = async (request) => (await caches.match(request)) ?? Response.error()

const asset = async (request) => (await caches.match(request)) ?? fetch(request)

async function tile(request) {
  const response = await fetch(request).catch(() => null)
  if (!response) return kept(request)
  if (response.status === 200) {
    const cache = await caches.open(tiles)
    await cache.put(request, response.clone())
    const names = await cache.keys()
    await Promise.all(names.slice(0, Math.max(0, names.length - mostTiles)).map((name) => cache.delete(name)))
  }
  return response
}
