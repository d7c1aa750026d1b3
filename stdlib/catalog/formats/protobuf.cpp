#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatProtobuf() { return RowFormat("protobuf", "the output row as Protocol Buffers"); }

}  // namespace cdc::catalog
