#include "compiler/explain/pages.h"
#include "compiler/explain/wrap.h"
#include "stdlib/functions/function.h"
#include "stdlib/functions/registry.h"

namespace cdc::explain {
namespace {

using functions::Form;
using functions::FunctionDef;
using functions::Parameter;

std::string List(const std::vector<std::string>& items, size_t first = 0) {
  std::string text;
  for (size_t i = first; i < items.size(); ++i) text += (i > first ? ", " : "") + items[i];
  return text;
}

// A call as it is written: operators between or before their operands, all else `name(a, b)`.
std::string Written(const FunctionDef& def, const std::vector<std::string>& args) {
  const std::string name(def.name);
  const bool word = name.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
  if (def.form == Form::kCast && args.size() == 2) return name + "(" + args[0] + " " + args[1] + ")";
  if (def.family != "operator") return name + "(" + List(args) + ")";
  if (name == "in" && args.size() > 1) return args[0] + " in (" + List(args, 1) + ")";
  if (name == "between" && args.size() == 3) return args[0] + " between " + args[1] + " and " + args[2];
  if (name.starts_with("is ") && args.size() == 1) return args[0] + " " + name;
  if (args.size() == 1) return name + (word ? " " : "") + args[0];
  return args.size() == 2 ? args[0] + " " + name + " " + args[1] : name + "(" + List(args) + ")";
}

std::string Signature(const FunctionDef& def) {
  std::vector<std::string> args;
  for (const Parameter& parameter : def.parameters) {
    std::string text(parameter.name);
    if (!parameter.default_text.empty()) {
      text += " => " + std::string(parameter.default_text);
    } else if (parameter.optional && def.family != "operator") {
      text = "[" + text + "]";
    }
    args.push_back(std::move(text));
  }
  if (def.form == Form::kCast) args.emplace_back("as type");
  if (def.variadic) args.emplace_back("…");
  return Written(def, args);
}

std::string Properties(const FunctionDef& def) {
  std::string text = def.family == "operator" ? "Operator" : "Function · " + std::string(def.family);
  if (def.fallible) text += " · may fail for a row (PIPE108)";
  if (!def.pure) text += " · depends on when it runs (PIPE207)";
  if (def.ends_sensitivity) text += " · ends sensitivity";
  return text;
}

std::string Examples(const FunctionDef& def) {
  if (def.examples.empty()) return "";
  std::string text = "\n## Examples\n\n";
  bool typed = false;
  for (const functions::Example& example : def.examples) {
    std::vector<std::string> args(example.args.begin(), example.args.end());
    text += "    " + Written(def, args) + "  →  " + std::string(example.result) + "\n";
    for (const std::string& arg : args) typed = typed || arg.find("::") != std::string::npos;
  }
  return typed ? text + "\n`1::int` is a column of type `int` that holds 1.\n" : text;
}

}  // namespace

std::string FunctionPageOf(std::string_view word) {
  const FunctionDef* def = functions::FindFunction(word);
  if (def == nullptr) return "";
  std::string text = "# " + std::string(def->name) + "\n\n" + Properties(*def) + "\n\n    " + Signature(*def) + "\n\n";
  text += Wrap(def->doc);
  if (!def->result_rule.empty()) text += "\n" + Wrap("Result: " + std::string(def->result_rule) + ".");
  std::vector<std::string> aliases(def->aliases.begin(), def->aliases.end());
  if (!aliases.empty()) text += "\n" + Wrap("Also called " + CodeList(aliases) + ".");
  return text + Examples(*def);
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const FunctionDef* def : functions::AllFunctions()) {
    names.emplace_back(def->name);
    names.insert(names.end(), def->aliases.begin(), def->aliases.end());
  }
  return names;
}

}  // namespace cdc::explain
