#include "compiler/sema/check.h"

#include <set>

#include "compiler/sema/alerts.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/pipes.h"
#include "compiler/sema/test_check.h"

namespace cdc::sema {
namespace {

using catalog::Holder;
using diag::Diagnostics;
using diag::Kind;
using PresetKind = ast::PresetDecl::Kind;

Holder HolderOf(ast::ResourceKind kind) {
  switch (kind) {
    case ast::ResourceKind::kSource:
      return Holder::kSource;
    case ast::ResourceKind::kSink:
      return Holder::kSink;
    case ast::ResourceKind::kRegistry:
      return Holder::kRegistry;
    case ast::ResourceKind::kNotifier:
      return Holder::kNotifier;
    case ast::ResourceKind::kStore:
      return Holder::kStore;
  }
  return Holder::kSource;
}

PresetKind PresetOf(ast::ResourceKind kind) {
  switch (kind) {
    case ast::ResourceKind::kSource:
      return PresetKind::kSource;
    case ast::ResourceKind::kSink:
      return PresetKind::kSink;
    case ast::ResourceKind::kRegistry:
      return PresetKind::kRegistry;
    case ast::ResourceKind::kNotifier:
      return PresetKind::kNotifier;
    case ast::ResourceKind::kStore:
      return PresetKind::kStore;
  }
  return PresetKind::kSource;
}

Holder HolderOf(PresetKind kind) {
  switch (kind) {
    case PresetKind::kSource:
      return Holder::kSource;
    case PresetKind::kSink:
      return Holder::kSink;
    case PresetKind::kRegistry:
      return Holder::kRegistry;
    case PresetKind::kNotifier:
      return Holder::kNotifier;
    case PresetKind::kStore:
      return Holder::kStore;
    default:
      return Holder::kFormat;
  }
}

class Checker {
 public:
  Checker(const Input& input, const ParamValues& params, Diagnostics* diagnostics)
      : input_(input),
        params_(params),
        diagnostics_(*diagnostics),
        names_(CollectNames(input, diagnostics)),
        expander_(names_, params, diagnostics) {}

  Checked Run() {
    expander_.CheckFunctions();
    Secrets();
    Project();
    Presets();
    for (const auto& [name, resource] : names_.resources) Resource(*resource);
    std::map<std::string, int> pipes_on_source;
    std::vector<SensitiveEntry> sensitive = Sensitive();
    PipeSurroundings around{input_, expander_, settings_, sensitive, checked_};
    for (const auto& [pipe, span] : names_.pipes) {
      std::vector<int> index;
      for (const std::string& source : SourcesOf(*pipe)) index.push_back(pipes_on_source[source]++);
      std::optional<Pipe> done = CheckPipe(*pipe, span, &around);
      if (!done) continue;
      done->index_on_sources = std::move(index);
      checked_.pipes.push_back(std::move(*done));
    }
    checked_.alerts = CheckAlerts(names_, &expander_);
    Tests();
    UsedResources();
    return std::move(checked_);
  }

 private:
  const catalog::KindDef* FindKind(Holder holder, const ast::Ident& name) {
    const catalog::KindDef* kind = catalog::FindKind(holder, name.text);
    std::string word(catalog::HolderName(holder));
    if (kind == nullptr) {
      ReportUnknown(Kind::kUnknownKind, name.span, "unknown kind of " + word + " `" + name.text + "`", name.text,
                    catalog::KindNames(holder), &diagnostics_);
      return nullptr;
    }
    if (!kind->built) {
      ReportLater(name.span, word + " `" + name.text + "`", &diagnostics_);
      return nullptr;
    }
    return kind;
  }

  void Resource(const ast::ResourceDecl& resource) {
    const catalog::KindDef* kind = FindKind(HolderOf(resource.what), resource.kind);
    if (kind == nullptr) return;
    WrittenSettings written = ReadSettings(*kind, resource.settings, PresetOf(resource.what), &expander_);
    std::string what = std::string(catalog::HolderName(kind->holder)) + " `" + resource.name.text + "`";
    settings_[resource.name.text] = FinishSettings(*kind, std::move(written), resource.name.span, what, &diagnostics_);
  }

  std::vector<SensitiveEntry> Sensitive() {
    std::vector<SensitiveEntry> entries;
    checked_.sensitive = names_.sensitive;
    for (const ast::SensitiveDecl* decl : names_.sensitive) {
      if (std::optional<SensitiveEntry> entry = SensitiveEntry::Make(*decl, &diagnostics_)) {
        entries.push_back(std::move(*entry));
      }
    }
    return entries;
  }

