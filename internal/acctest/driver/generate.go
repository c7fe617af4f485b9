package driver

// GeneratedConfig is the configuration that Terraform writes for an object that it found or imported (-generate-config-out): everything
// that can be configured, as it is; sensitive values as null, sensitive objects as empty ones, and "" as null where it is optional.
func (d *Driver) GeneratedConfig(typeName string, found Object) map[string]any {
	d.t.Helper()
	return d.generated(newObject(lookUp(d, "resource", typeName, d.schemas.ResourceSchemas).Block), found)
}

func (d *Driver) generated(schema *object, found map[string]any) map[string]any {
	d.t.Helper()
	config := map[string]any{}
	for name, a := range schema.attributes {
		value := found[name]
		switch nested, present := value.(map[string]any); {
		case a.computed && !a.optional:
		case a.nested == nil && (a.sensitive || a.optional && value == ""):
			config[name] = nil
		case a.nested == nil:
			config[name] = value
		case a.nesting != single:
			d.t.Fatalf("driver: %s is a nested collection, whose generated configuration nobody has needed yet", name)
		case a.sensitive:
			config[name] = map[string]any{}
		case present:
			config[name] = d.generated(a.nested, nested)
		default:
			config[name] = nil
		}
	}
	return config
}
