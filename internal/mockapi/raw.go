package mockapi

import "strings"

// SetRaw keeps what GET of a path answers for a practice group, for the operations of which the path alone is known (the
// contract's tag Other). The body is a plain JSON object that
// nobody changes afterwards. Lists without one are empty; anything else is not found.
func (s *Server) SetRaw(practiceID, path string, body map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setRaw(practiceID, path, body)
}

func (s *Server) setRaw(practiceID, path string, body object) {
	if s.raw[practiceID] == nil {
		s.raw[practiceID] = map[string]any{}
	}
	s.raw[practiceID][path] = body
}

// rawOperations are all operations of the contract that are only known by their path.
func (s *Server) rawOperations() map[string]handler {
	operations := map[string]handler{}
	for _, op := range loadContract() {
		for _, tag := range op.route.Operation.Tags {
			if tag == "Other" {
				operations[op.id] = s.getRaw(strings.HasPrefix(op.id, "list"))
			}
		}
	}
	return operations
}

func (s *Server) getRaw(isList bool) handler {
	return func(c *call) answer {
		body, kept := s.raw[c.practice][c.request.URL.Path]
		switch {
		case kept:
			return ok(body)
		case isList:
			return list(nil, 0)
		default:
			return notFound("Object")
		}
	}
}
