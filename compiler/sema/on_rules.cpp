// Which action an event may have (LANGUAGE §2.1), and which of them this release runs.

#include <algorithm>
#include <array>

#include "compiler/sema/clauses.h"

namespace cdc::sema {
namespace {

using Action = ast::Action;
using diag::Diagnostics;
using diag::Kind;

const char* ActionWord(Action::Kind kind) {
  switch (kind) {
    case Action::Kind::kPublish:
      return "publish";
    case Action::Kind::kTombstone:
      return "tombstone";
    case Action::Kind::kSkip:
      return "skip";
    case Action::Kind::kFollow:
      return "follow";
    case Action::Kind::kPause:
      return "pause";
    case Action::Kind::kResnapshot:
      return "resnapshot";
    case Action::Kind::kRetry:
      return "retry";
    case Action::Kind::kFail:
      return "fail";
    case Action::Kind::kQuarantine:
      return "quarantine";
  }
  return "";
}

bool IsDelete(const ast::Event& event) { return event.label == "delete" || event.label == "leave"; }

class OnChecker {
 public:
  OnChecker(const ast::OnClause& clause, Diagnostics* diagnostics) : clause_(clause), diagnostics_(*diagnostics) {}

  bool Run() {
    for (const ast::Event& event : clause_.events) {
      switch (ClassOf(event)) {
        case EventClass::kRow:
          Row(event);
          break;
        case EventClass::kDdl:
          Ddl(event);
          break;
        case EventClass::kError:
          OfError(event);
          break;
        case EventClass::kOther:
          Later(event.span, "`on " + event.label + "`");
          break;
      }
    }
    int with_columns = 0;
    for (const ast::Event& event : clause_.events) with_columns += event.of_columns.empty() ? 0 : 1;
    if (with_columns > 1) Later(clause_.events.back().span, "more than one `update of (…)` in a rule");
    return ok_;
  }

 private:
  const Action& action() const { return clause_.action; }

  void Wrong(Span span, std::string message, std::string label = "") {
    diagnostics_.Report(Kind::kWrongPlace, span, std::move(message), std::move(label));
    ok_ = false;
  }
  void Later(Span span, const std::string& what) {
    ReportLater(span, what, &diagnostics_);
    ok_ = false;
  }
  void Illegal(const ast::Event& event, const char* legal) {
    Wrong(action().span, std::string("`") + ActionWord(action().kind) + "` is no answer to `" + event.label + "`",
          legal);
  }

  void Row(const ast::Event& event) {
    switch (action().kind) {
      case Action::Kind::kPublish:
        break;
      case Action::Kind::kTombstone:
        if (!IsDelete(event))
          Wrong(action().span, "a tombstone ends a key's life: only `on delete` and `on leave` have one");
        break;
      case Action::Kind::kSkip:
        if (action().text)
          Wrong(action().text->span, "`skip` with a text is for DDL: rows are skipped silently or not at all");
        break;
      case Action::Kind::kFail:
        break;
      default:
        Illegal(event, "rows: publish, tombstone, skip, fail");
    }
    if (action().and_tombstone && !IsDelete(event)) {
      Wrong(action().span, "a tombstone ends a key's life: only `on delete` and `on leave` have one");
    }
  }

  void Ddl(const ast::Event& event) {
    switch (action().kind) {
      case Action::Kind::kPublish:
      case Action::Kind::kSkip:
      case Action::Kind::kFail:
      case Action::Kind::kPause:
        break;
      case Action::Kind::kResnapshot:
      case Action::Kind::kFollow:
        Later(action().span, std::string("`") + ActionWord(action().kind) + "`");
        break;
      default:
        Illegal(event, "DDL: publish, skip, pause, resnapshot, follow, fail");
    }
    if (action().as != Action::As::kSame || action().and_tombstone) {
      Wrong(action().span, "DDL is published as it is, and has no tombstone");
    }
  }

  void OfError(const ast::Event& event) {
    static constexpr std::array<const char*, 5> kKinds = {"transform", "encode", "oversize", "decode", "ddl"};
    bool of_rows = true;  // without kinds it is meant for rows: what damages the log or the schema always stops
    for (const ast::Ident& kind : event.error_kinds) {
      if (std::find(kKinds.begin(), kKinds.end(), kind.text) == kKinds.end()) {
        ReportUnknown(Kind::kUnknownName, kind.span, "unknown kind of error `" + kind.text + "`", kind.text,
                      {kKinds.begin(), kKinds.end()}, &diagnostics_);
        ok_ = false;
      }
      of_rows = of_rows && kind.text != "decode" && kind.text != "ddl";
    }
    constexpr const char* kOthers = " for errors other than `(transform, encode, oversize)`";
    switch (action().kind) {
      case Action::Kind::kFail:
        if (action().text && !of_rows && ok_) Later(action().text->span, std::string("`fail` with a text") + kOthers);
        break;
      case Action::Kind::kSkip:
        if (!of_rows && ok_) Later(action().span, std::string("`skip`") + kOthers);
        break;
      case Action::Kind::kQuarantine:
        if (!of_rows && ok_) Later(action().span, std::string("`quarantine`") + kOthers);
        if (!action().to) {
          diagnostics_.Report(Kind::kMissingClause, action().span, "`quarantine` without a topic",
                              "write `quarantine to \"$pipe$-failed\"`");
          ok_ = false;
        }
        break;
      case Action::Kind::kPause:
        if (!of_rows && ok_) Later(action().span, std::string("`pause`") + kOthers);
        break;
      case Action::Kind::kRetry:
        Later(action().span, std::string("`") + ActionWord(action().kind) + "`");
        break;
      default:
        Illegal(event, "errors: fail, pause, retry, skip, quarantine");
    }
    if (clause_.when) Later(ast::SpanOf(*clause_.when), "`on error … when`");
  }

  const ast::OnClause& clause_;
  Diagnostics& diagnostics_;
  bool ok_ = true;
};

}  // namespace

EventClass ClassOf(const ast::Event& event) {
  static constexpr std::array<const char*, 7> kRows = {"snapshot", "insert", "update", "delete",
                                                       "enter",    "leave",  "dml"};
  if (std::find(kRows.begin(), kRows.end(), event.label) != kRows.end()) return EventClass::kRow;
  if (event.label == "error") return EventClass::kError;
  if (event.label == "heartbeat" || event.label == "transaction") return EventClass::kOther;
  return EventClass::kDdl;
}

bool CheckOn(const ast::OnClause& clause, Diagnostics* diagnostics) { return OnChecker(clause, diagnostics).Run(); }

}  // namespace cdc::sema
