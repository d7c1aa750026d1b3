#pragma once

// What can be told about a file from its braces and first words alone, whether or not it parses: where
// declarations start, what each brace belongs to, how far an item reaches, how deep things nest. Recovery
// builds on it.

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/parse/token.h"

namespace cdc::parse {

// Indexes of the tokens that start a declaration, import or edition by their shape (`source x :`, `pipe x
// {`), at any depth of braces: a lost brace must not swallow the next declaration.
std::vector<size_t> DeclarationStarts(const std::vector<Token>& tokens);

// The item around token `at`: from its first token up to and with its `;` or closing brace, [first, second).
// A clause word that opens a line starts an item even if the `;` before it is missing.
std::pair<size_t, size_t> ItemAround(const std::vector<Token>& tokens, size_t at);

// Whether the token can be the first of a clause, setting or statement, judging by the block it stands in.
bool OpensItem(const std::vector<Token>& tokens, size_t at);

// The innermost `{`, `(` or `[` that is open in front of token `at`.
std::optional<size_t> OpenBracket(const std::vector<Token>& tokens, size_t at);

// The first token that nests deeper than `limit`: brackets, `case`, and chains of `not`, `-`, `~`,
// `interval`.
std::optional<size_t> TooDeep(const std::vector<Token>& tokens, int limit);

}  // namespace cdc::parse
