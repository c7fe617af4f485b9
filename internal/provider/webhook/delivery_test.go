package webhook

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// However a name resolves: the dialer sees addresses only.
func TestDialer_connectsToNoLinkLocalAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"169.254.169.254:80", "[::ffff:169.254.169.254]:80", "[fe80::1]:80", "[fe80::1%lo]:443", "224.0.0.1:80", "[ff02::1]:80"} {
		connection, err := dialer().DialContext(t.Context(), "tcp", address)
		if err == nil {
			_ = connection.Close()
		}
		if !errors.Is(err, errLinkLocal) {
			t.Errorf("%s: got %v", address, err)
		}
	}
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	connection, err := dialer().DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = connection.Close()
}

func TestSend_callsNoLinkLocalAddress(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://169.254.169.254/latest", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]:8080/", "https://[fe80::1%25lo]/"} {
		if _, err := send(t.Context(), url, http.Header{}, nil, time.Minute); !errors.Is(err, errLinkLocal) {
			t.Errorf("%s: got %v", url, err)
		}
	}
}

func TestObjectOf_isWhatTheDocumentationSays(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]string{
		"appointment.confirmed": "Appointment", "appointment.rescheduled": "Appointment", "prescription.issued": "Prescription", "patient.added-to-sequence": "Patient",
		"patient.medical-record-updated": "Patient", "form-submission.created": "FormSubmission", "write-to-record.failed": "FormSubmission",
	} {
		if got := objectOf(event); got != want {
			t.Errorf("%s: got %s", event, got)
		}
	}
}
