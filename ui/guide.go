package ui

import (
	"context"
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// GuideWriter writes a page of the help to print.
type GuideWriter interface {
	WriteGuide(ctx context.Context, g record.Guide, path string) (record.Words, error)
}

// guideOf is a page of the help as it is printed.
func guideOf(p help.Page) record.Guide {
	g := record.Guide{Title: p.Title}
	for _, b := range p.Blocks {
		var words strings.Builder
		for _, s := range b.Spans {
			words.WriteString(s.Text)
		}
		part := record.GuidePart{Text: words.String()}
		switch b.Kind {
		case help.Heading:
			part.Kind = record.GuideHeading
		case help.Bullet:
			part.Kind = record.GuideItem
		case help.Step:
			part.Kind, part.Text = record.GuideStep, fmt.Sprintf("%d. %s", b.Number, part.Text)
		}
		g.Parts = append(g.Parts, part)
	}
	return g
}

// printGuide asks where to write a page of the help.
func (s *Shell) printGuide(office GuideWriter, g record.Guide) {
	desk := s.Desk()
	kit.AskFile(desk, kit.T("In trang hướng dẫn"), ledger.DefaultFolder, kit.FileName(".pdf", kit.T("Hướng dẫn"), g.Title), func(path string, ended func(error)) {
		kit.Do(desk.Runner, func(ctx context.Context) (record.Words, error) {
			return office.WriteGuide(ctx, g, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(desk, path, warning)
			}
		})
	})
}
