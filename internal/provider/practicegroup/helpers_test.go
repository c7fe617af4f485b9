package practicegroup_test

import "fmt"

// show prints a value; maps print sorted.
func show(value any) string { return fmt.Sprint(value) }
