package island

import "github.com/paulmach/orb"

// drawing gathers the features.
type drawing struct{ features []feature }

func (d *drawing) add(layer string, from int, geometry orb.Geometry, properties ...property) {
	switch g := geometry.(type) {
	case orb.Point:
		geometry = inWorld(g)
	case orb.LineString:
		geometry = orb.LineString(allInWorld(g))
	case orb.Polygon:
		var polygon orb.Polygon
		for _, ring := range g {
			polygon = append(polygon, allInWorld(ring))
		}
		geometry = polygon
	}
	var said []property
	for _, p := range properties {
		if p.text != "" || p.number != 0 {
			said = append(said, p)
		}
	}
	d.features = append(d.features, feature{layer, from, geometry, geometry.Bound(), said})
}

func allInWorld(line []orb.Point) []orb.Point {
	moved := make([]orb.Point, len(line))
	for i, p := range line {
		moved[i] = inWorld(p)
	}
	return moved
}

func text(key, value string) property { return property{key: key, text: value} }

// draw makes the features of everything, in the order in which they lie on each other.
func (i *Island) draw(roads []*road, pieces []piece, of []StreetID) []feature {
	var d drawing
	for _, s := range i.terrain.shapes {
		if s.line != nil {
			d.add(s.layer, s.from, s.line, text("kind", s.kind), text("name", s.name))
		} else {
			d.add(s.layer, s.from, orb.Polygon(s.rings), text("kind", s.kind), text("name", s.name))
		}
	}
	for _, b := range i.buildings() {
		d.add("building", MaxZoom, orb.Polygon{b})
	}
	i.drawRoads(&d, roads, pieces, of)
	i.drawPlaces(&d)
	for _, s := range append(i.Depots(), i.customers...) {
		from := 14
		if s.Kind == "depot" {
			from = 12
		}
		d.add("poi", from, metres(s.At), text("name", s.Name), text("kind", s.Kind))
	}
	return d.features
}

// drawRoads draws each street as few lines: pieces of a road one after the other are one line.
func (i *Island) drawRoads(d *drawing, roads []*road, pieces []piece, of []StreetID) {
	from := map[Class]int{Motorway: 6, Trunk: 7, Primary: 8, Secondary: 10, Residential: 11, Service: 13}
	for class := Service; ; class-- { // the greatest are drawn last, over the others
		for k := 0; k < len(pieces); {
			line, first := append(orb.LineString{}, pieces[k].points...), k
			for k++; k < len(pieces) && follows(pieces, of, k); k++ {
				line = append(line, pieces[k].points[1:]...)
			}
			if s := i.streets[of[first]]; roads[pieces[first].road].class == class {
				bridge := property{key: "bridge"}
				if pieces[first].bridge {
					bridge.number = 1
				}
				d.add("road", from[class], line, text("class", class.String()), text("name", s.Name), text("ref", s.Ref), bridge,
					property{key: "limit", number: int64(s.Limit)})
			}
		}
		if class == Motorway {
			return
		}
	}
}

func follows(pieces []piece, of []StreetID, k int) bool {
	a, b := &pieces[k-1], &pieces[k]
	return a.road == b.road && a.to == b.from && of[k-1] == of[k] && a.bridge == b.bridge
}

func (i *Island) drawPlaces(d *drawing) {
	for rank, t := range i.towns {
		d.add("place", 5, t.centre, text("name", t.name), text("kind", "town"), property{key: "rank", number: int64(rank)})
	}
	d.add("place", 9, orb.Point{10.6 * km, 3.7 * km}, text("name", lakeName), text("kind", "water"))
	centre, _ := airport()
	d.add("place", 10, centre, text("name", "Null Island International"), text("kind", "airport"))
	for _, p := range parks() {
		d.add("place", 12, p.centre, text("name", p.name), text("kind", "park"))
	}
	for _, s := range i.terrain.shapes {
		if s.kind == "industry" {
			d.add("place", 12, s.rings[0].Bound().Center(), text("name", s.name), text("kind", "industry"))
		}
	}
}
