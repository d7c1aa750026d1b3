#pragma once

// Comments that allow findings (LANGUAGE §14):
//
//   -- lint:allow PIPE208, PIPE209 until 2027-03-01: the reason     behind a line: for what begins on that line,
//                                                                   and for the clause that ends on it;
//                                                                   on a line of its own: for the next item
//   -- lint:allow-file PIPE214: the reason                          for the file
//
// Without a reason, or behind its day, such a comment allows nothing.

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/lint/program.h"

namespace cdc::lint {

struct Suppression {
  Span comment;
  bool whole_line = false;                   // the comment stands alone on its line
  std::vector<std::pair<Kind, Span>> kinds;  // with the place of each id
  std::vector<bool> used;                    // parallel to `kinds`
  Span covers;                               // findings that begin here
  std::string problem;                       // why it allows nothing; empty: it does
  std::string hint;                          // with `problem`: next to the caret
  Span blame;                                // with `problem`: what is wrong

  bool Allows(const diag::Diagnostic& diagnostic, size_t* which) const;
};

// Those of a file. `today` as in Options.
std::vector<Suppression> ReadSuppressions(const ast::File& file, const source::SourceText& text,
                                          const std::string& today);

// Reports what is wrong with a suppression, and the rules of `ran` that it allows and that found nothing: PIPE232.
void ReportUseless(const Suppression& suppression, const source::SourceText& text, const Levels& ran,
                   Diagnostics* diagnostics);

}  // namespace cdc::lint
