// The text by which vehicles are searched, and the words that people type. Neither case nor accents matter.
import type { VehicleName } from './store'

export function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

export function searchWords(search: string): string[] {
  return plainText(search).split(/\s+/).filter(Boolean)
}

// searchText is all by which a vehicle is found. A telephone number is found however it is spaced.
export function searchText(v: VehicleName): string {
  const { name, plate, group, driver, identity, phone } = v
  const digits = phone?.replace(/[^\d+]/g, '')
  return plainText([name, plate, group, driver, identity, phone, digits].filter(Boolean).join(' '))
}
