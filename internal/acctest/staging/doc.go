// Package staging holds lifecycles that run the real terraform against Hero's staging (make testacc), and against a mock whenever the suite
// runs, so that they are fit for it. They make objects that are marked, and clean up after themselves and after runs that could not.
package staging
