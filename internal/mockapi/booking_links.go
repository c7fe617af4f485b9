package mockapi

// BookingLinkItemShape is what GET /v2/bookinglinks tells of each link; its items were not seen.
type BookingLinkItemShape int

// The shapes of items.
const (
	ItemsFull    BookingLinkItemShape = iota // all that GET of one link tells
	ItemsPartial                             // without meta and the use counters
	ItemsIDs                                 // the ids alone
)

// ExpiryTime is the time of day at which a link of a given expiry date expires, which is not published.
type ExpiryTime int

// The times of day. London's differ from UTC's in summer.
const (
	ExpiresEndOfDayLondon      ExpiryTime = iota // 23:59:59 of that day
	ExpiresStartOfDayLondon                      // 00:00 of that day
	ExpiresMidnightAfterLondon                   // 00:00 of the next day
	ExpiresEndOfDayUTC
	ExpiresStartOfDayUTC
	ExpiresMidnightAfterUTC
)
