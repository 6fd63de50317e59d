package island

import (
	"strings"

	"github.com/paulmach/orb"
)

// changes is how long a street is at least before it may get another name at an avenue, in metres.
const changes = 1100

// namer gives the streets their names and limits.
type namer struct {
	dice
	towns   []*town
	roads   []*road
	stems   []string
	taken   map[string]bool // "town/name"
	streets []Street
	numbers map[Street]StreetID
	main    map[string]int // boulevards that a town has used
}

// name gives each piece its street. Pieces are in order along each road.
func name(seed uint64, towns []*town, roads []*road, nodes []orb.Point, pieces []piece) ([]Street, []StreetID) {
	n := &namer{dice: newDice(seed, diceStreets), towns: towns, roads: roads, stems: strings.Fields(stems),
		taken: map[string]bool{}, numbers: map[Street]StreetID{}, main: map[string]int{}}
	great := make([]bool, len(nodes)) // nodes at which a name may change
	for i := range pieces {
		if roads[pieces[i].road].class <= Secondary {
			great[pieces[i].from], great[pieces[i].to] = true, true
		}
	}
	of := make([]StreetID, len(pieces))
	named, run := map[int32]string{}, 0.0
	for i := range pieces {
		p := &pieces[i]
		r := roads[p.road]
		gap := i == 0 || pieces[i-1].road != p.road || pieces[i-1].to != p.from
		if gap {
			run = 0
		}
		if named[p.road] == "" || r.class == Residential && (gap || run > changes && great[p.from]) {
			named[p.road], run = n.pick(r), 0
		}
		run += lengthOf(p.points)
		of[i] = n.street(r, named[p.road], p.points)
	}
	return n.streets, of
}

// street is the number of a street; where a road leaves a town it becomes another, with another limit.
func (n *namer) street(r *road, name string, line []orb.Point) StreetID {
	s := Street{Name: name, Ref: r.ref, Class: r.class}
	if t := n.townOf(line[len(line)/2]); t != nil {
		s.Town = t.name
	}
	s.Limit = r.class.limit(s.Town != "")
	id, ok := n.numbers[s]
	if !ok {
		id = StreetID(len(n.streets))
		n.numbers[s] = id
		n.streets = append(n.streets, s)
	}
	return id
}

func (n *namer) townOf(p orb.Point) *town {
	for _, t := range n.towns {
		if t.holds(p, 120) {
			return t
		}
	}
	return nil
}

// pick finds a name that the road's town does not have yet.
func (n *namer) pick(r *road) string {
	if r.name != "" {
		return r.name
	}
	endings := suffixes()
	if r.class < Residential {
		endings = avenueSuffixes()
	}
	if r.class == Primary {
		if name := n.boulevard(r.town.name); name != "" {
			return name
		}
	}
	for {
		name := n.stems[n.IntN(len(n.stems))] + " " + endings[n.IntN(len(endings))]
		if key := r.town.name + "/" + name; !n.taken[key] {
			n.taken[key] = true
			return name
		}
	}
}

func (n *namer) boulevard(town string) string {
	for i, t := range n.towns {
		if all := boulevards()[i]; t.name == town && n.main[town] < len(all) {
			n.main[town]++
			return all[n.main[town]-1]
		}
	}
	return ""
}
