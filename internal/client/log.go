package client

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

const logSubsystem = "hero_client"

// loggableFields are the keys of answers whose values may stand in a TRACE log. None can identify a person or open a door (an
// id can: it may be a patient's)
var loggableFields = map[string]bool{
	"event_type": true, "created_at": true, "updated_at": true, "active": true, "count": true, "status": true,
	"statusCode": true, "code": true, "expected": true, "path": true, "type": true, "form_type": true, "expiry_date": true,
	"maximum_uses": true, "number_of_uses": true, "unlimited_use": true, "sector": true, "capabilities": true,
}

// logAttempt writes one line for one attempt, and at TRACE another with the answer's body. Only keys, never values, of what is not known to be
// harmless are logged.
func logAttempt(ctx context.Context, t *trip, status int, took time.Duration, body []byte, err error) {
	ctx = tflog.NewSubsystem(ctx, logSubsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_HERO", "CLIENT"))
	if !tflog.SubsystemIsDebug(ctx, logSubsystem) {
		return
	}
	fields := map[string]any{
		"method": t.call.method, "path": loggablePath(t.call.path), "practice_group_id": t.call.practice,
		"duration_ms": took.Milliseconds(), "attempt": t.attempt,
	}
	if status > 0 {
		fields["status"] = status
	}
	if err != nil {
		fields["error"] = loggableFailure(err)
	}
	tflog.SubsystemDebug(ctx, logSubsystem, "Hero API request", fields)
	// In a line of its own: it is Terraform that leaves out lines below the level that was asked for, and the logger does not know that level.
	if len(body) > 0 && tflog.SubsystemIsTrace(ctx, logSubsystem) {
		tflog.SubsystemTrace(ctx, logSubsystem, "Hero API answer", map[string]any{"method": t.call.method, "path": loggablePath(t.call.path), "body": loggableBody(body, t.secrets)})
	}
}

// loggableFailure leaves out what may quote an answer: net/http repeats the first line of one that it cannot read.
func loggableFailure(err error) string {
	var network *net.OpError
	var untrusted *tls.CertificateVerificationError
	known := errors.As(err, &network) || errors.As(err, &untrusted)
	for _, plain := range []error{errAttemptTimeout, ErrAnswerTooLarge, io.EOF, io.ErrUnexpectedEOF, context.Canceled, context.DeadlineExceeded} {
		known = known || errors.Is(err, plain)
	}
	if !known {
		return "no answer that is HTTP"
	}
	return err.Error()
}

// loggablePath keeps version and collection and drops what follows: the id of a patient's record is a patient's field.
func loggablePath(path string) string {
	parts := strings.SplitN(path, "/", 4) // "", version, collection, rest
	switch {
	case len(parts) < 3 || len(parts[1]) != 2 || parts[1][0] != 'v' || !plainKey(parts[2]):
		return "/…" // a raw path of no known form
	case len(parts) == 3:
		return path
	case parts[2] == "me" && plainKey(parts[3]):
		return path
	}
	return strings.Join(parts[:3], "/") + "/…"
}

// loggableBody is an answer's body with every value that is not on the allow-list hidden, and the secrets of the call in those that are.
func loggableBody(body []byte, secrets []string) string {
	var value any
	if len(body) == 0 {
		return ""
	}
	if json.Unmarshal(body, &value) != nil {
		return "(not JSON)"
	}
	safe, err := json.Marshal(redact(value, false, secrets))
	if err != nil {
		return "(not JSON)"
	}
	return string(safe)
}

func redact(value any, allowed bool, secrets []string) any {
	switch value := value.(type) {
	case map[string]any:
		safe := make(map[string]any, len(value))
		other := 0
		for key, member := range value {
			if !plainKey(key) {
				other++ // a key can be a secret too, as in a map of headers
				continue
			}
			safe[key] = redact(member, loggableFields[key], secrets)
		}
		if other > 0 {
			safe["…"] = other
		}
		return safe
	case []any:
		safe := make([]any, 0, len(value))
		for _, item := range value {
			safe = append(safe, redact(item, allowed, secrets))
		}
		return safe
	case nil, bool:
		return value
	}
	text, isText := value.(string)
	switch {
	case !allowed, len(text) > 64:
		return "(hidden)"
	case isText:
		return withoutSecrets(text, secrets) // before JSON spells it in another way
	}
	return value
}

// plainKey reports whether a key looks like a field's name and not like data: a token or a patient's number has more digits.
func plainKey(key string) bool {
	digits := 0
	for i, r := range key {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'A' && r <= 'Z' && i > 0, r >= 'a' && r <= 'z', r == '_':
		default:
			return false
		}
	}
	return key != "" && len(key) <= 40 && digits <= 2
}
