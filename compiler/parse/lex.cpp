#include "compiler/parse/lex.h"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "PipeLexer.h"
#include "compiler/parse/cut.h"
#include "compiler/parse/letters.h"
#include "compiler/parse/parse.h"
#include "stdlib/core/names.h"

namespace cdc::parse {
namespace {

using generated::PipeLexer;

constexpr std::array kHardWords = {
    "add",    "alter",  "and",     "as",     "between", "by",    "case",  "column", "create", "delete",    "div",
    "drop",   "else",   "end",     "except", "false",   "for",   "from",  "in",     "index",  "insert",    "interval",
    "into",   "is",     "key",     "like",   "mod",     "not",   "null",  "on",     "or",     "partition", "primary",
    "regexp", "rename", "replace", "rlike",  "select",  "set",   "table", "then",   "to",     "true",      "unsigned",
    "update", "use",    "using",   "values", "when",    "where", "xor"};

TokenKind KindOf(size_t type) {
  switch (type) {
    case PipeLexer::Name:
      return TokenKind::kName;
    case PipeLexer::Quoted:
      return TokenKind::kQuoted;
    case PipeLexer::String:
      return TokenKind::kString;
    case PipeLexer::Template:
      return TokenKind::kTemplate;
    case PipeLexer::Regex:
      return TokenKind::kRegex;
    case PipeLexer::Integer:
      return TokenKind::kInteger;
    case PipeLexer::Decimal:
      return TokenKind::kDecimal;
    case PipeLexer::Float:
      return TokenKind::kFloat;
    case PipeLexer::Hex:
      return TokenKind::kHex;
    case PipeLexer::HexString:
      return TokenKind::kHexString;
    case PipeLexer::BitString:
      return TokenKind::kBitString;
    case PipeLexer::Duration:
      return TokenKind::kDuration;
    case PipeLexer::Size:
      return TokenKind::kSize;
    case PipeLexer::BannedAnd:
    case PipeLexer::BannedOr:
      return TokenKind::kPunctuation;
    case PipeLexer::Other:
    case PipeLexer::OpenString:
      return TokenKind::kOther;
    default:
      return type < PipeLexer::Accept ? TokenKind::kPunctuation : TokenKind::kWord;
  }
}

class Cutter {
 public:
  Cutter(const source::SourceText& text, uint32_t file, diag::Diagnostics* diagnostics)
      : bytes_(text.text()), file_(file), diagnostics_(diagnostics) {}

  Lexed Run() {
    Prepare();
    std::vector<Piece> pieces = Pieces();
    out_.tokens.reserve(pieces.size() / 2 + 1);
    for (size_t i = 0; i < pieces.size(); ++i) i = Take(pieces, i);
    Token end;
    end.type = static_cast<uint16_t>(antlr4::Token::EOF);
    end.begin = end.end = static_cast<uint32_t>(bytes_.size());
    end.opens_line = true;
    out_.tokens.push_back(std::move(end));
    return std::move(out_);
  }

 private:
  diag::Diagnostic& Report(diag::Kind kind, uint32_t begin, uint32_t end, std::string message, std::string label = {}) {
    out_.reported.push_back(begin);
    bool heard = out_.reported.size() <= static_cast<size_t>(kMistakesMax);
    return (heard ? *diagnostics_ : unheard_).Report(kind, {file_, begin, end}, std::move(message), std::move(label));
  }

  // Makes `clean_`: the file without a byte order mark, a space for every byte that is not UTF-8.
  void Prepare() {
    start_ = bytes_.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    clean_ = bytes_.substr(start_);
    std::vector<uint32_t> bad_runs;
    size_t after_bad = 0;  // behind the last bad byte
    for (size_t at = 0; at < clean_.size();) {
      uint32_t code_point = 0;
      const int length = static_cast<unsigned char>(clean_[at]) < 0x80
                             ? 1
                             : source::DecodeUtf8(std::string_view(clean_).substr(at), &code_point);
      if (length > 0) {
        at += static_cast<size_t>(length);
        continue;
      }
      if (bad_runs.empty() || after_bad != at) bad_runs.push_back(start_ + static_cast<uint32_t>(at));
      clean_[at] = ' ';
      after_bad = ++at;
    }
    if (!bad_runs.empty()) ReportBadBytes(bad_runs);
  }

