package kit

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Identity is what names an object of a practice group for good.
type Identity struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
	ID              types.String `tfsdk:"id"`
}

// IdentitySchema is the identity of an object of a practice group.
func IdentitySchema() identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"practice_group_id": identityschema.StringAttribute{OptionalForImport: true, Description: "Id of the practice group that the object belongs to; the provider's by default."},
		"id":                identityschema.StringAttribute{RequiredForImport: true, Description: "Hero's id of the object."},
	}}
}

// SetIdentity writes an object's identity. OpenTofu and older Terraform do without: then there is nothing to write to.
func SetIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, practice, id types.String, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.Set(ctx, Identity{PracticeGroupID: practice, ID: id})...)
	}
}

// ImportTarget is the practice group and the id that an import names: by identity, as <practice_group_id>/<id>, or as <id> in the
// provider's practice group. From the first "http" on, the text is an id (form links may have no other id than their URL).
func (d *Data) ImportTarget(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) (practice, id string, ok bool) {
	var target Identity
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		diags.Append(req.Identity.Get(ctx, &target)...)
	} else {
		target = parseImportID(req.ID)
	}
	if diags.HasError() {
		return "", "", false
	}
	if target.ID.ValueString() == "" {
		diags.AddError("The import id is not complete",
			fmt.Sprintf("%q names no object. Write <practice_group_id>/<id>, such as \"12/345\", or only <id> for an object of the provider's practice group.", req.ID))
		return "", "", false
	}
	practice, ok = d.Practice(target.PracticeGroupID, diags)
	return practice, target.ID.ValueString(), ok
}

func parseImportID(text string) Identity {
	text = strings.TrimSpace(text)
	at := strings.Index(text, "http") // of an id that is a URL
	if at < 0 {
		at = strings.LastIndex(text, "/") + 1
	}
	if at == 0 {
		return Identity{ID: types.StringValue(text)}
	}
	practice, separated := strings.CutSuffix(text[:at], "/")
	if !separated || practice == "" || strings.Contains(practice, "/") {
		return Identity{}
	}
	return Identity{PracticeGroupID: types.StringValue(practice), ID: types.StringValue(text[at:])}
}

// StartImport writes what an import begins with: practice, id and identity. Read fills in the rest.
func StartImport(ctx context.Context, practice, id string, memory Memory, resp *resource.ImportStateResponse) {
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, practicePath, practice)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	SetIdentity(ctx, resp.Identity, types.StringValue(practice), types.StringValue(id), &resp.Diagnostics)
	memory.Home = practice
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// WarnUnverified says which arguments the first plan after an import takes from the configuration because Hero does not tell them.
func WarnUnverified(object, practice string, arguments []string, diags *diag.Diagnostics) {
	if len(arguments) == 0 {
		return
	}
	diags.AddWarning(fmt.Sprintf("Not verified in the imported %s of practice group %s: %s", object, practice, strings.Join(arguments, ", ")),
		"Hero does not tell what these arguments are. They are taken into state as configured, without a call, so the object at Hero may differ. "+
			"To make sure, replace the object: terraform apply -replace=ADDRESS.")
}
