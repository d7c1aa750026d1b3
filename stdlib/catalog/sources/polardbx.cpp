#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef SourcePolardbx() {
  KindDef kind = SourceMysql();
  kind.name = "polardbx";
  kind.doc = "PolarDB-X, its global log; without TLS and GTID";
  kind.built = false;
  return kind;
}

}  // namespace cdc::catalog
