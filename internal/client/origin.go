package client

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// BaseURLError is a base URL that cannot be used. Its text says why and what to write.
type BaseURLError struct{ Reason string }

func (e *BaseURLError) Error() string { return e.Reason }

// KeyTravelError refuses to send a key from the environment to a host that only the configuration names.
type KeyTravelError struct{ Host string }

func (e *KeyTravelError) Error() string {
	return fmt.Sprintf("the API key comes from the environment, and the host %q only from the configuration: the key is not sent there, "+
		"since anyone who can change the configuration could collect it. Name the same URL in HERO_BASE_URL, or set api_key in the configuration as well", e.Host)
}

// CheckBaseURL says whether a base URL could be used, without making a client: nil, or a [BaseURLError].
func CheckBaseURL(text string) error {
	_, err := parseBaseURL(text)
	return err
}

func parseBaseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil || base.Host == "" {
		return nil, &BaseURLError{"it is not a URL: write it as https://host, with a path prefix if the server has one"} // not quoted: it may hold a password
	}
	switch {
	case base.User != nil:
		return nil, &BaseURLError{"the base URL holds a user name or password: remove it, Hero knows callers by their key"}
	case base.RawQuery != "" || base.Fragment != "":
		return nil, &BaseURLError{"it has a query or a fragment: only scheme, host and path prefix are used"}
	case base.Scheme == "https", base.Scheme == "http" && isLoopback(base.Hostname()):
		return base, nil
	default:
		return nil, &BaseURLError{fmt.Sprintf("%q would send the API key unencrypted: use https (http is accepted for loopback addresses only)", text)}
	}
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func keyMayTravel(base *url.URL, environmentBaseURL string) bool {
	host := base.Hostname()
	if isLoopback(host) {
		return true
	}
	for _, known := range []string{ProductionURL, StagingURL, environmentBaseURL} {
		if parsed, err := url.Parse(known); err == nil && known != "" && strings.EqualFold(parsed.Host, base.Host) && parsed.Scheme == base.Scheme {
			return true
		}
	}
	return false
}

// sameHostReadsOnly follows a redirect only for a read, and only to the same scheme and host: Go would carry the key along, and
// would turn a redirected POST into a GET. What is not followed is answered to the caller as it came.
func sameHostReadsOnly(next *http.Request, before []*http.Request) error {
	first := before[0]
	if first.Method != http.MethodGet || next.URL.Scheme != first.URL.Scheme || next.URL.Host != first.URL.Host || len(before) > 5 {
		return http.ErrUseLastResponse
	}
	return nil
}
