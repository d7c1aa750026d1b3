#pragma once

#include <string>

#include "stdlib/core/result.h"

namespace cdc::sinks::kafka {

// What a librdkafka result (an rd_kafka_resp_err_t) asks for: kCredentials, kSinkRejected where trying again
// cannot help, else kSinkLost.
ErrorCode CodeOf(int result);

// "doing: words" with the code of `result`; without `words`, librdkafka's own text for it.
Error Failure(int result, const std::string& doing, const std::string& words = "");

// Whether `result` means that another producer took the transactional id, or that the coordinator gave up on
// ours.
bool IsFenced(int result);

}  // namespace cdc::sinks::kafka
