package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// towns are places where vehicles are, as latitude, longitude and how many of a hundred: rounded, of Europe.
var towns = [...][3]float64{
	{51.51, -0.12, 14}, {48.86, 2.35, 13}, {52.52, 13.40, 9}, {40.42, -3.70, 9}, {41.90, 12.50, 7}, {50.85, 4.35, 5},
	{52.37, 4.90, 6}, {48.14, 11.58, 6}, {45.46, 9.19, 6}, {48.21, 16.37, 5}, {52.23, 21.01, 6}, {47.50, 19.04, 4},
	{50.08, 14.44, 4}, {44.43, 26.10, 3}, {55.68, 12.57, 2}, {59.33, 18.07, 1},
}

// roadFleet is vehicles 1 to n of organization 1, each with a device of the same number.
func roadFleet(n int) *fleet.Snapshot {
	kinds := [...]string{"Van", "Truck", "Bus", "Car", "Courier", "Tanker"}
	devices, vehicles := make([]fleet.Device, n), make([]fleet.Vehicle, n)
	for i := range n {
		id := i + 1
		vehicles[i] = fleet.Vehicle{ID: fleet.VehicleID(id), Organization: 1,
			Name:  fmt.Sprintf("%s %d", kinds[i%len(kinds)], id),
			Plate: fmt.Sprintf("DR %03d %c", id%1000, 'A'+i/1000%26)}
		devices[i] = fleet.Device{
			ID: fleet.DeviceID(id), Organization: 1, Vehicle: fleet.VehicleID(id), Identity: fmt.Sprintf("%015d", id),
		}
	}
	return fleet.NewSnapshot(devices, vehicles)
}

// roadFix is what vehicle i reports at a moment: two in three drive round their town, the others stand with the
// ignition on or off; some raise an alarm, some know their place only roughly, and some are late.
func roadFix(i int, now time.Time) fleet.Fix {
	rng := rand.New(rand.NewPCG(uint64(i), 1))
	town := townOf(rng.Float64() * 100)
	north, east := town[0]+rng.NormFloat64()*0.28, town[1]+rng.NormFloat64()*0.42
	radius := 0.01 + rng.Float64()*0.05 // degrees
	speed := 25 + rng.Float64()*75      // km/h
	kind := rng.Float64()
	begin := rng.Float64() * 2 * math.Pi
	if kind > 0.68 && rng.Float64() < 0.7 { // stands in one of its town's depots
		depot := float64(rng.IntN(12))
		north, east = town[0]+math.Sin(depot*5)*0.2, town[1]+math.Cos(depot*3)*0.3
		radius = 0.0004 * rng.Float64()
	}
	f := fleet.Fix{Device: fleet.DeviceID(i + 1), Received: now, Position: protocols.Position{
		Time: now, Located: true, Valid: kind < 0.985, Ignition: protocols.Some(kind < 0.8)}}
	angle := begin
	if kind < 0.68 {
		seconds := math.Mod(float64(now.UnixMilli())/1000, 1e6)
		angle += seconds * speed / 3.6 / (radius * 111_000)
		f.Speed = protocols.Some(speed)
	} else {
		f.Speed = protocols.Some(0.0)
	}
	f.Latitude = north + radius*math.Sin(angle)*(1+0.3*math.Sin(3*angle))
	f.Longitude = east + radius*1.5*math.Cos(angle)
	f.Course = protocols.Some(math.Mod(360+math.Atan2(-math.Sin(angle), math.Cos(angle))*180/math.Pi, 360))
	switch late := rng.Float64(); {
	case late < 0.015:
		f.Time = now.Add(-45 * time.Minute)
	case late < 0.04:
		f.Time = now.Add(-8 * time.Minute)
	case late < 0.055:
		f.Alarms = protocols.AlarmSOS
	}
	return f
}

func townOf(share float64) [3]float64 {
	for _, town := range towns {
		if share -= town[2]; share < 0 {
			return town
		}
	}
	return towns[0]
}
