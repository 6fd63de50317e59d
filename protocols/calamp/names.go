package calamp

import (
	"fmt"
	"strings"

	"drover/protocols"
)

// optionAccumulators names the option that says what the accumulators count.
const optionAccumulators = "accumulators"

// What an accumulator is called that fills a field of the position, and one without a name.
const (
	nameOdometer = "odometer_m"
	nameExternal = "external_mv"
	nameBattery  = "battery_mv"
	nameNone     = "-"
)

var options = []protocols.Option{{
	Name: optionAccumulators,
	About: "What the accumulators count, in their order, as the unit's script sets them: odometer_m,external_mv,-," +
		"hours_s. odometer_m, external_mv and battery_mv fill those fields; - leaves one as it is.",
	Check: func(list string) error {
		for i, name := range strings.Split(list, ",") {
			if i >= len(accumulatorNames) {
				return fmt.Errorf("there are at most %d accumulators", len(accumulatorNames))
			}
			if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" && name != nameNone {
				return fmt.Errorf("name %d, %q, has other characters than a to z, 0 to 9 and _", i+1, name)
			}
		}
		return nil
	},
}}

// namesOf gives the names in a list that the option takes.
func namesOf(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// accumulatorNames are those of accumulators without a name.
var accumulatorNames = [...]string{
	"acc_0", "acc_1", "acc_2", "acc_3", "acc_4", "acc_5", "acc_6",
	"acc_7", "acc_8", "acc_9", "acc_10", "acc_11", "acc_12", "acc_13",
	"acc_14", "acc_15", "acc_16", "acc_17", "acc_18", "acc_19", "acc_20",
	"acc_21", "acc_22", "acc_23", "acc_24", "acc_25", "acc_26", "acc_27",
	"acc_28", "acc_29", "acc_30", "acc_31", "acc_32", "acc_33", "acc_34",
	"acc_35", "acc_36", "acc_37", "acc_38", "acc_39", "acc_40", "acc_41",
	"acc_42", "acc_43", "acc_44", "acc_45", "acc_46", "acc_47", "acc_48",
	"acc_49", "acc_50", "acc_51", "acc_52", "acc_53", "acc_54", "acc_55",
	"acc_56", "acc_57", "acc_58", "acc_59", "acc_60", "acc_61", "acc_62",
}
