package theme

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/assets"
)

// Icons of our own, in addition to the toolkit's names.
const (
	IconActivities fyne.ThemeIconName = "sophobien.activities"
	IconHome       fyne.ThemeIconName = "sophobien.overview"
	IconPeople     fyne.ThemeIconName = "sophobien.people"
	IconQuestions  fyne.ThemeIconName = "sophobien.questions"
	IconRegisters  fyne.ThemeIconName = "sophobien.registers"
	IconLaw        fyne.ThemeIconName = "sophobien.law"
	IconReports    fyne.ThemeIconName = "sophobien.reports"
	IconExchange   fyne.ThemeIconName = "sophobien.exchange"
	IconSettings   fyne.ThemeIconName = "sophobien.settings"
	IconLock       fyne.ThemeIconName = "sophobien.lock"
	IconKey        fyne.ThemeIconName = "sophobien.key"
	IconShield     fyne.ThemeIconName = "sophobien.shield"
)

// files says which drawing stands for a name.
var files = map[fyne.ThemeIconName]string{
	fynetheme.IconNameCancel: "cancel", fynetheme.IconNameConfirm: "confirm",
	fynetheme.IconNameDelete: "delete", fynetheme.IconNameSearch: "search", fynetheme.IconNameSearchReplace: "search",
	fynetheme.IconNameMenu: "menu", fynetheme.IconNameMenuExpand: "chevron-right",
	fynetheme.IconNameCheckButton: "unchecked", fynetheme.IconNameCheckButtonChecked: "checked",
	fynetheme.IconNameCheckButtonFill: "check-fill", fynetheme.IconNameCheckButtonPartial: "partial",
	fynetheme.IconNameRadioButton: "radio", fynetheme.IconNameRadioButtonChecked: "radio-checked",
	fynetheme.IconNameRadioButtonFill: "radio-fill",
	fynetheme.IconNameContentAdd:      "add", fynetheme.IconNameContentRemove: "remove",
	fynetheme.IconNameContentCut: "cut", fynetheme.IconNameContentCopy: "copy", fynetheme.IconNameContentPaste: "paste",
	fynetheme.IconNameContentClear: "cancel", fynetheme.IconNameContentUndo: "undo", fynetheme.IconNameContentRedo: "redo",
	fynetheme.IconNameInfo: "info", fynetheme.IconNameQuestion: "help", fynetheme.IconNameHelp: "help",
	fynetheme.IconNameWarning: "warning", fynetheme.IconNameError: "error", fynetheme.IconNameBrokenImage: "image",
	fynetheme.IconNameDocument: "document", fynetheme.IconNameDocumentCreate: "pen",
	fynetheme.IconNameDocumentPrint: "print", fynetheme.IconNameDocumentSave: "save",
	fynetheme.IconNameDragCornerIndicator: "corner",
	fynetheme.IconNameMoreHorizontal:      "more-h", fynetheme.IconNameMoreVertical: "more-v",
	fynetheme.IconNameMoveDown: "arrow-down", fynetheme.IconNameMoveUp: "arrow-up",
	fynetheme.IconNameNavigateBack: "arrow-left", fynetheme.IconNameNavigateNext: "arrow-right",
	fynetheme.IconNameArrowDropDown: "chevron-down", fynetheme.IconNameArrowDropUp: "chevron-up",
	fynetheme.IconNameFile: "file", fynetheme.IconNameFileApplication: "program", fynetheme.IconNameFileAudio: "file",
	fynetheme.IconNameFileImage: "image", fynetheme.IconNameFileText: "document", fynetheme.IconNameFileVideo: "file",
	fynetheme.IconNameFolder: "folder", fynetheme.IconNameFolderNew: "folder-new", fynetheme.IconNameFolderOpen: "folder-open",
	fynetheme.IconNameHistory: "history", fynetheme.IconNameHome: "home", fynetheme.IconNameSettings: "settings",
	fynetheme.IconNameStorage: "storage", fynetheme.IconNameUpload: "upload", fynetheme.IconNameDownload: "download",
	fynetheme.IconNameViewRefresh: "refresh", fynetheme.IconNameVisibility: "eye", fynetheme.IconNameVisibilityOff: "eye-off",
	fynetheme.IconNameComputer: "computer", fynetheme.IconNameDesktop: "computer", fynetheme.IconNameAccount: "account",
	fynetheme.IconNameCalendar: "calendar", fynetheme.IconNameList: "list", fynetheme.IconNameGrid: "grid",
	fynetheme.IconNameMediaPhoto: "image", fynetheme.IconNameMailSend: "mail", fynetheme.IconNameWindowClose: "cancel",
	IconHome: "home", IconPeople: "people", IconQuestions: "questions", IconLaw: "law", IconRegisters: "registers",
	IconActivities: "activities", IconReports: "reports", IconExchange: "exchange", IconSettings: "settings",
	IconLock: "lock", IconKey: "key", IconShield: "shield",
}

// Icon finds an icon, drawn in the colour of the text around it.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if res, ok := icons[name]; ok {
		return res
	}
	return fynetheme.DefaultTheme().Icon(name)
}

// Icon is the icon of a name, whatever theme is in use.
func Icon(name fyne.ThemeIconName) fyne.Resource { return icons[name] }

var icons = func() map[fyne.ThemeIconName]fyne.Resource {
	out := make(map[fyne.ThemeIconName]fyne.Resource, len(files))
	for name, file := range files {
		svg, err := assets.Icons.ReadFile("icons/" + file + ".svg")
		if err != nil {
			panic("theme: no icon " + file)
		}
		// The name is also the key under which the toolkit keeps the drawing.
		res := fyne.NewStaticResource(strings.TrimPrefix(string(name), "sophobien.")+"-"+file+".svg", svg)
		out[name] = fynetheme.NewThemedResource(res)
	}
	return out
}()
