package trackers

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"drover/protocols/wire"
)

// A vehicle's number is the serial number of its IMEI: the same settings give the same fleet.
const (
	vehiclePrefix  = "359990"   // type allocation code of the vehicles' IMEIs
	strangerPrefix = "869990"   // of what their twins say who are not known to the server
	maxNumber      = 99_999_999 // that fits into an IMEI with a prefix of six digits
)

// Identity is the IMEI of a vehicle, 0 ≤ number ≤ 99,999,999: a prefix, the number, and the check digit.
func Identity(number int) string { return imei(vehiclePrefix, number) }

func imei(prefix string, number int) string {
	digits := fmt.Sprintf("%s%08d", prefix, number)
	return digits + string(wire.Luhn(digits))
}

// Name is what a simulated vehicle is called.
func Name(number int) string {
	kinds := [...]string{
		"Van", "Truck", "Courier", "Bus", "Van", "Tanker", "Courier", "Truck", "Van", "Sweeper", "Courier", "Truck", "Bus",
	}
	return fmt.Sprintf("%s %d", kinds[number%len(kinds)], number)
}

// Plate is its number plate: two letters and three digits that look like chance, but do not repeat below 400,000.
func Plate(number int) string {
	const letters = "ABCDEFGHJKLMNPRSTVWXYZ" // without those that are read as digits or as each other
	n := number * 104_729 % (len(letters) * len(letters) * 1000)
	pair := n / 1000
	return fmt.Sprintf("NI %c%c %03d", letters[pair/len(letters)], letters[pair%len(letters)], n%1000)
}

// WriteDevices writes the vehicles as the CSV that the server's `device import` reads.
func WriteDevices(w io.Writer, c Config) error {
	lanes, err := c.lanes()
	if err != nil {
		return err
	}
	where := newWorld(c.World, time.Time{})
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "identity,name,plate,group,protocol,phone")
	for i := range c.Count {
		number := c.First + i
		lane := lanes[i%len(lanes)]
		fmt.Fprintf(out, "%s,%s,%s,%s,%s,%s\n", lane.says(Identity(number)), Name(number), Plate(number),
			where.group(number), lane.protocol.Name, Phone(number))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("simulators: %w", err)
	}
	return nil
}

// The issuers and the first digit of the numbers of SIMs; 89 882 99 is no country's.
const (
	vehicleCards  = "89882991"
	strangerCards = "89882998" // of those in trackers that were robbed of theirs
)

// ICCID is that of the SIM that belongs in a vehicle's tracker (ITU-T E.118): 20 digits, the last a check digit.
// 0 ≤ number ≤ 99,999,999.
func ICCID(number int) string { return iccid(vehicleCards, number) }

func iccid(prefix string, number int) string {
	digits := fmt.Sprintf("%s%011d", prefix, number)
	return digits + string(wire.Luhn(digits))
}

// WriteSIMs writes the vehicles' SIMs as the CSV that the server's `sim import` reads.
func WriteSIMs(w io.Writer, c Config) error {
	lanes, err := c.lanes()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "iccid,msisdn,operator,apn,plan,device,budget_bytes,budget_messages")
	for i := range c.Count {
		number := c.First + i
		fmt.Fprintf(out, "%s,%s,Null Island Mobile,m2m.null,Fleet 50,%s,50 MB,50\n", ICCID(number), Phone(number),
			lanes[i%len(lanes)].says(Identity(number)))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("simulators: %w", err)
	}
	return nil
}
