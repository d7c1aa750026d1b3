#include <algorithm>
#include <array>

#include "stdlib/catalog/catalog.h"

namespace cdc::catalog {
namespace {

constexpr std::array kDecided = {
    std::string_view("acks"),
    std::string_view("allow.auto.create.topics"),
    std::string_view("batch.size"),
    std::string_view("bootstrap.servers"),
    std::string_view("client.id"),
    std::string_view("compression.codec"),
    std::string_view("compression.type"),
    std::string_view("delivery.report.only.error"),
    std::string_view("delivery.timeout.ms"),
    std::string_view("enable.auto.commit"),
    std::string_view("enable.gapless.guarantee"),
    std::string_view("enable.idempotence"),
    std::string_view("group.id"),
    std::string_view("isolation.level"),
    std::string_view("linger.ms"),
    std::string_view("max.in.flight"),
    std::string_view("max.in.flight.requests.per.connection"),
    std::string_view("message.max.bytes"),
    std::string_view("message.send.max.retries"),
    std::string_view("message.timeout.ms"),
    std::string_view("metadata.broker.list"),
    std::string_view("partitioner"),
    std::string_view("queue.buffering.max.kbytes"),
    std::string_view("queue.buffering.max.messages"),
    std::string_view("queue.buffering.max.ms"),
    std::string_view("request.required.acks"),
    std::string_view("retries"),
    std::string_view("security.protocol"),
    std::string_view("transaction.timeout.ms"),
    std::string_view("transactional.id"),
};
static_assert(std::is_sorted(kDecided.begin(), kDecided.end()));

}  // namespace

bool IsDecidedClientProperty(std::string_view property) {
  return property.starts_with("ssl.") || property.starts_with("sasl.") ||
         std::binary_search(kDecided.begin(), kDecided.end(), property);
}

}  // namespace cdc::catalog
