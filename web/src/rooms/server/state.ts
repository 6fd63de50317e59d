// What GET /api/server answers.
export interface ServerState {
  version: string
  started: string
  uptime_s: number
  protocols: { name: string; port: number }[]
  gateway: {
    connections: number
    by_protocol: Record<string, number>
    refused: number
    bytes_in: number
    bytes_out: number
    frames: number
  }
  journal: { bytes: number; partitions: { number: number; last: number; stored: number; behind: number }[] }
  database: {
    version: string
    postgis: string
    bytes: number
    fixes: number
    connections: number
    partitions: { day: string; bytes: number; fixes: number }[]
  }
  live: { readers: number; bytes_out: number; dropped: number }
  memory_bytes: number
  goroutines: number
}
