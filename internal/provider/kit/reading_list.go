package kit

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Listed is a list of Hero's as data sources show it: the typed items, and beside them their ids and all of them as one JSON array, in the same
// order.
func Listed[T, M any](found []T, item func(T) M, identify func(T) (client.Field[string], json.RawMessage)) (items []M, ids []types.String, whole jsontypes.Normalized) {
	items, ids = make([]M, 0, len(found)), make([]types.String, 0, len(found))
	raws := make([][]byte, 0, len(found))
	for _, object := range found {
		id, raw := identify(object)
		items, ids, raws = append(items, item(object)), append(ids, StringFrom(id)), append(raws, raw)
	}
	return items, ids, JSONArray(raws)
}

// Matching keeps what matches an argument by which people look things up; everything when the argument is not given.
func Matching[T any](found []T, argument types.String, matches func(object T, wanted string) bool) []T {
	if argument.IsNull() {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), func(object T) bool { return !matches(object, argument.ValueString()) })
}

// Texts are the elements of a known list or set of strings, without nulls.
func Texts(collection interface{ Elements() []attr.Value }) []string {
	var texts []string
	for _, element := range collection.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() {
			texts = append(texts, text.ValueString())
		}
	}
	return texts
}
