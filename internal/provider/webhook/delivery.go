package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// delivery is an event as Hero POSTs it to a webhook's URL (the four keys are documented).
type delivery struct {
	Object          string `json:"object"`
	ID              string `json:"id"`
	PracticeGroupID string `json:"practice_group_id"`
	Event           string `json:"event"`
}

// objectOf is the kind of object that an event is about: documented for appointments, prescriptions, patients and form submissions. For
// any other event, write-to-record.* among them, it is a guess: what is written to a record are form submissions.
func objectOf(event string) string {
	subject, _, _ := strings.Cut(event, ".")
	switch subject {
	case "appointment":
		return "Appointment"
	case "prescription":
		return "Prescription"
	case "patient":
		return "Patient"
	}
	return "FormSubmission"
}

// sign adds Hero's signature: the HMAC-SHA256 with the signing key over "{timestamp}.{body}" (guide). Its encoding as lower-case hex, and
// the timestamp as seconds since 1970, are inferred.
func sign(header http.Header, key string, body []byte, now time.Time) {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	header.Set("X-Herohealth-Timestamp", timestamp)
	header.Set("X-Herohealth-Signature", hex.EncodeToString(mac.Sum(nil)))
}

var errLinkLocal = errors.New("link-local addresses are not called: cloud machines keep their credentials there")

// send POSTs a delivery as Hero would. It follows no redirect, and calls no link-local address, whatever name resolves to it.
func send(ctx context.Context, target string, header http.Header, body []byte, timeout time.Duration) (receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(string(body)))
	if err != nil {
		return receipt{}, errors.New("the URL cannot be called")
	}
	request.Header = header
	if linkLocal(request.URL.Hostname()) { // also where a proxy would make the connection
		return receipt{}, errLinkLocal
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: dialer().DialContext, DisableKeepAlives: true}
	caller := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

	began := time.Now()
	response, err := caller.Do(request)
	if err != nil {
		return receipt{}, withoutURL(ctx, err, timeout)
	}
	defer response.Body.Close()
	answered := receipt{status: response.StatusCode, contentType: response.Header.Get("Content-Type")}
	answered.body, err = io.ReadAll(io.LimitReader(response.Body, maxReceipt))
	answered.length, answered.took = len(answered.body), time.Since(began)
	if location, errLocation := response.Location(); errLocation == nil {
		answered.redirect = location.Host
	}
	if err != nil {
		return receipt{}, withoutURL(ctx, err, timeout)
	}
	return answered, nil
}

// dialer looks at the addresses that names resolve to, just before it connects.
func dialer() *net.Dialer {
	return &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		if host, _, err := net.SplitHostPort(address); err == nil && linkLocal(host) {
			return errLinkLocal
		}
		return nil
	}}
}

// withoutURL drops the URL that net/http quotes, whose query may hold a credential, and says what a timeout was.
func withoutURL(ctx context.Context, err error, timeout time.Duration) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("no complete answer within %s (timeout)", timeout)
	case ctx.Err() != nil:
		return errors.New("interrupted before it answered")
	}
	return err
}

func linkLocal(host string) bool {
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	address = address.Unmap()
	return address.IsLinkLocalUnicast() || address.IsLinkLocalMulticast()
}

func encodeDelivery(event, practice, objectID string) []byte {
	body, _ := json.Marshal(delivery{Object: objectOf(event), ID: objectID, PracticeGroupID: practice, Event: event}) //nolint:errchkjson // strings only: cannot fail
	return body
}
