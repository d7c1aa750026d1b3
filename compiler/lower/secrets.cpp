#include "compiler/lower/secrets.h"

#include "compiler/ast/expression.h"

namespace cdc::lower {
namespace {

class SecretFinder {
 public:
  explicit SecretFinder(const catalog::Settings& declared) : declared_(declared) {}

  void Pipe(const plan::Pipe& pipe) {
    for (const plan::TableRule& rule : pipe.tables) {
      if (rule.where) Expression(*rule.where);
      for (const plan::SelectItem& item : rule.select) {
        if (!item.star) Expression(item.value);
        for (const auto& [value, column] : item.replace) Expression(value);
      }
      for (const plan::TopicRule::Arm& arm : rule.topic.arms) Expression(arm.when);
      for (const plan::HeaderRule& header : rule.headers) Expression(header.value);
      for (const plan::OnRule& on : rule.on) {
        if (on.when) Expression(*on.when);
      }
    }
  }

  catalog::Settings used;

 private:
  void Expression(const expr::Expr& expr) {
    ast::ForEach(expr, [&](const expr::Expr& node) {
      if (node.kind != expr::ExprKind::kSecret) return;
      if (const catalog::SettingValue* value = declared_.Find(node.name)) used.Set(node.name, *value);
    });
  }

  const catalog::Settings& declared_;
};

}  // namespace

catalog::Settings UsedSecrets(const std::vector<plan::Pipe>& pipes, const catalog::Settings& declared) {
  SecretFinder finder(declared);
  for (const plan::Pipe& pipe : pipes) finder.Pipe(pipe);
  return std::move(finder.used);
}

}  // namespace cdc::lower
