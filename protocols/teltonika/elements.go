package teltonika

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"drover/protocols"
	"drover/protocols/wire"
)

//go:embed elements/common.tsv
var commonList string

//go:embed elements/vehicle.tsv
var vehicleList string

//go:embed elements/professional.tsv
var professionalList string

//go:embed elements/other.tsv
var otherList string

// kind is how an element's value is read and shown.
type kind uint8

const (
	unsigned kind = iota
	signed
	flag
	identity
	binaryValue
	textValue
)

// meaning is what is done with an element beyond keeping it as an attribute.
type meaning uint8

const (
	plain meaning = iota
	isOdometer
	isExternal
	isBattery
	isBatteryLevel
	isSignal
	isHDOP
	isIgnition
	isCell
	isArea
	isOperator
	isIMSI
	isICCIDHigh
	isICCIDLow
	isICCIDPart
	isPart
	isZone
	isGreen
	isBeacons
	isTags
	isAlarm
)

const (
	anyLength = -1 // length of an element that is known by its number alone
	variable  = 0  // length of an element of codec 8 extended that says its own length
)

// element is one line of a list.
type element struct {
	name   string
	absent []int64
	factor int64 // worth of one unit: factor × 10^-scale
	id     uint16
	length int8
	scale  uint8
	kind   kind
	means  meaning
	alarm  protocols.Alarms
}

// dictionary finds elements by number and length.
type dictionary struct {
	first    []uint16           // by number: place of its first element, from 1; 0 if there is none
	elements []element          // by number, the better first
	unlisted []string           // names of the first elements that are on no list
	names    map[string]element // by name: the best, for sending
}

// dictionaries are the lists in the order of an FMB tracker and in that of a professional one. A test makes sure
// that no list has a fault.
var dictionaries = sync.OnceValue(func() [2]*dictionary {
	common, _ := readElements(commonList)
	vehicle, _ := readElements(vehicleList)
	professional, _ := readElements(professionalList)
	other, _ := readElements(otherList)
	return [2]*dictionary{
		newDictionary(common, vehicle, other, professional),
		newDictionary(common, professional),
	}
})

func dictionaryOf(professional bool) *dictionary {
	if professional {
		return dictionaries()[1]
	}
	return dictionaries()[0]
}

// professional is whether a model's number is that of an FMx6, FM5 or FM63 tracker: FMB640, FMC650, FM6300, FM5300.
func professional(model string) bool {
	rest, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(model)), "FM")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, "BCMUX")
	return strings.HasPrefix(rest, "6") || strings.HasPrefix(rest, "5") && len(rest) == 4
}

func newDictionary(lists ...[]element) *dictionary {
	const names = 4096
	d := &dictionary{elements: slices.Concat(lists...), unlisted: make([]string, names), names: map[string]element{}}
	for i := range d.elements {
		if e := &d.elements[i]; e.length != variable && d.names[e.name].id == 0 {
			d.names[e.name] = *e
		}
	}
	slices.SortStableFunc(d.elements, func(a, b element) int { return int(a.id) - int(b.id) })
	d.first = make([]uint16, int(d.elements[len(d.elements)-1].id)+1)
	for i := range d.elements {
		if id := d.elements[i].id; d.first[id] == 0 {
			d.first[id] = uint16(i + 1)
		}
	}
	for i := range d.unlisted {
		d.unlisted[i] = "io" + strconv.Itoa(i)
	}
	return d
}

// find gives the element of that number whose values have that length (variable for those of no fixed length), or nil.
func (d *dictionary) find(id uint16, length int8) *element {
	if int(id) >= len(d.first) || d.first[id] == 0 {
		return nil
	}
	for i := int(d.first[id]) - 1; i < len(d.elements) && d.elements[i].id == id; i++ {
		if e := &d.elements[i]; e.length == length || e.length == anyLength && length != variable {
			return e
		}
	}
	return nil
}

// name is what an element on no list is called.
func (d *dictionary) name(id uint16) string {
	if int(id) < len(d.unlisted) {
		return d.unlisted[id]
	}
	return "io" + strconv.Itoa(int(id))
}

// readElements reads a list; what is wrong in it is left out and reported.
func readElements(list string) ([]element, error) {
	elements := make([]element, 0, strings.Count(list, "\n"))
	var fault error
	offset := 0
	for line := range strings.Lines(list) {
		if text := strings.TrimRight(line, "\n"); text != "" && text[0] != '#' {
			e, field, ok := readElement(text)
			if ok {
				elements = append(elements, e)
			} else if fault == nil {
				fault = &wire.Error{Field: field, Offset: offset, Err: wire.ErrValue}
			}
		}
		offset += len(line)
	}
	return elements, fault
}
