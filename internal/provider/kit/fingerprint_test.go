package kit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestFingerprint_isSaltedAndStaysTheSame(t *testing.T) {
	t.Parallel()
	var one, other kit.Memory
	first := one.Fingerprint("secret")
	if first != one.Fingerprint("secret") || first == one.Fingerprint("secret2") || first == other.Fingerprint("secret") {
		t.Error("fingerprints do not tell secrets apart, or do")
	}
	if len(first) != 64 || strings.Trim(first, "0123456789abcdef") != "" || len(one.Salt) != 32 {
		t.Errorf("fingerprint %q, salt of %d bytes", first, len(one.Salt))
	}
}

func TestMustResend_decidesByVersionFirstAndByValueElse(t *testing.T) {
	t.Parallel()
	null, unknown, old, fresh := types.StringNull(), types.StringUnknown(), types.StringValue("old"), types.StringValue("fresh")
	v1, v2 := types.StringValue("1"), types.StringValue("2")
	for _, c := range []struct {
		name                   string
		sent                   types.String // null for none
		value, version, before types.String
		want                   string
	}{
		{"nothing, as ever", null, null, null, null, ""},
		{"the same value", old, old, null, null, ""},
		{"another value", old, fresh, null, null, kit.ValueChanged},
		{"a first value", null, old, null, null, kit.ValueAdded},
		{"no value any more", old, null, null, null, kit.ValueRemoved},
		{"a value that is not known yet", old, unknown, null, null, ""},
		{"the same version", old, old, v1, v1, ""},
		{"the same version, another value", old, fresh, v1, v1, ""},
		{"the same version, no value", old, null, v1, v1, ""},
		{"the same version, a first value", null, old, v1, v1, ""},
		{"another version", old, old, v2, v1, kit.VersionChanged},
		{"another version, no value", old, null, v2, v1, kit.VersionChanged},
		{"another version, a value not known yet", old, unknown, v2, v1, kit.VersionChanged},
		{"a version not known yet", old, old, unknown, v1, kit.VersionChanged},
		{"a first version, the same value", old, old, v1, null, ""},
		{"a first version, another value", old, fresh, v1, null, kit.ValueChanged},
		{"a first version, no value", old, null, v1, null, ""},
		{"a first version, not known yet", old, old, unknown, null, ""},
		{"a first version with a first value", null, old, v1, null, kit.ValueAdded},
		{"no version any more, the same value", old, old, null, v1, ""},
		{"no version any more, another value", old, fresh, null, v1, kit.ValueChanged},
		{"neither version nor value any more", old, null, null, v1, kit.ValueRemoved},
	} {
		var memory kit.Memory
		memory.RememberSent(kit.Secret{Argument: "key", Value: c.sent})
		if got := memory.MustResend(kit.Secret{Argument: "key", Value: c.value, Version: c.version, VersionBefore: c.before}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestObserve_believesAnotherValueOnlyAfterHeroHasShownTheRightOne(t *testing.T) {
	t.Parallel()
	var memory kit.Memory
	sent := memory.RememberSent(kit.Secret{Argument: "key", Value: types.StringValue("sent")})
	other := types.StringValue(memory.Fingerprint("other"))
	state := sent
	for _, c := range []struct {
		shown  client.Field[string]
		want   types.String
		proven bool
	}{
		{client.Tell("other"), sent, false},
		{client.Tell("********"), sent, false},
		{client.Field[string]{}, sent, false},
		{client.Tell("sent"), sent, true},
		{client.Tell("other"), other, true},
		{client.Tell("********"), other, true},
		{client.Field[string]{Told: true}, other, true},
		{client.Tell("sent"), sent, true},
	} {
		state = memory.Observe("key", state, c.shown)
		if !state.Equal(c.want) || slices.Contains(memory.Echoed, "key") != c.proven {
			t.Errorf("shown %+v: got %s, proven %v", c.shown, state, memory.Echoed)
		}
	}
	// What is sent anew has to be proven anew, and what was never sent cannot be.
	memory.RememberSent(kit.Secret{Argument: "key", Value: types.StringValue("newer")})
	if len(memory.Echoed) != 0 {
		t.Error("the proof outlived the value")
	}
	memory.RememberSent(kit.Secret{Argument: "key", Value: types.StringNull()})
	if got := memory.Observe("key", types.StringNull(), client.Tell("other")); !got.IsNull() || len(memory.Sent) != 0 {
		t.Errorf("got %s, sent %v", got, memory.Sent)
	}
}

func TestMapSecret_isOneTextForAMapWhateverItsOrder(t *testing.T) {
	t.Parallel()
	of := func(values map[string]attr.Value) types.Map { return types.MapValueMust(types.StringType, values) }
	for _, c := range []struct {
		secrets types.Map
		want    types.String
	}{
		{types.MapNull(types.StringType), types.StringNull()},
		{types.MapUnknown(types.StringType), types.StringUnknown()},
		{of(nil), types.StringNull()},
		{of(map[string]attr.Value{"b": types.StringValue("2"), "a": types.StringValue("1")}), types.StringValue(`{"a":"1","b":"2"}`)},
		{of(map[string]attr.Value{"a": types.StringUnknown(), "b": types.StringValue("2")}), types.StringUnknown()},
		{of(map[string]attr.Value{"a": types.StringNull(), "b": types.StringValue("2")}), types.StringValue(`{"b":"2"}`)},
	} {
		if got := kit.MapSecret(c.secrets); !got.Equal(c.want) {
			t.Errorf("%s: got %s, want %s", c.secrets, got, c.want)
		}
	}
}
