import { call } from '../../api'

export interface DeviceChoice {
  id: number
  identity: string
  vehicle_name: string
  phone: string
  revision: number
}

const most = 1000 // that are offered whole

export const readDevices = async (signal: AbortSignal): Promise<DeviceChoice[]> => {
  const path = `/api/devices?limit=${most}`
  return (await call<{ items: DeviceChoice[] | null }>('GET', path, undefined, { signal })).items ?? []
}

// setPhone says from which number a device sends its SMS.
export const setPhone = (device: DeviceChoice, phone: string) =>
  call('PATCH', `/api/devices/${device.id}`, { phone }, { ifMatch: `"${device.revision}"` })
