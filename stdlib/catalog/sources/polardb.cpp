#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef SourcePolardb() {
  KindDef kind = SourceMysql();
  kind.name = "polardb";
  kind.doc = "PolarDB for MySQL";
  kind.built = false;
  return kind;
}

}  // namespace cdc::catalog
