package client

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestCanonicalJSON(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"keys sorted at any depth": {`{"b":1,"a":{"d":2,"c":[{"f":3,"e":4}]}}`, `{"a":{"c":[{"e":4,"f":3}],"d":2},"b":1}`},
		"no space":                 {" [ 1 ,\n 2 ] ", `[1,2]`},
		"numbers to the letter":    {`[12345678901234567890, 1.50, 1E2, -0]`, `[12345678901234567890,1.50,1E2,-0]`},
		"no escapes for HTML":      {`"a<b>&c"`, `"a<b>&c"`},
		"null":                     {`null`, `null`},
		"escapes made alike":       {`"\u0061\/"`, `"a/"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := CanonicalJSON([]byte(c.in))
			if err != nil || got != c.want {
				t.Fatalf("got %s, %v; want %s", got, err, c.want)
			}
		})
	}
}

func TestCanonicalJSON_refusesWhatIsNotOneValueWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "<html>secret</html>", `{"secret"`, `{} {"secret":1}`, `1 secret`} {
		got, err := CanonicalJSON([]byte(text))
		if err == nil {
			t.Errorf("%q became %q", text, got)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error quotes the text: %v", err)
		}
	}
}

func TestCanonicalJSON_dropsSecretsAtAnyDepth(t *testing.T) {
	t.Parallel()
	in := `{"data":[{"id":"1","Signing_Key":"s3cret","headers":{"Authorization":"s3cret","X":{"y":"s3cret"}}},{"headers":["s3cret"],"deep":{"signing_key":{"k":"s3cret"},"headers":{}}}]}`
	want := `{"data":[{"headers":{"Authorization":null,"X":null},"id":"1"},{"deep":{"headers":{}},"headers":null}]}`
	got, err := CanonicalJSON([]byte(in), DropKeys("signing_key"), BlankMembers("headers"))
	if err != nil || got != want {
		t.Fatalf("got %s, %v; want %s", got, err, want)
	}
}

func FuzzCanonicalJSON(f *testing.F) {
	for _, seed := range []string{`{"b":[1,2.0,{"a":null}],"a":"\u2028<"}`, `[[],{},""]`, `1e400`, `"\ud800"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := CanonicalJSON(raw)
		if (err == nil) != json.Valid(raw) {
			t.Fatalf("valid JSON is what is accepted, no more and no less: %q gave %v", raw, err)
		}
		if err != nil {
			return
		}
		if again, err := CanonicalJSON([]byte(text)); err != nil || again != text {
			t.Fatalf("%q became %q, and that %q (%v)", raw, text, again, err)
		}
		if !reflect.DeepEqual(numbered(t, raw), numbered(t, []byte(text))) {
			t.Fatalf("%q and %q do not mean the same", raw, text)
		}
	})
}

func numbered(t *testing.T, raw []byte) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
