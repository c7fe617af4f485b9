package main

import (
	"fmt"
	"html"
	"strings"
)

// The picture's measures, in pixels.
const (
	fontSize   = 13
	lineHeight = 18
	columns    = 90
	textWidth  = 704 // of a full line
	margin     = 16
	titleBar   = 30
)

// colours are those of SGR codes, legible on dark ground.
var colours = map[string]string{"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff", "90": "#8b949e"}

// svg draws lines with their SGR codes as a terminal.
func svg(lines []string) string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	width, height := textWidth+2*margin, titleBar+len(lines)*lineHeight+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="Output of the demo">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#0d1117"/>`+"\n", width, height)
	for i, colour := range []string{"#ff5f56", "#ffbd2e", "#27c93f"} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="6" fill="%s"/>`+"\n", margin+6+20*i, titleBar/2+2, colour)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" fill="#8b949e" text-anchor="middle" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="%d">make demo</text>`+"\n", width/2, titleBar/2+6, fontSize)
	fmt.Fprintf(&b, `<g fill="#e6edf3" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="%d" xml:space="preserve">`+"\n", fontSize)
	for i, line := range lines {
		if strings.TrimSpace(escape.ReplaceAllString(line, "")) != "" {
			fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text>`+"\n", margin, titleBar+margin+(i+1)*lineHeight-4, spans(line))
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// spans turns SGR codes into coloured and bold spans, and cuts what is too long for the picture.
func spans(line string) string {
	var b strings.Builder
	style := ""
	room := columns
	write := func(text string) {
		letters := []rune(text)
		if len(letters) > room {
			letters = append(letters[:max(0, room-1)], '…')
		}
		if len(letters) == 0 || room <= 0 {
			return
		}
		room -= len(letters)
		if style == "" {
			b.WriteString(html.EscapeString(string(letters)))
			return
		}
		fmt.Fprintf(&b, `<tspan%s>%s</tspan>`, style, html.EscapeString(string(letters)))
	}
	at := 0
	for _, code := range escape.FindAllStringSubmatchIndex(line, -1) {
		write(line[at:code[0]])
		at = code[1]
		switch sgr := line[code[2]:code[3]]; sgr {
		case "", "0":
			style = ""
		case "1":
			style = ` font-weight="bold"` + style
		default:
			if colour, ok := colours[sgr]; ok {
				style = fmt.Sprintf(" fill=%q", colour)
			}
		}
	}
	write(line[at:])
	return b.String()
}
