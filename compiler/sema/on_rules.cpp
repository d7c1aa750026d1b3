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
  OnChecker(const ast::OnClause& clause, const OnPlace& place, Diagnostics* diagnostics)
      : clause_(clause), place_(place), diagnostics_(*diagnostics) {}

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
        Resnapshot(event);
        break;
      case Action::Kind::kFollow:
        if (event.label != "rename table") {
          Wrong(action().span, "only a table that gets another name can be followed, not `" + event.label + "`",
                "new columns are followed by `*`, whatever the rules say");
        }
        break;
      default:
        Illegal(event, "DDL: publish, skip, pause, resnapshot, follow, fail");
    }
    if (action().as != Action::As::kSame || action().and_tombstone) {
      Wrong(action().span, "DDL is published as it is, and has no tombstone");
    }
  }

  void Resnapshot(const ast::Event& event) {
    static constexpr std::array<const char*, 4> kNothingLeft = {"drop table", "create database", "alter database",
                                                                "drop database"};
    if (std::find(kNothingLeft.begin(), kNothingLeft.end(), event.label) != kNothingLeft.end()) {
      Wrong(action().span, "behind `" + event.label + "` there is no table to load");
    } else if (place_.only_the_log) {
      Wrong(action().span, "a source `binlog_files` has the log alone: there is no table to load from",
            "a source `mysql` has both");
    }
  }

  void OfError(const ast::Event& event) {
    static constexpr std::array<const char*, 5> kKinds = {"transform", "encode", "oversize", "decode", "ddl"};
    for (const ast::Ident& kind : event.error_kinds) {
      if (std::find(kKinds.begin(), kKinds.end(), kind.text) == kKinds.end()) {
        ReportUnknown(Kind::kUnknownName, kind.span, "unknown kind of error `" + kind.text + "`", kind.text,
                      {kKinds.begin(), kKinds.end()}, &diagnostics_);
        ok_ = false;
      } else if (kind.text == "decode") {
        OfDecode(kind);
      } else if (kind.text == "ddl") {
        OfFailedDdl();
      }
    }
    switch (action().kind) {
      case Action::Kind::kFail:
      case Action::Kind::kSkip:
      case Action::Kind::kPause:
      case Action::Kind::kRetry:
        break;
      case Action::Kind::kQuarantine:
        if (!action().to) {
          diagnostics_.Report(Kind::kMissingClause, action().span, "`quarantine` without a topic",
                              "write `quarantine to \"$pipe$-failed\"`");
          ok_ = false;
        }
        break;
      default:
        Illegal(event, "errors: fail, pause, retry, skip, quarantine");
    }
    if (clause_.when) Later(ast::SpanOf(*clause_.when), "`on error … when`");
  }

  void OfDecode(const ast::Ident& kind) {
    if (action().kind == Action::Kind::kSkip || action().kind == Action::Kind::kQuarantine) {
      Wrong(action().span, "a log is not read on behind damage: nobody knows which rows are missing there",
            "decode: fail, pause, retry");
    } else if (place_.in_table && action().kind != Action::Kind::kFail) {
      Wrong(kind.span, "a damaged log belongs to no table", "write it in the pipe");
    }
  }

  void OfFailedDdl() {
    if (action().kind == Action::Kind::kQuarantine) {
      Wrong(action().span, "a schema change cannot be put aside: the rows behind it need it", "ddl: fail, pause, skip");
    } else if (action().kind == Action::Kind::kRetry) {
      Wrong(action().span, "the statement in the log and the program are the same when they are tried again",
            "ddl: fail, pause, skip");
    }
  }

  const ast::OnClause& clause_;
  const OnPlace& place_;
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

bool CheckOn(const ast::OnClause& clause, const OnPlace& place, Diagnostics* diagnostics) {
  return OnChecker(clause, place, diagnostics).Run();
}

}  // namespace cdc::sema
