package mockapi

import (
	"net/http"
	"strconv"
)

// object is a JSON object.
type object = map[string]any

// answer is what an operation found: a status and a body to encode, nil for none.
type answer struct {
	status int
	body   any
	isList bool        // body is {data, count}, to which Options.ListEnvelope applies
	header http.Header // beside the content type
}

// issue is one complaint in the body of a 400, as Hero writes it.
type issue struct {
	Code     string   `json:"code"`
	Expected string   `json:"expected"`
	Path     []string `json:"path"`
}

func ok(body any) answer { return answer{status: http.StatusOK, body: body} }

// done is a success without a body.
func done() answer { return answer{status: http.StatusOK} }

// list answers with items, of which there are count over all pages.
func list(items []object, count int) answer {
	if items == nil {
		items = []object{}
	}
	return answer{status: http.StatusOK, body: object{"data": items, "count": count}, isList: true}
}

func badRequest(issues ...issue) answer {
	return answer{status: http.StatusBadRequest, body: errorBody(http.StatusBadRequest, issues)}
}

// refuse answers with a plain message, as Hero is inferred to do for everything but a 400.
func refuse(status int, message string) answer {
	return answer{status: status, body: errorBody(status, message)}
}

func notFound(what string) answer { return refuse(http.StatusNotFound, what+" not found") }

func errorBody(status int, message any) object {
	return object{"error": true, "statusCode": status, "message": message}
}

// reshape gives a list the envelope that the options ask for.
func reshape(body object, envelope ListEnvelope) any {
	items, count := body["data"], body["count"]
	switch envelope {
	case EnvelopeDataOnly:
		return object{"data": items}
	case EnvelopeBareArray:
		return items
	case EnvelopeUnknown:
		return object{"things": items}
	case EnvelopeCountTooLarge:
		number, _ := count.(float64)
		return object{"data": items, "count": number + 1}
	case EnvelopeCountAsString:
		number, _ := count.(float64)
		return object{"data": items, "count": strconv.Itoa(int(number))}
	case EnvelopeDataCount:
	}
	return body
}
