package fleet

// Notice says that something changed that people look at live. The zero Notice says that anything may have.
type Notice struct {
	Organization OrganizationID `json:"organization"`
	Device       DeviceID       `json:"device"` // that it is of; 0 for none
	Kind         string         `json:"kind"`   // command, sms, event, modem, sim
	ID           int64          `json:"id"`
}
