package mockapi

// AddPractice adds a practice group, or replaces the one with its id. Its settings are kept.
func (s *Server) AddPractice(practice Practice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if practice.Sector == "" {
		practice.Sector = "nhs"
	}
	if _, known := s.practices[practice.ID]; !known {
		s.order = append(s.order, practice.ID)
		s.settings[practice.ID] = &PracticeSettings{
			Name: practice.Name, Sector: practice.Sector,
			Address: Address{Line1: "1 Example Street", Town: "Exampleton", Postcode: "EX1 1EX", Country: "United Kingdom"},
		}
		s.furnish(practice.ID)
	}
	s.practices[practice.ID] = &practice
}

// LeaveNetwork takes a practice group out of the network: the key is refused for it from now on.
func (s *Server) LeaveNetwork(practiceID string) { s.setInNetwork(practiceID, false) }

// JoinNetwork takes a practice group into the network.
func (s *Server) JoinNetwork(practiceID string) { s.setInNetwork(practiceID, true) }

func (s *Server) setInNetwork(practiceID string, in bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if practice, known := s.practices[practiceID]; known {
		practice.InNetwork = in
	}
}

// mayActFor says whether the key may act for a practice group: its own, or one of the network.
func (s *Server) mayActFor(practiceID string) bool {
	practice, known := s.practices[practiceID]
	return known && (practice.InNetwork || practiceID == s.options.OwnPracticeID)
}

// listNetwork answers with the practice groups of the network, but for the one that the call acts for unless the options
// say otherwise.
func (s *Server) listNetwork(c *call) answer {
	var items []object
	for _, id := range s.order {
		if !s.mayActFor(id) || (id == c.practice && !s.options.NetworkIncludesCaller) {
			continue
		}
		items = append(items, object{"id": id, "name": s.settings[id].Name})
	}
	return list(items, len(items))
}
