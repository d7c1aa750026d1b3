#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef StoreFiles() {
  return {.holder = Holder::kStore,
          .name = "files",
          .doc = "state in a directory; not with `delivery exactly_once`",
          .settings = {{.name = "directory",
                        .type = ValueType::kPath,
                        .fallback = TextValue(".pipewright/state"),
                        .doc = "holds the state files and a lock"}}};
}

}  // namespace cdc::catalog