  // One mistake, however many places show it: the file was saved in another encoding, or is no text.
  void ReportBadBytes(const std::vector<uint32_t>& runs) {
    diag::Diagnostic& made = Report(diag::Kind::kSyntax, runs[0], runs[0] + 1, "this is not UTF-8", "files are UTF-8");
    if (runs.size() > 1)
      made.notes.push_back("nor are " + std::to_string(runs.size() - 1) + " other places of the file");
    out_.reported.insert(out_.reported.end(), runs.begin() + 1, runs.end());
  }

  std::vector<Piece> Pieces() const {
    std::vector<Piece> pieces = Cut(clean_);
    for (Piece& piece : pieces) {
      piece.begin += start_;
      piece.end += start_;
    }
    return pieces;
  }

  std::string_view Slice(uint32_t begin, uint32_t end) const { return bytes_.substr(begin, end - begin); }

  uint32_t LineEnd(uint32_t from) const {
    size_t end = bytes_.find_first_of("\r\n", from);
    return static_cast<uint32_t>(end == std::string_view::npos ? bytes_.size() : end);
  }

  // Whether only white space stands between the last thing and `offset` on its line.
  bool OpensLine(uint32_t offset) const {
    while (offset > 0 && (bytes_[offset - 1] == ' ' || bytes_[offset - 1] == '\t')) --offset;
    return offset == 0 || bytes_[offset - 1] == '\n' || (offset == 3 && static_cast<unsigned char>(bytes_[0]) == 0xEF);
  }

  void Push(int type, uint32_t begin, uint32_t end) {
    Token token;
    token.kind = KindOf(static_cast<size_t>(type));
    token.type = static_cast<uint16_t>(type);
    token.begin = begin;
    token.end = end;
    token.opens_line = OpensLine(begin);
    if (token.kind == TokenKind::kWord) token.word = LowerAscii(Slice(begin, end));
    if (token.kind == TokenKind::kPunctuation) token.word = std::string(Slice(begin, end));
    out_.tokens.push_back(std::move(token));
  }

  void PushComment(int type, const Piece& piece) {
    CommentToken comment;
    comment.comment.kind = type == PipeLexer::Doc     ? ast::Comment::Kind::kDoc
                           : type == PipeLexer::Block ? ast::Comment::Kind::kBlock
                                                      : ast::Comment::Kind::kLine;
    comment.comment.text = std::string(Slice(piece.begin, piece.end));
    comment.comment.span = {file_, piece.begin, piece.end};
    comment.before = static_cast<uint32_t>(out_.tokens.size());
    comment.opens_line = OpensLine(piece.begin);
    out_.comments.push_back(std::move(comment));
  }

  // Handles piece `i`; returns the index of the last piece it used.
  size_t Take(const std::vector<Piece>& pieces, size_t i) {
    const Piece& piece = pieces[i];
    switch (piece.type) {
      case PipeLexer::Space:
        return i;
      case PipeLexer::Doc:
      case PipeLexer::Comment:
      case PipeLexer::Block:
        PushComment(piece.type, piece);
        return i;
      case PipeLexer::Name:
        TakeName(piece);
        return i;
      case PipeLexer::OpenString:
        return CloseLine(pieces, i, PipeLexer::String, "this string is not closed", "`'` is missing on this line");
      case PipeLexer::Other:
        return TakeOther(pieces, i);
      default:
        break;
    }
    bool comment_opens = Slice(piece.begin, piece.end) == "/" && i + 1 < pieces.size() &&
                         pieces[i + 1].begin == piece.end && Slice(piece.end, pieces[i + 1].end) == "*";
    if (comment_opens) {
      Report(diag::Kind::kSyntax, piece.begin, piece.begin + 2, "this comment is not closed", "`*/` is missing");
      return pieces.size();
    }
    Push(piece.type, piece.begin, piece.end);
    return i;
  }

  size_t TakeOther(const std::vector<Piece>& pieces, size_t i) {
    const Piece& piece = pieces[i];
    char first = bytes_[piece.begin];
    if (first == '"') {
      return CloseLine(pieces, i, PipeLexer::Template, "this template is not closed", "`\"` is missing on this line");
    }
    if (first == '`') {
      return CloseLine(pieces, i, PipeLexer::Quoted, "this name is not closed", "a backtick is missing on this line");
    }
    uint32_t code_point = 0;
    source::DecodeUtf8(Slice(piece.begin, piece.end), &code_point);
    if (code_point < 0x80 && code_point >= 0x20 && code_point != 0x7F) {
      Push(piece.type, piece.begin, piece.end);  // `!`, `#`, `?`, …: the parser says what should stand there
    } else {
      ReportSymbol(code_point, piece.begin, piece.end);
    }
    return i;
  }

