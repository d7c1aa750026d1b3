#include <algorithm>

#include "compiler/diff/compare_rule.h"
#include "compiler/diff/type_change.h"
#include "compiler/plan/outputs.h"
#include "compiler/plan/text_rules.h"

namespace cdc::diff {
namespace {

using plan::Output;
using Outputs = std::vector<Output>;

const Output* Find(const Outputs& outputs, const std::string& name) {
  auto found = std::find_if(outputs.begin(), outputs.end(), [&](const Output& output) { return output.name == name; });
  return found == outputs.end() ? nullptr : &*found;
}

std::string ValueText(const Output& output) {
  return output.value == nullptr ? plan::QuotedName(output.columns[0]) : expr::ToText(*output.value);
}

std::string NullText(const Output& output) { return output.type.nullable ? "null" : "not null"; }

std::string Described(const Output& output) {
  return output.type.kind == TypeKind::kUnknown ? ValueText(output)
                                                : TypeText(output.type) + (output.type.nullable ? "" : " not null");
}

class ColumnComparer {
 public:
  ColumnComparer(const Outputs& before, const Outputs& after, std::vector<Difference>* out)
      : before_(before), after_(after), out_(*out) {}

  void Run() {
    for (const Output& old : before_) {
      if (const Output* now = Find(after_, old.name)) {
        Same(old, *now);
      } else if (const Output* renamed = RenamedTo(old)) {
        taken_.push_back(renamed->name);
        out_.push_back({Kind::kColumnRenamed, old.name, old.name, renamed->name});
        Values(old, *renamed);
      } else {
        out_.push_back({Kind::kColumnRemoved, old.name, Described(old), ""});
      }
    }
    for (const Output& now : after_) {
      const bool taken = std::find(taken_.begin(), taken_.end(), now.name) != taken_.end();
      if (!taken && Find(before_, now.name) == nullptr) {
        out_.push_back({Kind::kColumnAdded, now.name, "", Described(now)});
      }
    }
    Order();
  }

 private:
  // The new column that has what `old` had; null: none.
  const Output* RenamedTo(const Output& old) const {
    for (const Output& now : after_) {
      const bool free =
          Find(before_, now.name) == nullptr && std::find(taken_.begin(), taken_.end(), now.name) == taken_.end();
      if (free && ValueText(now) == ValueText(old)) return &now;
    }
    return nullptr;
  }

  void Same(const Output& old, const Output& now) {
    Values(old, now);
    if (ValueText(old) != ValueText(now)) {
      out_.push_back({Kind::kValueChanged, old.name, ValueText(old), ValueText(now)});
    }
  }

  void Values(const Output& old, const Output& now) {
    const TypeChange change = CompareTypes(old.type, now.type);
    if (change != TypeChange::kNone) {
      out_.push_back({change == TypeChange::kWidened ? Kind::kTypeWidened : Kind::kTypeChanged, now.name,
                      TypeText(old.type), TypeText(now.type)});
    }
    const bool known = old.type.kind != TypeKind::kUnknown && now.type.kind != TypeKind::kUnknown;
    if (!known || old.type.nullable == now.type.nullable) return;
    out_.push_back(
        {now.type.nullable ? Kind::kBecameNullable : Kind::kNeverNull, now.name, NullText(old), NullText(now)});
  }

  static std::vector<std::string> Common(const Outputs& of, const Outputs& other) {
    std::vector<std::string> names;
    for (const Output& output : of) {
      if (Find(other, output.name) != nullptr) names.push_back(output.name);
    }
    return names;
  }
  void Order() {
    const std::vector<std::string> before = Common(before_, after_);
    const std::vector<std::string> after = Common(after_, before_);
    if (before == after) return;
    // From the first that stands elsewhere to the last.
    auto [first, unused] = std::mismatch(before.begin(), before.end(), after.begin());
    const auto skip = first - before.begin();
    const auto [last, also] = std::mismatch(before.rbegin(), before.rend(), after.rbegin());
    const auto keep = last - before.rbegin();
    auto part = [&](const std::vector<std::string>& names) {
      return plan::Join({names.begin() + skip, names.end() - keep}, ", ");
    };
    out_.push_back({Kind::kColumnsMoved, "columns", part(before), part(after)});
  }

  const Outputs& before_;
  const Outputs& after_;
  std::vector<Difference>& out_;
  std::vector<std::string> taken_;  // new names of renamed columns
};

}  // namespace

void CompareColumns(const OwnedTable& before, const OwnedTable& after, std::vector<Difference>* out) {
  if (before.schema != nullptr && after.schema != nullptr) {
    const Outputs old = plan::OutputsOf(before.rule, *before.schema);
    const Outputs now = plan::OutputsOf(after.rule, *after.schema);
    ColumnComparer(old, now, out).Run();
    return;
  }
  const std::string old = plan::SelectText(before.rule.select);
  const std::string now = plan::SelectText(after.rule.select);
  if (old != now) out->push_back({Kind::kSelectChanged, "select", old, now});
}

}  // namespace cdc::diff
