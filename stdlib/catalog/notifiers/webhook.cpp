#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef NotifierWebhook() {
  KindDef kind{.holder = Holder::kNotifier,
               .name = "webhook",
               .doc = "POST with a JSON body",
               .settings = {
                   {.name = "url", .type = ValueType::kSecret, .required = true, .doc = "where to post"},
                   {.name = "headers",
                    .shape = Shape::kNames,
                    .type = ValueType::kSecretOrText,
                    .doc = "further headers of the request, by name"},
                   {.name = "signing_key",
                    .type = ValueType::kSecret,
                    .doc = "HMAC-SHA-256 of the body in `X-Pipewright-Signature`"},
                   TlsVariant({.server_name = true, .only_1_3 = true}),
                   RetryGroup(5 * kMinute),
                   {.name = "timeout",
                    .type = ValueType::kDuration,
                    .fallback = MillisecondsValue(10 * kSecond),
                    .min = 1,
                    .doc = "of one request"},
               }};
  for (SettingDef& setting : NotifierSettings()) kind.settings.push_back(std::move(setting));
  return kind;
}

}  // namespace cdc::catalog
