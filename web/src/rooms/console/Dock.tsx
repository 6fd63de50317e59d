import { VehicleConsole } from './VehicleConsole'

// The console as it lies below the map, of the selected vehicle.
export default VehicleConsole
