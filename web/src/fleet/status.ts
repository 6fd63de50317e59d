// What a vehicle is shown as: one shape and one colour each. The order is the one of the counters and the legend.

export const Status = { Moving: 0, Idle: 1, Stopped: 2, Offline: 3, Alarm: 4, Nowhere: 5 } as const
export type Status = (typeof Status)[keyof typeof Status]

export const statusKeys = ['moving', 'idle', 'stopped', 'offline', 'alarm', 'nowhere'] as const
export type StatusKey = (typeof statusKeys)[number]

// In a list sorted by state, what needs eyes comes first.
export const statusRank = [1, 2, 3, 4, 0, 5] as const

export const staleAfter = 5 * 60 // s; or twice the vehicle's reporting interval, if that is longer
export const offlineAfter = 30 * 60 // s
