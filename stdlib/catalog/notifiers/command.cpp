#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef NotifierCommand() {
  KindDef kind{.holder = Holder::kNotifier,
               .name = "command",
               .doc = "a program with JSON on its standard input",
               .settings = {{.name = "command",
                             .shape = Shape::kList,
                             .type = ValueType::kString,
                             .required = true,
                             .doc = "the program and its arguments; no shell"}}};
  for (SettingDef& setting : NotifierSettings()) kind.settings.push_back(std::move(setting));
  return kind;
}

}  // namespace cdc::catalog
