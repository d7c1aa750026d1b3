#pragma once

#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"

namespace cdc::lint {

// A fix of one edit.
diag::Fix Replace(std::string title, source::Span span, std::string replacement,
                  diag::Applicability applicability = diag::Applicability::kMachine);

// Takes a span out; with its whole lines if nothing else stands on them, else with the blanks in front of it.
diag::Fix Remove(std::string title, const source::SourceText& text, source::Span span,
                 diag::Applicability applicability = diag::Applicability::kMachine);

// The span with its whole lines, line end included, if nothing else stands on them; else as it is.
source::Span WholeLines(const source::SourceText& text, source::Span span);

}  // namespace cdc::lint
