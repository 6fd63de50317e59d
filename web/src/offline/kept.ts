// One value kept in the browser's database under one name: what is there is replaced as a whole.

const name = 'drover'
const store = 'kept'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const request = act(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

export const keep = (key: string, value: unknown): Promise<IDBValidKey> =>
  within('readwrite', (objects) => objects.put(value, key))
export const recall = <T>(key: string): Promise<T | undefined> =>
  within('readonly', (objects) => objects.get(key))
export const forget = (key: string): Promise<undefined> =>
  within('readwrite', (objects) => objects.delete(key))
