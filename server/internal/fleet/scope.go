package fleet

import "slices"

// Scope is who asks, and what they see: their organization's, and of its vehicles all or those of some groups. The
// zero Scope sees nothing.
type Scope struct {
	Organization OrganizationID
	User         UserID    // 0 for nobody: a command, a port that adopts
	Groups       []GroupID // sorted, with all groups below them; nil for every vehicle, empty for none
	Address      string    // where they are, for the audit log: an IP address, or by what else they came
}

// Sees says whether a vehicle is in the scope.
func (s *Scope) Sees(v *Vehicle) bool {
	return s.Organization != 0 && v.Organization == s.Organization &&
		(s.Groups == nil || member(s.Groups, v.Group))
}

// Same says whether two scopes see the same.
func (s *Scope) Same(other *Scope) bool {
	return s.Organization == other.Organization && (s.Groups == nil) == (other.Groups == nil) &&
		slices.Equal(s.Groups, other.Groups)
}

func member(groups []GroupID, id GroupID) bool {
	_, found := slices.BinarySearch(groups, id)
	return found
}
