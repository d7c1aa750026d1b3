#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDrsJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "drs_json",
               .doc = "Huawei Cloud DRS's JSON",
               .built = false,
               .settings = FormatSettings(true)};
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "snapshot_as",
                                                 .words = {"init", "plain"},
                                                 .fallback = WordValue("init"),
                                                 .doc = "`type` of rows of the first load: INIT or INSERT"},
                                                {.name = "empty_image",
                                                 .words = {"json_null", "list"},
                                                 .fallback = WordValue("json_null"),
                                                 .doc = "what `old` or `data` is without an image"},
                                                {.name = "byte_sign",
                                                 .words = {"signed", "not_signed"},
                                                 .fallback = WordValue("signed"),
                                                 .doc = "how a byte is written as a number"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
