#include <utility>

#include "compiler/plan/plan.h"

namespace cdc::plan {
namespace {

// Writes the source's name where templates ask for it.
class SourceWriter {
 public:
  explicit SourceWriter(const std::string& name) : name_(name) {}

  void Write(Pipe* pipe) const {
    for (TableRule& rule : pipe->tables) {
      if (rule.target_database) Write(&*rule.target_database);
      if (rule.target_table) Write(&*rule.target_table);
      Write(&rule.topic);
      for (HeaderRule& header : rule.headers) Write(&header.name);
      Write(&rule.on);
    }
    Write(&pipe->topic);
    Write(&pipe->on);
  }

 private:
  void Write(TopicRule* topic) const {
    for (TopicRule::Arm& arm : topic->arms) Write(&arm.topic);
    Write(&topic->otherwise);
  }

  void Write(std::vector<OnRule>* rules) const {
    for (OnRule& rule : *rules) {
      if (rule.to) Write(&*rule.to);
    }
  }

  void Write(Template* value) const {
    for (TemplatePart& part : value->parts) {
      if (part.kind == TemplatePart::Kind::kSource) part = {TemplatePart::Kind::kText, name_};
    }
  }

  const std::string& name_;
};

}  // namespace

int IndexOnSource(const Pipe& pipe, size_t source) {
  if (source == 0) return pipe.index_on_source;
  return source - 1 < pipe.index_on_others.size() ? pipe.index_on_others[source - 1] : 0;
}

Pipe OfSource(const Pipe& pipe, size_t source) {
  Pipe out = pipe;
  const std::string name = pipe.sources.at(source);
  out.sources = {name};
  out.index_on_source = IndexOnSource(pipe, source);
  out.index_on_others.clear();
  std::erase_if(out.used, [&](const UsedTable& table) { return table.source != name; });
  SourceWriter(name).Write(&out);
  return out;
}

}  // namespace cdc::plan