  void ReportSymbol(uint32_t code_point, uint32_t begin, uint32_t end) {
    std::string plain = PlainForm(code_point);
    std::string what = DescribeCodePoint(code_point);
    diag::Diagnostic& made = Report(diag::Kind::kSyntax, begin, end, "this is " + what,
                                    plain.empty()  ? "names are letters, digits and `_`"
                                    : plain == " " ? "write a space"
                                                   : "write `" + plain + "`");
    if (!plain.empty()) {
      made.fixes.push_back({"replace it", diag::Applicability::kMaybe, {{{file_, begin, end}, plain}}});
    }
  }

  // A name may hold characters that the lexer takes for letters: white space, which cuts it, and symbols
  // above U+0080.
  void TakeName(const Piece& piece) {
    uint32_t word = piece.begin;
    bool symbol = false;
    for (uint32_t at = piece.begin; at < piece.end;) {
      uint32_t code_point = 0;
      uint32_t next = at + static_cast<uint32_t>(source::DecodeUtf8(Slice(at, piece.end), &code_point));
      if (code_point >= 0x80 && !IsLetter(code_point)) {
        bool space = IsOddSpace(code_point);
        if (space || !symbol) ReportSymbol(code_point, at, next);
        symbol = symbol || !space;
        if (space) {
          if (word < at) PushWord(word, at);
          word = next;
        }
      }
      at = next;
    }
    if (word == piece.begin) {
      Push(PipeLexer::Name, piece.begin, piece.end);
    } else if (word < piece.end) {
      PushWord(word, piece.end);
    }
  }

  // Part of a name that was cut: it may be a word of the language, or start with a digit.
  void PushWord(uint32_t begin, uint32_t end) {
    const std::vector<Piece> pieces = Cut(Slice(begin, end));
    Push(pieces.size() == 1 ? pieces[0].type : static_cast<int>(PipeLexer::Name), begin, end);
  }

  // Something opened at piece `i` and not closed: it ends with the line, but for the `;`, `,`, `)`, … at its
  // end, which were meant to follow it.
  size_t CloseLine(const std::vector<Piece>& pieces, size_t i, int type, std::string message, std::string label) {
    uint32_t begin = pieces[i].begin;
    uint32_t line_end = LineEnd(begin);
    uint32_t end = line_end;
    while (end > begin + 1 && std::strchr(" \t;,)]}", bytes_[end - 1]) != nullptr) --end;
    Report(diag::Kind::kUnclosedString, begin, end, std::move(message), std::move(label));
    Push(type, begin, end);
    for (uint32_t at = end; at < line_end; ++at) {
      if (bytes_[at] != ' ' && bytes_[at] != '\t') Push(PunctuationType(Slice(at, at + 1)), at, at + 1);
    }
    while (i + 1 < pieces.size() && pieces[i + 1].begin < line_end) ++i;
    return i;
  }

  std::string_view bytes_;
  uint32_t file_;
  diag::Diagnostics* diagnostics_;
  diag::Diagnostics unheard_;  // beyond kMistakesMax
  std::string clean_;
  uint32_t start_ = 0;  // where `clean_` begins in the file
  Lexed out_;
};

}  // namespace

bool IsHardWord(const Token& token) {
  static const auto* const hard = [] {
    auto* types = new std::vector<bool>(PipeLexer::Other + 1, false);
    for (const char* word : kHardWords) (*types)[static_cast<size_t>(WordType(word))] = true;
    return types;
  }();
  return token.kind == TokenKind::kWord && (*hard)[token.type];
}

bool IsIdent(const Token& token) {
  if (token.kind == TokenKind::kName || token.kind == TokenKind::kQuoted) return true;
  return token.kind == TokenKind::kWord && !IsHardWord(token);
}

Token MadeUp(const char* punctuation, uint32_t offset) {
  Token token;
  token.kind = TokenKind::kPunctuation;
  token.type = static_cast<uint16_t>(PunctuationType(punctuation));
  token.begin = token.end = offset;
  token.word = punctuation;
  return token;
}

Lexed Lex(const source::SourceText& text, uint32_t file, diag::Diagnostics* diagnostics) {
  return Cutter(text, file, diagnostics).Run();
}

}  // namespace cdc::parse
