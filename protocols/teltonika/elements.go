package teltonika

import (
	_ "embed"
	"math/bits"
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
	elements []element         // shared by all dictionaries
	places   [lengths][]uint16 // by length and number: the place of the element, from 1; 0 if there is none
}

// lengths are how many lengths of values there are: a variable one, and 1, 2, 4 and 8 bytes.
const lengths = 5

// lengthPlace is the place of a length among the lengths.
func lengthPlace(length int8) int { return bits.Len8(uint8(length)) }

// dictionaries are the lists in the order of an FMB tracker and in that of a professional one. A test makes sure
// that no list has a fault.
var dictionaries = sync.OnceValue(func() [2]*dictionary {
	var all []element
	var ends []int
	for _, list := range [...]string{commonList, vehicleList, otherList, professionalList} {
		elements, _ := readElements(list)
		all = append(all, elements...)
		ends = append(ends, len(all))
	}
	vehicle, professional := dictionary{elements: all}, dictionary{elements: all}
	vehicle.fill(0, len(all))
	professional.fill(0, ends[0])
	professional.fill(ends[2], len(all))
	return [2]*dictionary{&vehicle, &professional}
})

// fill takes the elements from one place up to another, of which the earlier are the better.
func (d *dictionary) fill(from, to int) {
	for i := from; i < to; i++ {
		e := &d.elements[i]
		for length := range d.places {
			if lengthPlace(e.length) != length && (e.length != anyLength || length == 0) {
				continue
			}
			if short := int(e.id) + 1 - len(d.places[length]); short > 0 {
				d.places[length] = append(d.places[length], make([]uint16, short)...)
			}
			if place := &d.places[length][e.id]; *place == 0 {
				*place = uint16(i + 1)
			}
		}
	}
}

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

// elementsByName are the elements of fixed length that an FMB tracker sends, by name: the better one where two share
// it.
var elementsByName = sync.OnceValue(func() map[string]element {
	names := map[string]element{}
	for _, list := range [...]string{commonList, vehicleList, otherList, professionalList} {
		elements, _ := readElements(list)
		for _, e := range elements {
			if _, taken := names[e.name]; !taken && e.length != variable {
				names[e.name] = e
			}
		}
	}
	return names
})

// find gives the element of that number whose values have that length (variable for those of no fixed length), or nil.
func (d *dictionary) find(id uint16, length int8) *element {
	places := d.places[lengthPlace(length)]
	if int(id) >= len(places) || places[id] == 0 {
		return nil
	}
	return &d.elements[places[id]-1]
}

// ioNames are io0, io1, … in one string, which the garbage collector passes in one step; name i ends at ends[i].
var ioNames = func() (n struct {
	text string
	ends [4096]uint16
}) {
	var text []byte
	for i := range n.ends {
		text = strconv.AppendInt(append(text, "io"...), int64(i), 10)
		n.ends[i] = uint16(len(text))
	}
	n.text = string(text)
	return n
}()

// ioName is what an element on no list is called.
func ioName(id uint16) string {
	switch {
	case id == 0:
		return ioNames.text[:ioNames.ends[0]]
	case int(id) < len(ioNames.ends):
		return ioNames.text[ioNames.ends[id-1]:ioNames.ends[id]]
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