  // Secrets are checked where they are used; one that is not is read once here, so that its provider is.
  void Secrets() {
    catalog::SettingDef def{.name = "secret", .type = catalog::ValueType::kSecret};
    for (const FileNames& file : names_.files) {
      for (const auto& [name, secret] : file.secrets) {
        bool known = true;
        bool ok = true;
        catalog::SettingValue value = ReadSettingValue(def, secret->provider, &expander_, &known, &ok);
        checked_.secrets.Set(names_.SecretName(file, name), std::move(value));
      }
    }
  }

  // Presets are checked by themselves: a mistake in one shows before anybody uses it.
  void Presets() {
    for (const FileNames& file : names_.files) {
      for (const auto& [key, preset] : file.presets) {
        if (preset->kind == PresetKind::kPipe || preset->kind == PresetKind::kTable) {
          ReadPresetClauses(*preset);
          continue;
        }
        const catalog::KindDef* kind = FindKind(HolderOf(preset->kind), *preset->subject);
        if (kind != nullptr) ReadSettings(*kind, *preset->settings, preset->kind, &expander_);
      }
    }
  }

  // Names of groups are known only where the preset is used.
  void ReadPresetClauses(const ast::PresetDecl& preset) {
    std::vector<const ast::Clause*> clauses;
    std::vector<std::string> groups;
    for (const ast::Clause& clause : preset.clauses) {
      const auto* on = std::get_if<ast::OnClause>(&clause.node);
      bool of_use = std::holds_alternative<ast::TopicClause>(clause.node) ||
                    std::holds_alternative<ast::HeaderClause>(clause.node) || (on != nullptr && on->action.to);
      if (!of_use || preset.kind == PresetKind::kPipe) clauses.push_back(&clause);
    }
    ClausePlace place{.in_table = preset.kind == PresetKind::kTable, .pipe = "", .source = "", .groups = nullptr};
    ReadClauses(clauses, place, &expander_);
  }

  void Project() {
    checked_.program = input_.stem;
    if (names_.project == nullptr) return;
    checked_.program = names_.project->name.text;
    const catalog::KindDef* kind = catalog::FindKind(Holder::kProject, "project");
    // The project's settings may stand in a file of its own, whose names nobody else sees.
    WrittenSettings written = ReadSettings(*kind, names_.project->settings, PresetKind::kSource, &expander_);
    checked_.project =
        FinishSettings(*kind, std::move(written), names_.project->name.span, "project", &diagnostics_).values;
  }

  void Tests() {
    for (const ast::TestDecl* test : names_.tests) {
      ++checked_.tests;
      std::vector<std::string> candidates;
      const Pipe* pipe = nullptr;
      bool declared = false;
      for (const auto& [decl, span] : names_.pipes) {
        candidates.push_back(decl->name.text);
        declared = declared || decl->name.text == test->pipe.text;
      }
      for (const Pipe& candidate : checked_.pipes) {
        if (candidate.name == test->pipe.text) pipe = &candidate;
      }
      if (!declared) {
        ReportUnknown(Kind::kUnknownName, test->pipe.span, "unknown pipe `" + test->pipe.text + "`", test->pipe.text,
                      candidates, &diagnostics_);
      } else if (pipe != nullptr) {
        expander_.EnterPipe(pipe->name, OnlySource(*pipe));
        std::optional<Test> done = CheckTest(*test, *pipe, {input_, params_, expander_});
        if (done) checked_.cases.push_back(std::move(*done));
      }
    }
  }

  // Only what a pipe uses is part of the program that runs.
  void UsedResources() {
    std::set<std::string> done;
    auto add = [&](const std::string& name, std::vector<sema::Resource>* out) {
      auto settings = settings_.find(name);
      if (settings == settings_.end() || !done.insert(name).second) return;
      const ast::ResourceDecl& decl = *names_.resources.at(name);
      std::map<std::string, Span> written;
      for (const auto& [setting, value] : settings->second.written) written[setting] = value.value_span;
      out->push_back({name, decl.kind.text, settings->second.values, decl.name.span, std::move(written)});
    };
    for (const Pipe& pipe : checked_.pipes) {
      for (const std::string& source : pipe.sources) add(source, &checked_.sources);
      add(pipe.sink, &checked_.sinks);
      if (!pipe.store.empty()) add(pipe.store, &checked_.stores);
      add(pipe.format.settings.Text("registry"), &checked_.registries);
      for (const Rule& rule : pipe.rules) add(rule.format.settings.Text("registry"), &checked_.registries);
    }
    for (const Alert& alert : checked_.alerts) {
      for (const ast::Notification& one : alert.ast->notifications) add(one.notifier.text, &checked_.notifiers);
    }
  }

  const Input& input_;
  const ParamValues& params_;
  Diagnostics& diagnostics_;
  Names names_;
  Expander expander_;
  std::map<std::string, CheckedSettings> settings_;
  Checked checked_;
};

}  // namespace

Checked Check(const Input& input, const ParamValues& params, Diagnostics* diagnostics) {
  return Checker(input, params, diagnostics).Run();
}

}  // namespace cdc::sema
