#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDrsJsonC() {
  KindDef kind = FormatDrsJson();
  kind.name = "drs_json_c";
  kind.doc = "Huawei Cloud DRS's JSON-C";
  return kind;
}

}  // namespace cdc::catalog
