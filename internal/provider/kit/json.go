package kit

import (
	"bytes"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// JSON is an answer of Hero's, canonically encoded with its numbers kept; null when it is not JSON (an empty body, say).
func JSON(raw []byte, options ...client.JSONOption) jsontypes.Normalized {
	text, err := client.CanonicalJSON(raw, options...)
	if err != nil {
		return jsontypes.NewNormalizedNull()
	}
	return jsontypes.NewNormalizedValue(text)
}

// JSONArray is several items of Hero's as one array.
func JSONArray(raws [][]byte, options ...client.JSONOption) jsontypes.Normalized {
	return JSON(append(append([]byte("["), bytes.Join(raws, []byte(","))...), ']'), options...)
}
