// Package html writes a report as one file that opens in a browser from disk,
// without a network: an overview by package and file, every mutant in a list, and
// the source of each file with its mutants at their lines.
//
// # The page
//
// page.html holds the frame; style.css and the scripts are put into it as they
// are, and the report as JSON in a script element of its own. The scripts are
// plain JavaScript and build what is visible from that JSON: rows of the long list
// exist only while they are in view, a file's source when it is opened. They make
// text nodes only, so that no source or test output can become markup, and a
// content security policy in the page forbids every request but the live one.
//
//	model.js     the report, the filters, what matches them
//	dom.js       elements, badges, bars, Go's syntax
//	overview.js  packages and files
//	list.js      all mutants that match
//	file.js      a source file and the mutant that is open in it
//	main.js      where the page stands (the URL's hash), filters, keyboard, live
//
// # The data
//
// A Delta is a part of a report that is put together with the parts before it;
// the page has one with everything. Texts that occur often (reasons, tests,
// operators) are numbers into a list of strings, and equal lists of tests are one.
// A live page (package live) gets one Delta after the other. A mutant that comes
// again replaces the one with its id.
//
// The package owns no goroutine. An Encoder belongs to one goroutine at a time.
package html
