package protocols

// Template is a command of a family in its own words, for operators to complete: what its manual gives.
type Template struct {
	Name      string      // what it does, in a few words
	Words     string      // as a Custom command has them: with {placeholders} by name
	Kind      CommandKind // of the common vocabulary that does the same; Custom if there is none
	Help      string      // a sentence for people
	Dangerous bool        // the engine may stop, or the tracker not come back
	Blanks    []Blank     // the placeholders of Words, in their order
}

// Blank is a placeholder of a Template.
type Blank struct {
	Name  string // as between the braces
	Usual string // what it mostly is; "" for nothing
	Help  string // a sentence for people, with the range of values
}
