package live

// In milliseconds.
const (
	second = 1000
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// ageCode is the step of docs/live.md in which an age in milliseconds lies. What is younger than now counts as now.
func ageCode(ms int64) uint8 {
	switch {
	case ms < 0:
		return 0
	case ms < 2*minute:
		return uint8(ms / second)
	case ms < hour:
		return uint8(120 + ms/minute - 2)
	case ms < day:
		return uint8(178 + (ms-hour)/(30*minute))
	case ms < 32*day:
		return uint8(223 + ms/day)
	}
	return 255
}
