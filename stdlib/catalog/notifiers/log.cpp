#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef NotifierLog() {
  return {
      .holder = Holder::kNotifier, .name = "log", .doc = "a line in the engine's log", .settings = NotifierSettings()};
}

}  // namespace cdc::catalog
