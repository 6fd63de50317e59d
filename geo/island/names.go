package island

// stems are the first halves of the streets' names: the globe and its measuring, the sea, trades, trees, and so on.
const stems = `
Abacus Acorn Admiral Alder Almanac Amber Anchor Apple Aqueduct Arbour Archer Ash Aster Astrolabe Atlas Azimuth
Bakery Balance Barley Barrel Basalt Beacon Bearing Beech Bell Birch Bishop Blossom Boatman Botany Brass Brewery
Bridge Brook Buoy Butcher Cable Canal Candle Canvas Cape Cardinal Carpenter Castle Cedar Century Chalk Chandler
Chapel Charter Cherry Chestnut Chronometer Church Circle Cistern Clay Clipper Clock Clover College Compass
Cooper Copper Coral Cork Cornflower Cotton Crane Crescent Crown Custom Cypress Daisy Datum Degree Dial Dock
Dolphin Dove Drum Dyer Eagle East Easting Ebony Eclipse Elder Elm Epoch Equinox Falcon Farrier Fathom Fern Ferry
Fiddler Field Fig Flag Flax Forge Fountain Fox Foundry Galley Garden Garnet Gate Geodesy Gimbal Ginger Glass
Globe Glover Granary Granite Grove Guild Gull Hazel Heath Heather Helm Heron Hill Hive Holly Honey Horizon Horn
Indigo Iron Island Ivory Ivy Jasmine Jetty Juniper Keel Kestrel Kiln King Knot Lamp Lantern Larch Lark Latitude
Laurel Lavender Leap League Ledger Lemon Level Library Lily Lime Linden Linen Loom Longitude Lotus Lyre Magnet
Mallow Mangrove Maple Marble Mariner Market Mason Mast Meadow Mercator Mercury Merchant Midday Mile Mill Miller
Mint Mirror Moor Moss Mulberry Museum Myrtle Nautilus Needle Noon North Northing Nutmeg Oak Oar Observatory
Octant Olive Opal Orchard Orchid Origin Osprey Otter Oyster Paddle Palm Paper Parade Parallel Parish Pear Pearl
Pebble Pelican Pendulum Pepper Pilot Pine Plane Planet Plover Plum Polar Pole Pond Poplar Porter Post Potter
Priory Prism Quarry Quarter Quartz Queen Quill Quince Raven Reed Reef Republic River Robin Rope Rose Rowan Ruby
Rudder Rush Saddler Saffron Sage Sail Salt Sand Saturn School Scholar Sextant Shell Shepherd Ship Sickle Signal
Silk Silver Slate Solstice South Spar Sparrow Spire Spring Spruce Stable Star Station Steel Stone Stork Summer
Sundial Swallow Swan Tailor Tanner Teal Temple Theodolite Thistle Thyme Tide Tiller Timber Tower Trade Transit
Tropic Tulip Turnpike Turtle Umber Union Valley Vane Velvet Vernier Vine Violet Wagon Walnut Warden Water Weaver
Well West Wharf Wheat Wheel Willow Wind Windmill Winter Wool Wren Yarrow Yew Zenith Zephyr`

// suffixes are the second halves, the usual ones more than once.
func suffixes() []string {
	return []string{
		"Street", "Street", "Street", "Road", "Road", "Lane", "Way", "Walk", "Row", "Close", "Place", "Hill", "Gardens",
	}
}

// avenueSuffixes are those of greater streets.
func avenueSuffixes() []string { return []string{"Avenue", "Avenue", "Avenue", "Road", "Parade"} }

// boulevards are the main streets of each town, in the order of the towns.
func boulevards() [][]string {
	return [][]string{
		{"Equator Boulevard", "Prime Boulevard", "Tropic Boulevard", "Solstice Boulevard", "Null Street", "Origin Street"},
		{"Greenwich Avenue", "Grand Meridian", "Noon Street", "Transit Street"},
		{"Bay Boulevard", "Corniche Avenue", "Fisher Street", "Harbour Street"},
		{"Polar Avenue", "Gate Avenue", "High Street", "Cross Street"},
		{"Dune Boulevard", "Beach Avenue", "Sand Street", "Shell Street"},
	}
}

// trades and works make the names of customers, with a stem before them.
func trades() []customerKind {
	return []customerKind{
		{"shop", []string{"Bakery", "Books", "Cycles", "Florist", "Grocers", "Hardware", "Coffee", "Pharmacy", "Market"}},
		{"office", []string{"Insurance", "Design", "Surveyors", "Press", "Laboratories", "Institute"}},
		{"service", []string{"Clinic", "School", "Laundry", "Hotel", "Garage", "Dental", "Library"}},
		{"warehouse", []string{"Logistics", "Cold Store", "Furniture", "Supplies", "Wholesale", "Timber", "Steel"}},
	}
}

type customerKind struct {
	kind  string
	words []string
}
