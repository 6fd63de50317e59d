// register lets the service worker in once the page stands, so that fetching its files delays nobody.
export function register(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const begin = () => navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin)
}
