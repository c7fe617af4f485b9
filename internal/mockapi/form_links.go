package mockapi

// FormLink is a link to a form as Hero keeps it. All about form links is inferred.
type FormLink struct {
	Link
	FormID string
}

// FormLinks returns the form links of a practice group in the order of their creation.
func (s *Server) FormLinks(practiceID string) []FormLink {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.formLinks.all(practiceID)
}

// AddFormLink adds a form link as somebody else would. Id and URL are made up where they are missing; an empty PracticeID
// is the key's own. It returns the link's id.
func (s *Server) AddFormLink(link FormLink) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addFormLink(link).ID
}

func (s *Server) addFormLink(link FormLink) *FormLink {
	link.Link = s.newLink(link.Link)
	return s.formLinks.add(link.PracticeID, link.ID, link)
}

// ChangeFormLink changes a form link as somebody else would and says whether there is one of that id.
func (s *Server) ChangeFormLink(id string, f func(*FormLink)) bool {
	return change(s, &s.formLinks, id, f)
}

// UseFormLink has patients open the link and send the form n times.
func (s *Server) UseFormLink(id string, n int) bool {
	return s.ChangeFormLink(id, func(link *FormLink) {
		link.NumberOfUses += n
		link.OpenCount += n
	})
}

// ExpireFormLink lets the link expire now.
func (s *Server) ExpireFormLink(id string) bool {
	now := s.now()
	return s.ChangeFormLink(id, func(link *FormLink) { link.ExpiresAt = now })
}

// RemoveFormLink removes a form link, which Hero's public API cannot, and says whether there was one.
func (s *Server) RemoveFormLink(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.formLinks.remove(id)
}

func (s *Server) formLinkOperations() map[string]handler {
	return map[string]handler{"createFormLink": s.createFormLink}
}

func (s *Server) createFormLink(c *call) answer {
	common, problems := s.limits(c)
	if len(problems) > 0 {
		return badRequest(problems...)
	}
	link := s.addFormLink(FormLink{Link: common, FormID: c.text("form_id")})
	body := object{}
	if key := s.options.FormLinkIDKey; key != "none" {
		body[key] = link.ID
	}
	if key := s.options.FormLinkURLKey; key != "none" {
		body[key] = link.URL
	}
	return ok(body)
}
