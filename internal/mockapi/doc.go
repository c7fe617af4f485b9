// Package mockapi is a stateful mock of the Hero Health public API, for tests and for trying the provider out.
//
// It behaves as Hero's public documentation says, keeps what it is given, and holds both sides to the contract in
// contract/openapi.yaml: a request or an answer outside it is noted in [Server.ContractViolations]. Where the
// documentation is silent, [Options] choose between the behaviours that Hero may have. [Server.Fault] breaks answers and
// connections, [Server.Requests] tells what was asked.
//
// One file holds one part of the API: the type that is kept, what tests may do to it behind the client's back, the
// operations by their id in the contract, and the answers. All times come from Options.Clock.
package mockapi
