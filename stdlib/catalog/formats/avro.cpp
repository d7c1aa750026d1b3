#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatAvro() { return RowFormat("avro", "the output row as Avro"); }

}  // namespace cdc::catalog
